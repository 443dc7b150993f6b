//! Given, when, then; and the laws that hold for any history.

mod adjudicating;
mod books;
mod closing;
mod deciding;
mod drafting;
mod laws;
mod submitting;
mod two_payers;

use cqrs_es::{
    Aggregate,
    test::{AggregateTestExecutor, TestFramework},
};
use time::{Date, macros::date};
use uuid::Uuid;

use super::*;
use crate::{
    Decider,
    remittance::{
        Adjustment, AdviceStatus, Group, Imbalance, PaymentKey, RemittedClaim, RemittedLine,
    },
    values::{AnonymousRef, Code, Currency, Money, PriorAuthId, Sealed, SubjectRef, Units},
};

const TODAY: Date = date!(2026 - 03 - 10);

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD)
}

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn sealed(field: &str) -> Sealed<String> {
    Sealed::new(id(8), "AAEC".to_owned(), field.to_owned(), 1, SubjectRef(id(9)))
}

fn line(number: u128, charge: i64) -> ServiceLine {
    ServiceLine {
        charge: usd(charge),
        diagnosis_pointers: vec![1],
        line_id: id(number),
        modifiers: vec![],
        place_of_service: None,
        prior_auth_id: None,
        procedure: code(&format!("9921{number}")),
        service_ends_on: date!(2026 - 03 - 02),
        service_starts_on: date!(2026 - 03 - 02),
        units: Units::try_from(rust_decimal::Decimal::ONE).unwrap(),
    }
}

fn coverage(payer: &str) -> Coverage {
    Coverage {
        filing_code: code("CI"),
        member_id: Some(sealed("member_id")),
        payer_id: code(payer),
    }
}

/// One line for each charge; payer `P` and, if there is one, `S`.
fn content(charges: &[i64], payers: &[&str]) -> Content {
    Content {
        account: code("C1001"),
        billing_npi: "1234567893".parse().ok(),
        currency: Currency::USD,
        diagnoses: vec![sealed("diagnoses.0")],
        lines: (1_u128..).zip(charges).map(|(number, charge)| line(number, *charge)).collect(),
        patient: AnonymousRef("anon_0123456789abcdef".to_owned()),
        patient_id: sealed("patient_id"),
        payers: payers.iter().map(|payer| coverage(payer)).collect(),
        place_of_service: Some(code("11")),
        rendering_npi: None,
    }
}

fn draft_of(content: Content) -> ClaimCommand {
    ClaimCommand::Draft(Draft { content })
}

fn draft(charge: i64) -> ClaimCommand {
    draft_of(content(&[charge], &["P"]))
}

fn control(number: u16) -> ControlNumbers {
    ControlNumbers {
        group: code(&number.to_string()),
        interchange: code(&format!("{number:09}")),
        transaction: code("0001"),
    }
}

fn submit_as(number: u16, frequency: Frequency, payer_order: PayerOrder) -> ClaimCommand {
    ClaimCommand::Submit(Submit {
        control: Some(control(number)),
        digest: Some(code(&format!("{number:064x}"))),
        frequency,
        number: None,
        payer_claim_number: None,
        payer_order,
        submitted_on: TODAY,
    })
}

fn submit() -> ClaimCommand {
    submit_as(1, Frequency::Original, PayerOrder::Primary)
}

fn acknowledge(submission: u16, notice: Notice) -> ClaimCommand {
    ClaimCommand::Acknowledge(Acknowledge {
        clearinghouse_number: None,
        notice,
        payer_claim_number: Some(code("ICN1")),
        reason: None,
        received_on: TODAY,
        submission,
    })
}

fn cut(group: Group, reason: &str, minor: i64) -> Adjustment {
    Adjustment { amount: usd(minor), group, quantity: None, reason: code(reason) }
}

/// An answer without lines.
fn advice(
    status: AdviceStatus,
    charge: i64,
    paid: i64,
    adjustments: Vec<Adjustment>,
) -> RemittedClaim {
    RemittedClaim {
        account: code("C1001"),
        adjustments,
        charge: usd(charge),
        lines: vec![],
        paid: usd(paid),
        patient_responsibility: None,
        payer_claim_number: Some(code("ICN1")),
        status,
    }
}

fn remitted_line(number: u128, charge: i64, paid: i64, cuts: Vec<Adjustment>) -> RemittedLine {
    RemittedLine {
        adjustments: cuts,
        charge: usd(charge),
        claim_line_id: Some(id(number)),
        paid: usd(paid),
        procedure: code("99999"),
        remarks: vec![],
        units: None,
    }
}

