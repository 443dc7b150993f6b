use super::*;

const JANUARY_5: OffsetDateTime = datetime!(2026-01-05 00:00 UTC);
const JANUARY_9: OffsetDateTime = datetime!(2026-01-09 00:00 UTC);

fn trial() -> SubscriptionCommand {
    SubscriptionCommand::StartTrial(StartTrial { ends_on: date!(2026 - 01 - 31) })
}

fn activate() -> SubscriptionCommand {
    SubscriptionCommand::Activate(Activate { activated_at: JANUARY_5 })
}

fn past_due() -> SubscriptionCommand {
    let reason_code = code("unpaid");
    SubscriptionCommand::MarkPastDue(MarkPastDue { marked_at: JANUARY_5, reason_code })
}

fn status(commands: Vec<SubscriptionCommand>) -> Status {
    after(commands).0.status()
}

#[test]
fn trial_active_and_past_due_follow_each_other() {
    assert_eq!(status(vec![open(), trial()]), Status::Trialing);
    assert_eq!(status(vec![open(), trial(), activate()]), Status::Active);
    assert_eq!(status(vec![open(), past_due()]), Status::PastDue);
    assert_eq!(status(vec![open(), past_due(), activate()]), Status::Active);
    for history in [vec![open(), trial()], vec![open(), past_due()]] {
        assert_eq!(after(history).0.billing_allowed(), Ok(()));
    }
    given(vec![open(), past_due()])
        .when(trial())
        .then_expect_error(SubscriptionError::NotActive { status: Status::PastDue });
}

#[test]
fn saying_it_twice_changes_nothing() {
    given(vec![open()]).when(activate()).then_expect_events(vec![]);
    for command in [trial(), past_due(), pause(JANUARY_5), cancel(JANUARY_5)] {
        given(vec![open(), command.clone()]).when(command).then_expect_events(vec![]);
    }
}

#[test]
fn billing_can_be_paused_from_every_running_state_and_resumes_as_active() {
    for history in [vec![open()], vec![open(), trial()], vec![open(), past_due()]] {
        let mut commands = history;
        commands.push(pause(JANUARY_5));
        assert_eq!(status(commands.clone()), Status::Paused);
        commands.push(resume(JANUARY_9));
        let (account, _) = after(commands);
        assert_eq!(account.status(), Status::Active);
        assert_eq!(account.resume_reason_code(), Some(&code("back")));
        let span = &account.pauses()[0];
        assert_eq!((span.from_at, span.to_at), (JANUARY_5, Some(JANUARY_9)));
        assert_eq!(span.reason_code, code("holiday"));
    }
}

#[test]
fn a_pause_keeps_plan_prices_and_limits() {
    let before = after(vec![open()]).0;
    let during = after(vec![open(), pause(JANUARY_5)]).0;
    assert_eq!(before.account(), during.account());
}

#[test]
fn pausing_again_for_another_reason_is_refused() {
    let reason_code = code("dispute");
    let again = SubscriptionCommand::Pause(Pause { paused_at: JANUARY_9, reason_code });
    let refused =
        SubscriptionError::PausedOtherwise { paused_at: JANUARY_5, reason_code: code("holiday") };
    given(vec![open(), pause(JANUARY_5)]).when(again).then_expect_error(refused);
}

#[test]
fn resuming_what_is_not_paused_is_refused() {
    given(vec![open()])
        .when(resume(JANUARY_9))
        .then_expect_error(SubscriptionError::NotPaused { status: Status::Active });
}

#[test]
fn pauses_come_in_order() {
    let out_of_order = |at, last| SubscriptionError::OutOfOrder { at, last };
    given(vec![open(), pause(JANUARY_9)])
        .when(resume(JANUARY_5))
        .then_expect_error(out_of_order(JANUARY_5, JANUARY_9));
    given(vec![open(), pause(JANUARY_5), resume(JANUARY_9)])
        .when(pause(JANUARY_5))
        .then_expect_error(out_of_order(JANUARY_5, JANUARY_9));
}

#[test]
fn canceled_is_for_good() {
    let history = vec![open(), cancel(JANUARY_5)];
    let refused = SubscriptionError::Canceled { canceled_at: JANUARY_5 };
    let commands = [
        trial(),
        activate(),
        past_due(),
        pause(JANUARY_9),
        resume(JANUARY_9),
        start("2026-01", JANUARY_9),
        tax("CA-ON", "0.13", date!(2026 - 07 - 01)),
    ];
    for command in commands {
        given(history.clone()).when(command).then_expect_error(refused.clone());
    }
    assert_eq!(after(history).0.billing_allowed(), Err(refused));
}

#[test]
fn a_paused_account_takes_no_activation_and_says_since_when() {
    let refused =
        SubscriptionError::Paused { paused_at: JANUARY_5, reason_code: Some(code("holiday")) };
    let (account, _) = after(vec![open(), pause(JANUARY_5)]);
    assert_eq!(account.charge_for_activation(JANUARY_9), Err(refused.clone()));
    assert_eq!(refused.code(), "subscription.paused");
    assert_eq!(
        refused.details(),
        serde_json::json!({"paused_at": "2026-01-05T00:00:00Z", "reason_code": "holiday"})
    );

    let (account, _) = after(vec![open(), pause(JANUARY_5), resume(JANUARY_9)]);
    let within = datetime!(2026-01-07 00:00 UTC);
    assert_eq!(account.charge_for_activation(within), Err(refused));
    assert!(account.charge_for_activation(JANUARY_9).is_ok());
}
