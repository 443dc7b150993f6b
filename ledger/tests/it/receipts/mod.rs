//! A provider's messages, worked off against a real PostgreSQL.

mod disputes;
mod open_day;

use ledger::{
    invoice::Invoice,
    ports::payments::{
        Dispute, DisputeState, InvoiceMention, InvoicePaid, ProviderEvent, ProviderFact,
    },
    receipts::{accept, work_off},
    recorded::{LedgerEvent, Recorded},
    store::{account_id, inbox::InboxStatus},
    subscription::{Limits, Open, Prices, SubscriptionCommand},
    values::{Currency, CycleRule, Rounding},
};
use time::{Date, Month, OffsetDateTime, macros::datetime};

use crate::store::support::{Setup, invoice, issue, line, setup, usd};

const PROVIDER: &str = "stripe";

/// An org with an account in UTC and an invoice over 2.00 that was issued on a day.
async fn issued(number: u128, on: Date) -> Setup {
    let setup = setup().await;
    let open = SubscriptionCommand::Open(Open {
        auto_issue: false,
        contact_email: None,
        currency: Currency::USD,
        cycle: CycleRule::new(1, "UTC".parse().unwrap()).unwrap(),
        limits: Limits::default(),
        opened_at: datetime!(2026-01-01 00:00 UTC),
        payment_terms_days: 14,
        plan: "standard".parse().unwrap(),
        prices: Prices { activation_fee: usd(200), setup_fee: usd(0) },
        rounding: Rounding::default(),
    });
    setup.ledger.execute(&setup.fresh(), account_id(setup.org), open).await.unwrap();
    setup.ledger.execute(&setup.fresh(), invoice(number), line(number)).await.unwrap();
    setup.ledger.execute(&setup.fresh(), invoice(number), issue(on)).await.unwrap();
    setup
}

fn noon(month: u8, day: u8) -> OffsetDateTime {
    let month = Month::try_from(month).unwrap();
    Date::from_calendar_date(2026, month, day).unwrap().with_hms(12, 0, 0).unwrap().assume_utc()
}

/// A message, heard and worked off; how far it has got.
async fn hear(setup: &Setup, id: &str, at: OffsetDateTime, fact: ProviderFact) -> InboxStatus {
    let event = ProviderEvent {
        id: id.to_owned(),
        event_type: "test.event".to_owned(),
        created_at: at,
        org: None,
        invoice_id: None,
        booking_id: None,
        fact,
    };
    accept(&setup.ledger, setup.org, PROVIDER, &event).await.unwrap();
    work_off(&setup.ledger, setup.org, PROVIDER, id).await.unwrap().unwrap()
}

/// The invoice is paid in full; the message names the payment, but not its charge.
fn paid(number: u128) -> ProviderFact {
    ProviderFact::InvoicePaid(InvoicePaid {
        amount_minor: 200,
        currency: Some(Currency::USD),
        invoice: InvoiceMention {
            invoice_id: Some(invoice(number).uuid()),
            provider_invoice: format!("in_{number}"),
        },
        out_of_band: false,
        payments: vec![format!("pi_{number}")],
    })
}

/// A dispute over the whole payment of an invoice.
fn dispute(number: u128, state: DisputeState) -> ProviderFact {
    let mut payments = vec![format!("ch_{number}")];
    if state == DisputeState::Opened {
        payments.insert(0, format!("pi_{number}"));
    }
    let won = matches!(state, DisputeState::Reinstated | DisputeState::Won);
    ProviderFact::Dispute(Dispute {
        amount_minor: 200,
        currency: Some(Currency::USD),
        dispute: format!("dp_{number}"),
        fee_minor: 15,
        fee_returned_minor: if won { 15 } else { 0 },
        payments,
        reason: Some("fraudulent".to_owned()),
        state,
    })
}

async fn state(setup: &Setup, number: u128) -> Invoice {
    setup.ledger.load(setup.org, invoice(number)).await.unwrap().0
}

async fn log(setup: &Setup) -> Vec<Recorded> {
    let events = setup.ledger.read(setup.org, 0, 10_000).await.unwrap();
    events.into_iter().map(|stored| stored.decode().unwrap()).collect()
}

/// Events of a name, with the instant at which they happened.
async fn named(setup: &Setup, name: &str) -> Vec<(LedgerEvent, OffsetDateTime)> {
    let events = log(setup).await.into_iter();
    let these = events.filter(|recorded| recorded.event.name() == name);
    these.map(|recorded| (recorded.event, recorded.occurred_at)).collect()
}
