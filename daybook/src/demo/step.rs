//! What happens in an invented history, as data.

use ledger::invoice::PaymentMethod;
use ledger::values::{Code, CycleKey, Rate};
use time::{Date, OffsetDateTime};

/// One thing that happens at one instant.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    pub(super) at: OffsetDateTime,
    /// The calendar day for the org.
    pub(super) on: Date,
    pub(super) what: What,
}

/// What happens.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    Tax {
        jurisdiction: Code,
        rate: Rate,
    },
    Cycle(CycleKey),
    Pause(&'static str),
    Resume,
    Activate(usize),
    Deactivate(usize),
    Hold(i64),
    /// What another system says of a thing, by the id it has there.
    Tell(String, ledger::operation::Fact),
    Invoice(Which, Deed),
}

/// Which invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Monthly(CycleKey),
    SetupFee,
    OneOff(i64),
}

/// What happens to an invoice.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Deed {
    /// Lines, in minor units each.
    Draft(Vec<i64>),
    Issue,
    Send,
    Pay(Pay),
    Overdue,
    /// The provider says it is paid; no money came.
    ReportPaid,
    Reverse(i64),
    Reconcile,
    /// So many per cent of a payment.
    Refund(i64, i64),
    /// What was overpaid.
    RefundCredit(i64),
    SettleRefund(i64),
    FailRefund(i64),
    /// What was overpaid goes to another invoice.
    MoveCredit(Which),
    WriteOff(&'static str),
    Cancel(&'static str),
}

/// A payment: which of the invoice's, how much, how, and how it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pay {
    pub(super) number: i64,
    pub(super) share: Share,
    pub(super) method: PaymentMethod,
    pub(super) state: Arrived,
}

/// How much of the invoice a payment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Share {
    /// The whole total.
    All,
    /// So many per cent of the total.
    Percent(i64),
    /// Whatever is still owed.
    Rest,
    /// The total and a third more.
    TooMuch,
}

/// Whether the money came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arrived {
    NotYet,
    Yes,
    No(&'static str),
}
