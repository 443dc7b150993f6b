//! What an explanation says is what the rows say, whatever happened.

use ledger::recorded::Recorded;
use projections::{
    claim_filings::ClaimFilings,
    claims::Claims,
    credit_notes::CreditNotes,
    disputes::Disputes,
    engine::{
        Columns, ReadModel,
        explain::{Figure, Shares, Stream, TracedRow, View, minor},
        fold,
    },
    exceptions::Exceptions,
    invoice_lines::InvoiceLines,
    invoices::Invoices,
    payment_plans::PaymentPlans,
    payment_status::PaymentStatus,
    remittance_claims::RemittanceClaims,
    revenue::Revenue,
    statement_deliveries::StatementDeliveries,
    statement_escalations::StatementEscalations,
    statements::Statements,
    tax_snapshot::TaxSnapshot,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::world::{World, steps};

/// The columns of a model that hold money.
fn figures<M: ReadModel>() -> Vec<&'static str> {
    let all = <M::Row as Columns>::KEY.iter().chain(<M::Row as Columns>::REST);
    all.map(|column| column.name).filter(|name| name.ends_with("_minor")).collect()
}

/// For every monetary column, at several positions: the shares of a row sum to what the row says,
/// those of all rows to the sum, and the tree sums at every node however little of it is shown.
pub(crate) fn shares_sum_to_every_figure<M: ReadModel>(
    events: &[Recorded],
) -> Result<(), TestCaseError> {
    for cut in [events.len() / 3, events.len() * 2 / 3, events.len()] {
        let (before, _) = events.split_at(cut);
        let rows = fold::<M>(before);
        for column in figures::<M>() {
            let figure = Figure::sum::<M>(move |row| minor(row, column));
            let traced = figure.shares(before);
            let sum: i64 = rows.values().map(|(row, _)| minor(row, column)).sum();
            let given: i128 = traced.iter().map(TracedRow::minor).sum();
            prop_assert_eq!(given, i128::from(sum), "{}.{} at {}", M::NAME, column, cut);
            let mut told: Vec<i128> =
                traced.iter().map(TracedRow::minor).filter(|minor| *minor != 0).collect();
            let mut said: Vec<i128> =
                rows.values().map(|(row, _)| minor(row, column).into()).collect();
            said.retain(|minor| *minor != 0);
            told.sort_unstable();
            said.sort_unstable();
            prop_assert_eq!(told, said, "{}.{} at {}", M::NAME, column, cut);
            trees_add_up(&Shares::new(0, traced), sum, before)?;
        }
    }
    Ok(())
}

/// However little is shown.
fn trees_add_up(shares: &Shares, sum: i64, events: &[Recorded]) -> Result<(), TestCaseError> {
    for (most, skip, row) in [(100, 0, None), (2, 0, None), (1, 3, None), (1, 1, Some(0))] {
        let view = View { most, skip, row };
        let wanted = shares.positions(&view);
        let shown: Vec<Recorded> =
            events.iter().filter(|event| wanted.contains(&event.position)).cloned().collect();
        let tree = shares.tree(&view, &shown);
        prop_assert_eq!(tree.minor, i128::from(sum));
        prop_assert!(tree.adds_up(), "{:?}", tree);
    }
    Ok(())
}

/// What is said of a row from its stream alone is what the whole log says of it.
fn a_stream_is_enough<M: ReadModel>(
    events: &[Recorded],
    stream: impl Fn(&M::Row) -> Stream,
) -> Result<(), TestCaseError> {
    for (key, (row, _)) in fold::<M>(events) {
        for column in figures::<M>() {
            let value = move |row: &M::Row| minor(row, column);
            let figure = Figure::of::<M>(key.clone(), Some(stream(&row)), value);
            let given: i128 = figure.shares(events).iter().map(TracedRow::minor).sum();
            prop_assert_eq!(given, i128::from(value(&row)), "{}.{}", M::NAME, column);
        }
    }
    Ok(())
}

fn invoice(id: Uuid) -> Stream {
    ("invoice", id)
}

fn statement(id: Uuid) -> Stream {
    ("statement", id)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_row_that_is_explained_from_one_stream_has_no_event_elsewhere(steps in steps(120)) {
        let world = World::after(1, &steps);
        let events = &world.events;
        a_stream_is_enough::<ClaimFilings>(events, |row| ("claim", row.claim_id))?;
        a_stream_is_enough::<Claims>(events, |row| ("claim", row.claim_id))?;
        a_stream_is_enough::<CreditNotes>(events, |row| invoice(row.invoice_id))?;
        a_stream_is_enough::<Disputes>(events, |row| invoice(row.invoice_id))?;
        a_stream_is_enough::<Exceptions>(events, |row| ("exception", row.exception_id))?;
        a_stream_is_enough::<InvoiceLines>(events, |row| invoice(row.invoice_id))?;
        a_stream_is_enough::<Invoices>(events, |row| invoice(row.invoice_id))?;
        a_stream_is_enough::<PaymentPlans>(events, |row| statement(row.statement_id))?;
        a_stream_is_enough::<PaymentStatus>(events, |row| invoice(row.invoice_id))?;
        a_stream_is_enough::<RemittanceClaims>(events, |row| ("remittance", row.remittance_id))?;
        a_stream_is_enough::<Revenue>(events, |row| invoice(row.invoice_id))?;
        a_stream_is_enough::<StatementDeliveries>(events, |row| statement(row.statement_id))?;
        a_stream_is_enough::<StatementEscalations>(events, |row| statement(row.statement_id))?;
        a_stream_is_enough::<Statements>(events, |row| statement(row.statement_id))?;
        a_stream_is_enough::<TaxSnapshot>(events, |row| invoice(row.invoice_id))?;
    }
}
