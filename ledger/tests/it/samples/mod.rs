//! One event of every shape that is written today, with every field filled.

mod books;
mod claim;
mod claim_money;
mod delegation;
mod exception;
mod facesheet;
mod import;
mod invoice;
mod invoice_corrections;
mod operation;
mod patient_activation;
mod prior_auth;
mod remittance;
mod statement;
mod statement_mail;
mod statement_money;
mod subscription;
mod switch;

use ledger::{
    recorded::LedgerEvent,
    subject::{Erased, SubjectEvent},
    values::{AnonymousRef, Code, Currency, Money, Rate, Sealed, SubjectRef, Units},
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// One event of every shape that is written today.
pub(crate) fn events() -> Vec<LedgerEvent> {
    let subject = SubjectRef(id(0x5b));
    let erased = Erased { reason_code: code("deletion_request"), subject };
    let mut events = vec![LedgerEvent::from(SubjectEvent::from(erased))];
    events.extend(books::events().into_iter().map(LedgerEvent::from));
    events.extend(delegation::events().into_iter().map(LedgerEvent::from));
    events.extend(exception::events().into_iter().map(LedgerEvent::from));
    events.extend(facesheet::events().into_iter().map(LedgerEvent::from));
    events.extend(subscription::events().into_iter().map(LedgerEvent::from));
    events.extend(patient_activation::events().into_iter().map(LedgerEvent::from));
    events.extend(prior_auth::events().into_iter().map(LedgerEvent::from));
    events.extend(claim::events().into_iter().map(LedgerEvent::from));
    events.extend(remittance::events().into_iter().map(LedgerEvent::from));
    events.extend(statement::events().into_iter().map(LedgerEvent::from));
    events.extend(invoice::events().into_iter().map(LedgerEvent::from));
    events.extend(invoice_corrections::events().into_iter().map(LedgerEvent::from));
    events.extend(operation::events().into_iter().map(LedgerEvent::from));
    events.extend(import::events().into_iter().map(LedgerEvent::from));
    events.extend(switch::events().into_iter().map(LedgerEvent::from));
    events
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number)
}

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD)
}

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

fn rate(text: &str) -> Rate {
    text.parse().unwrap()
}

fn units(text: &str) -> Units {
    Units::try_from(text.parse::<rust_decimal::Decimal>().unwrap()).unwrap()
}

fn day(month: u8, day: u8) -> Date {
    Date::from_calendar_date(2026, month.try_into().unwrap(), day).unwrap()
}

fn at(month: u8, number: u8) -> OffsetDateTime {
    day(month, number).with_hms_micro(9, 30, 15, 123_456).unwrap().assume_utc()
}

fn patient() -> AnonymousRef {
    AnonymousRef("anon_k7m2q9x4w8z3b6ta".to_owned())
}

fn sealed(field: &str) -> Sealed<String> {
    let closed = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIj".to_owned();
    Sealed::new(id(0xa1), closed, field.to_owned(), 1, SubjectRef(id(0x5b)))
}
