//! What happened to the operator's books of an org.

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use crate::{
    journal::Account,
    values::{Code, Money, Sealed},
};

events! {
    /// What happened to the operator's books of an org.
    pub enum BooksEvent {
        /// A period was sealed: nothing is booked in it any more but adjusting entries.
        PeriodClosed(PeriodClosed) = "billing.books.period_closed" @ 1;
        /// The last sealed period was opened again.
        PeriodReopened(PeriodReopened) = "billing.books.period_reopened" @ 1;
        /// An entry was made by hand, by a job, or by an import.
        EntryPosted(EntryPosted) = "billing.books.entry_posted" @ 1;
    }
}

/// See [`BooksEvent::PeriodClosed`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeriodClosed {
    /// The last day that is sealed now; the last of a month.
    pub closed_through: Date,
    /// A remark, if one was made.
    pub note: Option<Sealed<String>>,
    /// The last day that was sealed before.
    pub previous: Option<Date>,
}

/// See [`BooksEvent::PeriodReopened`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeriodReopened {
    /// The last day that is still sealed, if any.
    pub closed_through: Option<Date>,
    /// Why.
    pub reason_code: Code,
    /// The last day that was sealed before.
    pub was: Date,
}

/// What an entry is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A correction by an accountant; the only kind a sealed period takes, with [`Self::Reversal`]
    /// of one.
    Adjusting,
    /// The period-end estimate of what will not come in (5100 against 1190).
    Allowance,
    /// Balances brought in from another system (against 3900).
    Opening,
    /// A provider paid out to the bank, less its fee (1000 and 5000 against 1010).
    Payout,
    /// A provider's fee taken outside a payout (5000 against 1010).
    ProviderFee,
    /// The exact mirror of an earlier entry.
    Reversal,
}

/// Left or right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// On the left.
    Debit,
    /// On the right.
    Credit,
}

/// One line of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryLine {
    /// Number in the chart of accounts.
    pub account: Account,
    /// How much, above zero.
    pub amount: Money,
    /// Where.
    pub side: Side,
}

/// See [`BooksEvent::EntryPosted`]. Its lines balance in every currency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryPosted {
    /// The day it belongs to.
    pub business_on: Date,
    /// Identifies the entry.
    pub entry_id: Uuid,
    /// What it is for.
    pub kind: EntryKind,
    /// The lines.
    pub lines: Vec<EntryLine>,
    /// A remark, if one was made.
    pub note: Option<Sealed<String>>,
    /// Why.
    pub reason_code: Code,
    /// The other side's id of what is booked (a payout), if there is one.
    pub reference: Option<Sealed<String>>,
    /// The entry that this one mirrors.
    pub reverses: Option<Uuid>,
}
