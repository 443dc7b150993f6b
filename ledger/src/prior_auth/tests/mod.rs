//! Given, when, then; and the laws that hold for any history.

mod answering;
mod drawing;
mod laws;
mod waiting;

use cqrs_es::{
    Aggregate,
    test::{AggregateTestExecutor, TestFramework},
};
use time::{
    Date, OffsetDateTime,
    macros::{date, datetime},
};
use uuid::Uuid;

use super::*;
use crate::values::{AnonymousRef, Code, Sealed, SubjectRef, Units};

const MARCH: Span = Span { ends_on: date!(2026 - 03 - 31), starts_on: date!(2026 - 03 - 01) };

fn units(text: &str) -> Units {
    Units::try_from(text.parse::<rust_decimal::Decimal>().unwrap()).unwrap()
}

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

fn line(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn sealed(field: &str) -> Sealed<String> {
    let subject = SubjectRef(Uuid::from_u128(9));
    Sealed::new(Uuid::from_u128(8), "AAEC".to_owned(), field.to_owned(), 1, subject)
}

fn request_of(asked: &str, urgency: Urgency) -> Request {
    Request {
        diagnoses: vec![sealed("diagnoses.0")],
        member_id: Some(sealed("member_id")),
        note: None,
        patient: AnonymousRef("anon_0123456789abcdef".to_owned()),
        patient_id: sealed("patient_id"),
        payer_id: code("60054"),
        procedure: code("97110"),
        requested_at: datetime!(2026-02-20 09:00 UTC),
        span: MARCH,
        units: units(asked),
        urgency,
    }
}

fn request() -> PriorAuthCommand {
    PriorAuthCommand::Request(Box::new(request_of("8", Urgency::Standard)))
}

fn pend() -> PriorAuthCommand {
    let pended_on = date!(2026 - 02 - 21);
    PriorAuthCommand::Pend(Pend { pended_on, reason_code: Some(code("0U")), reference: None })
}

fn approval(of: &str, span: Span, certification: Certification) -> PriorAuthCommand {
    PriorAuthCommand::Approve(Approve {
        approved_on: date!(2026 - 02 - 23),
        certification,
        reference: code("AUTH0001"),
        span,
        units: units(of),
    })
}

fn approve(of: &str) -> PriorAuthCommand {
    approval(of, MARCH, Certification::InFull)
}

fn deny() -> PriorAuthCommand {
    let denied_on = date!(2026 - 02 - 23);
    PriorAuthCommand::Deny(Deny { denied_on, note: None, reason_code: code("0M") })
}

fn draw(number: u128, service_on: Date, of: &str) -> PriorAuthCommand {
    PriorAuthCommand::Draw(Draw { claim_line_id: line(number), service_on, units: units(of) })
}

fn draw_or_wait(number: u128, service_on: Date, of: &str) -> PriorAuthCommand {
    let draw = Draw { claim_line_id: line(number), service_on, units: units(of) };
    PriorAuthCommand::DrawOrWait(draw)
}

fn give_back(number: u128) -> PriorAuthCommand {
    PriorAuthCommand::GiveBack(GiveBack { claim_line_id: line(number) })
}

fn expire(today: Date) -> PriorAuthCommand {
    PriorAuthCommand::Expire(Expire { today })
}

fn mark_used() -> PriorAuthCommand {
    PriorAuthCommand::MarkUsed(MarkUsed { used_on: date!(2026 - 03 - 20) })
}

fn cancel() -> PriorAuthCommand {
    let canceled_on = date!(2026 - 03 - 21);
    PriorAuthCommand::Cancel(Cancel { canceled_on, reason_code: code("not_needed") })
}

fn drawn(number: u128, service_on: Date, of: &str, left: &str) -> PriorAuthEvent {
    let (units, units_left) = (units(of), units(left));
    UnitsDrawn { claim_line_id: line(number), service_on, units, units_left }.into()
}

/// The events of commands that must all be accepted.
fn history(commands: &[PriorAuthCommand]) -> Vec<PriorAuthEvent> {
    let mut auth = PriorAuth::default();
    let mut events = Vec::new();
    for command in commands {
        for event in crate::Decider::decide(&auth, command.clone()).unwrap() {
            auth.apply(event.clone());
            events.push(event);
        }
    }
    events
}

fn after(commands: &[PriorAuthCommand]) -> PriorAuth {
    let mut auth = PriorAuth::default();
    history(commands).into_iter().for_each(|event| auth.apply(event));
    auth
}

fn given(commands: &[PriorAuthCommand]) -> AggregateTestExecutor<PriorAuth> {
    TestFramework::<PriorAuth>::with(()).given(history(commands))
}
