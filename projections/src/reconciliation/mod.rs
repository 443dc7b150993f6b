//! The read models' side of a reconciliation: every payment and every invoice, as rows say it,
//! with the position that they are as of.

use ledger::{
    invoice::Status,
    reconciliation::{InvoiceRow, PaymentRow},
};

use crate::{
    answers::{money, read},
    engine::{EngineError, Snapshot, Worded},
    payment_status::{self, PaymentStatus},
    reconcile::{self, Kind, Reconcile},
};

/// Payments and refunds, and the position of the model.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn payment_rows(snapshot: &Snapshot) -> Result<(Vec<PaymentRow>, i64), EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\norder by began_position";
    let rows = snapshot.ask::<PaymentStatus>(sql, &[&snapshot.org().0]).await?;
    let rows = read::<payment_status::Row>(&rows)?.iter().map(payment_row).collect();
    Ok((rows, snapshot.model::<PaymentStatus>().await?.position))
}

/// Issued invoices, and the position of the model.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn invoice_rows(snapshot: &Snapshot) -> Result<(Vec<InvoiceRow>, i64), EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\norder by opened_position";
    let rows = snapshot.ask::<Reconcile>(sql, &[&snapshot.org().0]).await?;
    let rows = read::<reconcile::Row>(&rows)?.iter().filter_map(invoice_row).collect();
    Ok((rows, snapshot.model::<Reconcile>().await?.position))
}

/// A row of `payment_status` as the comparison reads it.
pub fn payment_row(row: &payment_status::Row) -> PaymentRow {
    PaymentRow {
        invoice_id: row.invoice_id,
        movement_id: row.movement_id,
        amount: money(row.amount_minor, row.currency),
        status: row.status.0.word().to_owned(),
        on: row.changed_on,
    }
}

/// A row of `reconcile` as the comparison reads it; held payments are no invoices.
pub fn invoice_row(row: &reconcile::Row) -> Option<InvoiceRow> {
    if row.kind.0 != Kind::Invoice {
        return None;
    }
    Some(InvoiceRow {
        invoice_id: row.subject_id,
        settled: money(row.settled_minor, row.currency),
        outstanding: money(row.outstanding_minor, row.currency),
        credit: money(row.credit_minor, row.currency),
        status: row.status.map_or(Status::Draft, |status| status.0),
    })
}
