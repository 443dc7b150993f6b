//! A ledger on a throwaway database, and short words for what the tests do.

use ledger::{
    invoice::{AddLine, InvoiceCommand, InvoiceType, Issue, ItemType, Open},
    recorded::Actor,
    store::{Context, Ledger, Limits, MasterKey, StoreConfig},
    values::{Currency, InvoiceId, Money, OrgId, Rate, Rounding},
};
use schema::testing::{Role, TestDatabase, database};
use time::{Date, macros::date};
use uuid::Uuid;

/// A database and a ledger on it.
pub(crate) struct Setup {
    pub(crate) database: TestDatabase,
    pub(crate) ledger: Ledger,
    pub(crate) org: OrgId,
}

pub(crate) fn config(database: &TestDatabase) -> StoreConfig {
    StoreConfig {
        app: database.config(Role::App),
        writer: database.config(Role::Writer),
        relay: database.config(Role::Relay),
        master_key: MasterKey::from_bytes([7; 32]),
        limits: Limits { app_connections: 4, ..Limits::default() },
    }
}

pub(crate) async fn setup() -> Setup {
    let database = database().await;
    let ledger = Ledger::open(config(&database)).await.unwrap();
    let org = org(1);
    assert!(ledger.create_org(org, "Maple Chiropractic").await.unwrap());
    Setup { database, ledger, org }
}

pub(crate) fn org(number: u128) -> OrgId {
    OrgId(Uuid::from_u128(0xda1b_0000_0000_4000_8000_0000_0000_0000 + number))
}

pub(crate) fn actor() -> Actor {
    Actor("test".to_owned())
}

impl Setup {
    pub(crate) fn fresh(&self) -> Context {
        Context::fresh(&self.ledger, self.org, actor())
    }

    pub(crate) fn fresh_in(&self, org: OrgId) -> Context {
        Context::fresh(&self.ledger, org, actor())
    }
}

pub(crate) fn invoice(number: u128) -> InvoiceId {
    InvoiceId::new(Uuid::from_u128(number))
}

pub(crate) fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD)
}

pub(crate) fn open() -> Open {
    Open {
        currency: Currency::USD,
        customer_id: None,
        invoice_type: InvoiceType::OneOff,
        payment_terms_days: 30,
        period: None,
        rounding: Rounding::default(),
    }
}

/// A line of two dollars, beginning the draft when there is none.
pub(crate) fn line(number: u128) -> InvoiceCommand {
    InvoiceCommand::AddLine(AddLine {
        charge: None,
        covers: None,
        description: None,
        item_type: ItemType::OneOff,
        line_id: Uuid::from_u128(number),
        open: Some(open()),
        quantity: 1,
        rate_configured: false,
        service_on: date!(2026 - 01 - 10),
        tax_rate: Rate::ZERO,
        unit_price: usd(200),
    })
}

pub(crate) fn issue(on: Date) -> InvoiceCommand {
    InvoiceCommand::Issue(Issue {
        configured_rate: Rate::ZERO,
        issued_on: on,
        jurisdiction: None,
        number: None,
    })
}
