use super::*;

const NOW: OffsetDateTime = datetime!(2026-01-05 00:00 UTC);

fn words(status: Status) -> Vec<&'static str> {
    entitlements(status).iter().map(|entitlement| entitlement.word()).collect()
}

#[test]
fn a_pause_and_a_debt_gate_what_acts_by_itself() {
    let all = ["patient_activation", "autonomous_billing", "payments", "records"];
    assert_eq!(words(Status::Active), all);
    assert_eq!(words(Status::Trialing), all);
    assert_eq!(words(Status::PastDue), ["patient_activation", "payments", "records"]);
    assert_eq!(words(Status::Paused), ["payments", "records"]);
    assert_eq!(words(Status::Canceled), ["payments", "records"]);
    assert_eq!(words(Status::Inactive), ["payments", "records"]);
}

#[test]
fn whoever_may_not_activate_patients_is_refused() {
    let reason_code = code("unpaid");
    let past_due = SubscriptionCommand::MarkPastDue(MarkPastDue { marked_at: NOW, reason_code });
    let histories = [
        vec![],
        vec![open()],
        vec![open(), past_due],
        vec![open(), pause(NOW)],
        vec![open(), cancel(NOW)],
    ];
    for history in histories {
        let (account, _) = after(history);
        let entitled = account.is_entitled_to(Entitlement::PatientActivation);
        let charged = account.charge_for_activation(NOW + time::Duration::days(1));
        assert_eq!(charged.is_ok(), entitled, "{:?}", account.status());
    }
}
