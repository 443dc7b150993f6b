//! What happens in an invented history, as data.

use ledger::claim::Notice;
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
    Tell(String, Box<ledger::operation::Fact>),
    /// A held payment is given to an invoice, or back.
    ResolveHeld(i64, Option<Which>),
    /// Revenue is earned through a day.
    Recognize(Date),
    /// The books are closed through a day.
    Close(Date),
    /// The provider pays out what it holds.
    Payout,
    /// What will not come in is estimated.
    Allowance,
    Invoice(Which, Deed),
    Claim(i64, ClaimDeed),
    /// The founder says what the agent may do.
    Delegate,
    /// Of a claim's statement.
    Statement(i64, StatementDeed),
}

/// What happens to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClaimDeed {
    Draft,
    /// Which submission it is.
    Submit(u16),
    /// What the clearing house says of that submission.
    Acknowledge(u16, Notice),
    Answer(Answered),
    /// What a payer denied is given up.
    WriteOff,
}

/// How a payer answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answered {
    Paid,
    Denied,
    /// The first answer is taken back, and a better one given.
    Corrected,
}

/// What happens to a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StatementDeed {
    /// It becomes known how the patient can be reached.
    Contacts,
    /// The founder sends what was held.
    Send,
    /// So many per cent of what is due come in.
    Pay(i64),
}

/// Which invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Monthly(CycleKey),
    SetupFee,
    OneOff(i64),
    /// A year of the plan, paid ahead.
    Plan(i64),
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
    Correct(Correction),
    Cancel(&'static str),
}

/// How an issued invoice is corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Correction {
    /// So many per cent of the total; 100 is all that is left.
    CreditNote {
        number: i64,
        percent: i64,
    },
    VoidCreditNote(i64),
    CancelRefund(i64),
    ReverseWriteOff,
    OpenDispute,
    WinDispute,
    LoseDispute,
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
