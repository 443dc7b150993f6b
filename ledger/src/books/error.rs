//! Why the books say no.

use serde::Serialize;
use serde_json::Value;
use time::Date;
use uuid::Uuid;

use super::EntryKind;
use crate::{
    decide::{Refusal, RefusalKind},
    journal::Account,
    values::{Currency, Money},
};

/// By this others know that a day is sealed.
pub(super) const PERIOD_CLOSED: &str = "books.period_closed";

/// Why the books say no. The fields are the figures behind it.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(untagged)]
pub enum BooksError {
    /// The day lies in a sealed period.
    #[error("the books are closed through {closed_through}; {open_from} is the first open day")]
    PeriodClosed {
        /// The day that was asked.
        business_on: Date,
        /// The last day that is sealed.
        closed_through: Date,
        /// The first day that is not.
        open_from: Date,
    },
    /// Periods are whole months.
    #[error("{through} is not the last day of a month; {month_ends_on} is")]
    NotAMonthEnd {
        /// The last day of that month.
        month_ends_on: Date,
        /// Asked.
        through: Date,
    },
    /// The month is not over yet.
    #[error("the period ends on {through}, today is {today}")]
    PeriodNotOver {
        /// Asked.
        through: Date,
        /// Today, in the org's zone.
        today: Date,
    },
    /// Months are sealed one after the other.
    #[error("{through} asked, the next period ends on {next}")]
    PeriodSkipped {
        /// The last day that is sealed.
        closed_through: Date,
        /// The one that comes next.
        next: Date,
        /// Asked.
        through: Date,
    },
    /// A later period is sealed.
    #[error("{through} asked, the last closed period ends on {closed_through}")]
    NotTheLastPeriod {
        /// The last day that is sealed.
        closed_through: Date,
        /// Asked.
        through: Date,
    },
    /// It was never sealed.
    #[error("no closed period ends on {through}")]
    NotClosed {
        /// Asked.
        through: Date,
    },
    /// Too few lines, or too many.
    #[error("{lines} lines given, {least} to {most} are allowed")]
    LinesOutOfRange {
        /// Allowed.
        least: usize,
        /// Given.
        lines: usize,
        /// Allowed.
        most: usize,
    },
    /// Nothing, or less.
    #[error("an amount of {amount} is not above zero")]
    AmountNotPositive {
        /// Given.
        amount: Money,
    },
    /// Left and right differ.
    #[error("debits of {debit} and credits of {credit} {currency} do not balance")]
    Unbalanced {
        /// Sum on the right, in whole minor units; as text, since it may be large.
        credit: String,
        /// Of both.
        currency: Currency,
        /// Sum on the left, in whole minor units.
        debit: String,
    },
    /// The kind may not touch this account.
    #[error("an entry of this kind has no line on account {account}")]
    AccountNotAllowed {
        /// Which.
        account: Account,
        /// What the entry is for.
        kind: EntryKind,
    },
    /// The kind needs a line on this account in every currency.
    #[error("an entry of this kind needs a {currency} line on account {account}")]
    AccountMissing {
        /// Which.
        account: Account,
        /// In which currency.
        currency: Currency,
        /// What the entry is for.
        kind: EntryKind,
    },
    /// Mirrors are made by reversing.
    #[error("a reversal is made by reversing an entry")]
    ReversalByHand,
    /// The id is in use for an entry with other content.
    #[error("entry {entry_id} exists with other content")]
    EntryExists {
        /// Which.
        entry_id: Uuid,
    },
    /// No such entry.
    #[error("entry {entry_id} is not known")]
    UnknownEntry {
        /// Which.
        entry_id: Uuid,
    },
    /// Undone already.
    #[error("entry {entry_id} is reversed by {reversed_by}")]
    EntryReversed {
        /// Which.
        entry_id: Uuid,
        /// By what.
        reversed_by: Uuid,
    },
    /// A mirror is not undone.
    #[error("entry {entry_id} is a reversal itself")]
    EntryIsReversal {
        /// Which.
        entry_id: Uuid,
    },
    /// Nothing is undone before it was done.
    #[error("{business_on} lies before the entry's day {entered_on}")]
    BeforeEntry {
        /// Asked.
        business_on: Date,
        /// The entry's.
        entered_on: Date,
    },
}

impl Refusal for BooksError {
    fn code(&self) -> &'static str {
        match self {
            Self::PeriodClosed { .. } => PERIOD_CLOSED,
            Self::NotAMonthEnd { .. } => "books.not_a_month_end",
            Self::PeriodNotOver { .. } => "books.period_not_over",
            Self::PeriodSkipped { .. } => "books.period_skipped",
            Self::NotTheLastPeriod { .. } => "books.not_the_last_period",
            Self::NotClosed { .. } => "books.not_closed",
            Self::LinesOutOfRange { .. } => "books.lines_out_of_range",
            Self::AmountNotPositive { .. } => "books.amount_not_positive",
            Self::Unbalanced { .. } => "books.unbalanced",
            Self::AccountNotAllowed { .. } => "books.account_not_allowed",
            Self::AccountMissing { .. } => "books.account_missing",
            Self::ReversalByHand => "books.reversal_by_hand",
            Self::EntryExists { .. } => "books.entry_exists",
            Self::UnknownEntry { .. } => "books.unknown_entry",
            Self::EntryReversed { .. } => "books.entry_reversed",
            Self::EntryIsReversal { .. } => "books.entry_is_reversal",
            Self::BeforeEntry { .. } => "books.before_entry",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::UnknownEntry { .. } => RefusalKind::Unknown,
            Self::NotAMonthEnd { .. }
            | Self::LinesOutOfRange { .. }
            | Self::AmountNotPositive { .. }
            | Self::Unbalanced { .. }
            | Self::AccountNotAllowed { .. }
            | Self::AccountMissing { .. }
            | Self::ReversalByHand
            | Self::BeforeEntry { .. } => RefusalKind::Invalid,
            Self::PeriodClosed { .. }
            | Self::PeriodNotOver { .. }
            | Self::PeriodSkipped { .. }
            | Self::NotTheLastPeriod { .. }
            | Self::NotClosed { .. }
            | Self::EntryReversed { .. }
            | Self::EntryIsReversal { .. } => RefusalKind::NotNow,
            Self::EntryExists { .. } => RefusalKind::Conflict,
        }
    }

    fn details(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}
