//! Invoices that wait for money.

use time::{Date, macros::date};

use super::{
    Invoices,
    query::{Invoice, answers},
};
use crate::engine::{EngineError, Snapshot};

/// Which invoices wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// Money is owed past the due date, noted or not.
    Overdue,
    /// Money is owed.
    Unpaid,
    /// Every one of them.
    All,
}

impl Queue {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Unpaid => "unpaid",
            Self::All => "all",
        }
    }
}

/// The place of an invoice in the queue: what is due first, first; what is not due, last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// When payment is due; the last day of the calendar where it is not.
    pub on: Date,
    /// Where the invoice was begun.
    pub position: i64,
}

impl Due {
    /// Of an invoice.
    pub fn of(invoice: &Invoice) -> Self {
        let on = invoice.due_on.unwrap_or(date!(9999 - 12 - 31));
        Self { on, position: invoice.opened_position }
    }
}

/// Invoices of a queue, what is due first, after a place in it, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn queue(
    snapshot: &Snapshot,
    queue: Queue,
    today: Date,
    after: Option<Due>,
    limit: i64,
) -> Result<Vec<Invoice>, EngineError> {
    let (org, word) = (snapshot.org().0, queue.word());
    let (on, position) = (after.map(|due| due.on), after.map(|due| due.position));
    let values: [&(dyn postgres_types::ToSql + Sync); 6] =
        [&org, &word, &today, &on, &position, &limit];
    answers(&snapshot.ask::<Invoices>(include_str!("queue.sql"), &values).await?)
}
