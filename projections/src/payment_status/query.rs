//! What the API asks about payments.

use ledger::{
    invoice::PaymentMethod,
    values::{InvoiceId, Money, Sealed},
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Kind, PaymentStatus, Row, Stands};
use crate::{
    answers::{money, read, sealed},
    engine::{EngineError, Snapshot},
    worded,
};

/// A payment's state as the API says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentState {
    /// Announced.
    Pending,
    /// Arrived.
    Succeeded,
    /// Did not arrive.
    Failed,
    /// All of it was granted back.
    Refunded,
    /// Arrived and went back.
    Reversed,
    /// Arrived, and the customer's bank has taken it back while it looks into it.
    Disputed,
    /// Was disputed and is gone.
    ChargedBack,
    /// Went back to be held on the account.
    HandedBack,
}

worded! {
    PaymentState {
        Pending = "pending",
        Succeeded = "succeeded",
        Failed = "failed",
        Refunded = "refunded",
        Reversed = "reversed",
        Disputed = "disputed",
        ChargedBack = "charged_back",
        HandedBack = "handed_back",
    }
}

/// One payment with its refunds.
#[derive(Debug, Clone, PartialEq)]
pub struct Payment {
    /// Which.
    pub payment_id: Uuid,
    /// How it stands.
    pub state: PaymentState,
    /// How it came.
    pub method: PaymentMethod,
    /// How much.
    pub amount: Money,
    /// How much of it settled the invoice.
    pub applied: Money,
    /// How much was left over as credit.
    pub credited: Money,
    /// How much of it was granted back.
    pub refunded: Money,
    /// How much went back by itself.
    pub reversed: Money,
    /// How much of it is in dispute or was lost in one.
    pub disputed: Money,
    /// The day it was received or announced.
    pub received_on: Date,
    /// The day of the latest change.
    pub changed_on: Date,
    /// Why it failed, was reversed, disputed or handed back.
    pub reason_code: Option<String>,
    /// When it was first heard of.
    pub created_at: OffsetDateTime,
    /// When it changed last.
    pub updated_at: OffsetDateTime,
    /// Cheque number, provider id, …, sealed.
    pub reference: Option<Sealed<String>>,
    /// Its refunds, in order.
    pub refunds: Vec<Refund>,
}

/// One refund.
#[derive(Debug, Clone, PartialEq)]
pub struct Refund {
    /// Which.
    pub refund_id: Uuid,
    /// How it stands: created, settled, failed or canceled.
    pub stands: Stands,
    /// How much.
    pub amount: Money,
    /// How much of it came out of unapplied credit.
    pub from_credit: Money,
    /// The day it was granted.
    pub created_on: Date,
    /// The day of the latest change.
    pub changed_on: Date,
    /// Why.
    pub reason_code: Option<String>,
}

/// An invoice's payments in the order they were heard of, each with its refunds.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn of_invoice(snapshot: &Snapshot, id: InvoiceId) -> Result<Vec<Payment>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand invoice_id = $2\n\
               order by began_position, movement_id";
    let rows = snapshot.ask::<PaymentStatus>(sql, &[&snapshot.org().0, &id.uuid()]).await?;
    let rows = read::<Row>(&rows)?;
    let of_kind = |kind| rows.iter().filter(move |row| row.kind.0 == kind);
    of_kind(Kind::Payment)
        .map(|row| {
            let refunds =
                of_kind(Kind::Refund).filter(|refund| refund.payment_id == row.payment_id);
            answer(row, refunds.map(refund).collect())
        })
        .collect()
}

fn answer(row: &Row, refunds: Vec<Refund>) -> Result<Payment, EngineError> {
    let money = |minor| money(minor, row.currency);
    // A refund that came back is still owed: it stays granted.
    let granted = refunds.iter().filter(|refund| refund.stands != Stands::Canceled);
    let refunded_minor: i64 = granted.map(|refund| refund.amount.minor()).sum();
    let state = match row.status.0 {
        Stands::Pending => PaymentState::Pending,
        Stands::Failed => PaymentState::Failed,
        Stands::Reversed => PaymentState::Reversed,
        Stands::Disputed => PaymentState::Disputed,
        Stands::ChargedBack => PaymentState::ChargedBack,
        Stands::HandedBack => PaymentState::HandedBack,
        Stands::Succeeded | Stands::Created | Stands::Settled | Stands::Canceled => {
            let lost = row.disputed_minor;
            if lost > 0 && refunded_minor + lost >= row.amount_minor {
                PaymentState::ChargedBack
            } else if refunded_minor >= row.amount_minor {
                PaymentState::Refunded
            } else {
                PaymentState::Succeeded
            }
        }
    };
    Ok(Payment {
        payment_id: row.payment_id,
        state,
        method: row.method.0,
        amount: money(row.amount_minor),
        applied: money(row.applied_minor),
        credited: money(row.credited_minor),
        refunded: money(refunded_minor),
        reversed: money(row.reversed_minor),
        disputed: money(row.disputed_minor),
        received_on: row.began_on,
        changed_on: row.changed_on,
        reason_code: row.reason_code.clone(),
        created_at: row.created_at,
        updated_at: row.updated_at,
        reference: sealed(row.reference.as_deref())?,
        refunds,
    })
}

fn refund(row: &Row) -> Refund {
    Refund {
        refund_id: row.movement_id,
        stands: row.status.0,
        amount: money(row.amount_minor, row.currency),
        from_credit: money(row.credited_minor, row.currency),
        created_on: row.began_on,
        changed_on: row.changed_on,
        reason_code: row.reason_code.clone(),
    }
}