fn post_by(payer: &str, trace: &str, advice: RemittedClaim) -> Adjudicate {
    Adjudicate {
        advice,
        occurrence: 1,
        paid_on: TODAY,
        payment: PaymentKey { payer_id: code(payer), trace: code(trace) },
        policy: PostingPolicy::default(),
        posted_on: TODAY,
    }
}

fn post(trace: &str, advice: RemittedClaim) -> ClaimCommand {
    ClaimCommand::Adjudicate(post_by("P", trace, advice))
}

/// B2 of the vectors: 120.00 charged, 80.00 paid, 20.00 by contract, 20.00 to the patient.
fn b2() -> RemittedClaim {
    let cuts = vec![cut(Group::Co, "45", 2_000), cut(Group::Pr, "3", 2_000)];
    advice(AdviceStatus::Primary, 12_000, 8_000, cuts)
}

/// B4: all of it taken back.
fn b4() -> RemittedClaim {
    let cuts = vec![cut(Group::Co, "45", -2_000), cut(Group::Pr, "3", -2_000)];
    advice(AdviceStatus::Reversal, -12_000, -8_000, cuts)
}

/// B5: the correction.
fn b5() -> RemittedClaim {
    let cuts = vec![cut(Group::Co, "45", 2_000), cut(Group::Pr, "3", 500)];
    advice(AdviceStatus::Primary, 12_000, 9_500, cuts)
}

/// B15: denied, timely filing.
fn b15() -> RemittedClaim {
    advice(AdviceStatus::Denied, 7_500, 0, vec![cut(Group::Co, "29", 7_500)])
}

fn write_off(number: u128, kind: WriteOffKind, minor: i64) -> ClaimCommand {
    ClaimCommand::WriteOff(WriteOff {
        amount: usd(minor),
        kind,
        note: None,
        reason_code: code("decided"),
        write_off_id: id(number),
        written_off_on: TODAY,
    })
}

fn reverse_write_off(number: u128) -> ClaimCommand {
    let (reason_code, write_off_id) = (code("mistake"), id(number));
    ClaimCommand::ReverseWriteOff(ReverseWriteOff { reason_code, reversed_on: TODAY, write_off_id })
}

fn pay(number: u128, minor: i64) -> ClaimCommand {
    let (amount, payment_id) = (usd(minor), id(number));
    ClaimCommand::ApplyPatientPayment(ApplyPatientPayment { amount, applied_on: TODAY, payment_id })
}

fn withdraw(number: u128, payment: u128, minor: i64) -> ClaimCommand {
    ClaimCommand::WithdrawPatientPayment(WithdrawPatientPayment {
        amount: usd(minor),
        payment_id: id(payment),
        withdrawal_id: id(number),
        withdrawn_on: TODAY,
    })
}

fn bill_patient() -> ClaimCommand {
    ClaimCommand::BillPatient(BillPatient { billed_on: TODAY })
}

fn appeal(number: u128) -> ClaimCommand {
    ClaimCommand::FileAppeal(FileAppeal {
        appeal_id: id(number),
        due_on: None,
        filed_on: TODAY,
        note: None,
        reason_code: code("timely"),
    })
}

fn decide_appeal(number: u128) -> ClaimCommand {
    ClaimCommand::DecideAppeal(DecideAppeal {
        appeal_id: id(number),
        decided_on: TODAY,
        outcome: AppealOutcome::Upheld,
    })
}

fn void() -> ClaimCommand {
    ClaimCommand::Void(Void { reason_code: code("mistake"), voided_on: TODAY })
}

fn close() -> ClaimCommand {
    ClaimCommand::Close(Close { closed_on: TODAY })
}

/// The events of commands that must all be accepted.
fn history(commands: &[ClaimCommand]) -> Vec<ClaimEvent> {
    let mut claim = Claim::default();
    let mut events = Vec::new();
    for command in commands {
        for event in claim.decide(command.clone()).unwrap() {
            claim.apply(event.clone());
            events.push(event);
        }
    }
    events
}

fn after(commands: &[ClaimCommand]) -> Claim {
    let mut claim = Claim::default();
    history(commands).into_iter().for_each(|event| claim.apply(event));
    claim
}

fn given(commands: &[ClaimCommand]) -> AggregateTestExecutor<Claim> {
    TestFramework::<Claim>::with(()).given(history(commands))
}

fn events_of(commands: &[ClaimCommand], then: ClaimCommand) -> Vec<ClaimEvent> {
    after(commands).decide(then).unwrap()
}

/// What payers and the patient owe, in cents.
fn owed(commands: &[ClaimCommand]) -> (i64, i64) {
    let claim = after(commands);
    let money = claim.money().unwrap();
    (money.insurance_balance.minor(), money.patient_balance.minor())
}
