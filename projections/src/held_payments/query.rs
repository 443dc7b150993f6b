//! What finance asks about payments that fit no invoice.

use ledger::{
    invoice::PaymentMethod,
    subscription::HoldReason,
    values::{InvoiceId, Money},
};
use time::Date;
use uuid::Uuid;

use super::{HeldPayments, HeldStatus, Row};
use crate::{
    answers::{money, read},
    engine::{EngineError, Snapshot, Word},
};

/// Which held payments a list is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those that wait for somebody.
    Open,
    /// All of them.
    All,
}

/// One held payment, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldPayment {
    /// Which.
    pub payment_id: Uuid,
    /// How it stands.
    pub status: HeldStatus,
    /// Why it fits nowhere.
    pub reason: HoldReason,
    /// How it came.
    pub method: PaymentMethod,
    /// How much.
    pub amount: Money,
    /// The invoice it was meant for.
    pub meant_for: Option<InvoiceId>,
    /// The day it was received.
    pub received_on: Date,
    /// Days since it was received, until it was resolved or today.
    pub age_days: i64,
    /// The invoice it went to.
    pub released_to: Option<InvoiceId>,
    /// The day it was resolved.
    pub resolved_on: Option<Date>,
    /// Who resolved it.
    pub resolved_by: Option<String>,
    /// Why it went back, or came back.
    pub reason_code: Option<String>,
    /// Where it was held: the key that lists go by.
    pub held_position: i64,
}

/// One held payment, or `None`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn get(
    snapshot: &Snapshot,
    id: Uuid,
    today: Date,
) -> Result<Option<HeldPayment>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand payment_id = $2";
    let rows = snapshot.ask::<HeldPayments>(sql, &[&snapshot.org().0, &id]).await?;
    Ok(read::<Row>(&rows)?.pop().map(|row| answer(row, today)))
}

/// Held payments, the oldest first, after the one held at `after`, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn list(
    snapshot: &Snapshot,
    which: Which,
    today: Date,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<HeldPayment>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\n\
               and ($2::text is null or status = $2)\n\
               and ($3::bigint is null or held_position > $3)\n\
               order by held_position\nlimit $4";
    let status = (which == Which::Open).then_some(Word(HeldStatus::Open));
    let org = snapshot.org().0;
    let rows = snapshot.ask::<HeldPayments>(sql, &[&org, &status, &after, &limit]).await?;
    Ok(read::<Row>(&rows)?.into_iter().map(|row| answer(row, today)).collect())
}

fn answer(row: Row, today: Date) -> HeldPayment {
    HeldPayment {
        payment_id: row.payment_id,
        status: row.status.0,
        reason: row.reason.0,
        method: row.method.0,
        amount: money(row.amount_minor, row.currency),
        meant_for: row.meant_for.map(InvoiceId::new),
        received_on: row.received_on,
        age_days: (row.resolved_on.unwrap_or(today) - row.received_on).whole_days(),
        released_to: row.released_to.map(InvoiceId::new),
        resolved_on: row.resolved_on,
        resolved_by: row.resolved_by,
        reason_code: row.reason_code,
        held_position: row.held_position,
    }
}
