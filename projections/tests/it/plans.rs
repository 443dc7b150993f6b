//! A read model's rows are found along their key, whatever PostgreSQL believes of their table.

use ledger::{
    invoice::{AddLine, InvoiceCommand, InvoiceType, ItemType, Open},
    recorded::Actor,
    store::Context,
    values::{Currency, InvoiceId, Money, OrgId, Rate, Rounding},
};
use projections::{engine::ReadModel, invoice_lines::InvoiceLines, invoices::Invoices};
use time::macros::date;
use uuid::Uuid;

use crate::support::{Setup, reach, setup};

/// Entries read in the indexes of a model's tables.
async fn read_of<M: ReadModel>(setup: &Setup) -> i64 {
    let (a, b) = (format!("{}_a", M::NAME), format!("{}_b", M::NAME));
    setup.database.entries_read(&[&a, &b]).await
}

#[tokio::test]
async fn rows_are_found_along_their_key_though_the_plans_are_older_than_the_table() {
    let setup = setup().await;
    let org = OrgId(Uuid::from_u128(1));
    setup.ledger.create_org(org, "Maple Chiropractic").await.unwrap();
    let engine = setup.engine();
    let mut lines = 0;
    // A wave of new drafts each, and one more line on an old one.
    for wave in 0..30 {
        let context = Context::fresh(&setup.ledger, org, Actor("test".to_owned()));
        let new = (0..20).map(|number| 20 * wave + number);
        let batch = new.chain([0]).fold(setup.ledger.batch(context), |batch, number| {
            lines += 1;
            batch.then(InvoiceId::new(Uuid::from_u128(number)), line(lines))
        });
        let position = batch.run().await.unwrap().position;
        reach(&engine, org, position).await;
    }
    let (invoices, lines) =
        (read_of::<Invoices>(&setup).await, read_of::<InvoiceLines>(&setup).await);
    engine.stop().await;
    assert!((1..1_000).contains(&invoices), "{invoices} entries were read for thirty waves");
    assert!(lines < 1_000, "{lines} entries were read for thirty waves");
}

/// A line of two dollars, beginning the draft when there is none.
fn line(number: u128) -> InvoiceCommand {
    InvoiceCommand::AddLine(AddLine {
        charge: None,
        covers: None,
        description: None,
        item_type: ItemType::OneOff,
        line_id: Uuid::from_u128(number),
        open: Some(Open {
            currency: Currency::USD,
            customer_id: None,
            invoice_type: InvoiceType::OneOff,
            payment_terms_days: 30,
            period: None,
            rounding: Rounding::default(),
        }),
        quantity: 1,
        rate_configured: false,
        service_on: date!(2026 - 01 - 10),
        tax_rate: Rate::ZERO,
        unit_price: Money::from_minor(200, Currency::USD),
    })
}
