//! What finance asks about disputes.

use ledger::{
    invoice::PaymentMethod,
    values::{InvoiceId, Money},
};
use time::Date;
use uuid::Uuid;

use super::{DisputeStatus, Disputes, Row};
use crate::{
    answers::{money, read},
    engine::{EngineError, Snapshot, Word},
};

/// One dispute, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Dispute {
    /// Which.
    pub dispute_id: Uuid,
    /// On which invoice.
    pub invoice_id: InvoiceId,
    /// Which payment.
    pub payment_id: Uuid,
    /// How it stands.
    pub status: DisputeStatus,
    /// How the payment had come.
    pub method: PaymentMethod,
    /// How much the bank took back.
    pub amount: Money,
    /// What the provider charged for it.
    pub fee: Money,
    /// How much of the fee came back.
    pub fee_returned: Money,
    /// How much was given up as a loss.
    pub loss: Money,
    /// The bank's reason.
    pub reason_code: String,
    /// The day the funds were withdrawn.
    pub opened_on: Date,
    /// The day it was decided.
    pub closed_on: Option<Date>,
    /// Where it began: the key that lists go by.
    pub opened_position: i64,
}

/// Which disputes a list is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those that stand so.
    pub status: Option<DisputeStatus>,
    /// Only on this invoice.
    pub invoice: Option<InvoiceId>,
}

/// One dispute, or `None`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn get(snapshot: &Snapshot, id: Uuid) -> Result<Option<Dispute>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand dispute_id = $2";
    let rows = snapshot.ask::<Disputes>(sql, &[&snapshot.org().0, &id]).await?;
    Ok(read::<Row>(&rows)?.pop().map(answer))
}

/// Disputes, the latest first, after the one opened at `after`, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn list(
    snapshot: &Snapshot,
    filter: &Filter,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<Dispute>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\n\
               and ($2::text is null or status = $2)\n\
               and ($3::uuid is null or invoice_id = $3)\n\
               and ($4::bigint is null or opened_position < $4)\n\
               order by opened_position desc\nlimit $5";
    let (org, invoice) = (snapshot.org().0, filter.invoice.map(|id| id.uuid()));
    let status = filter.status.map(Word);
    let values: [&(dyn postgres_types::ToSql + Sync); 5] =
        [&org, &status, &invoice, &after, &limit];
    let rows = snapshot.ask::<Disputes>(sql, &values).await?;
    Ok(read::<Row>(&rows)?.into_iter().map(answer).collect())
}

fn answer(row: Row) -> Dispute {
    let money = |minor| money(minor, row.currency);
    Dispute {
        dispute_id: row.dispute_id,
        invoice_id: InvoiceId::new(row.invoice_id),
        payment_id: row.payment_id,
        status: row.status.0,
        method: row.method.0,
        amount: money(row.amount_minor),
        fee: money(row.fee_minor),
        fee_returned: money(row.fee_returned_minor),
        loss: money(row.loss_minor),
        opened_on: row.opened_on,
        closed_on: row.closed_on,
        opened_position: row.opened_position,
        reason_code: row.reason_code,
    }
}
