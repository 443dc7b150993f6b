//! What an invoice tells about itself, and the guards that decisions share.

use time::Date;
use uuid::Uuid;

use super::{
    CreditNote, Invoice, InvoiceError, InvoiceType, Opened, Payment, PaymentStanding, Refund,
    Standing, Status, Totals,
};
use crate::values::{Currency, Money};

impl Invoice {
    /// Where it stands; draft before anything happened.
    pub fn status(&self) -> Status {
        self.standing.map_or(Status::Draft, |standing| standing.status)
    }

    /// What stands of its money; `None` before it is begun.
    pub fn standing(&self) -> Option<Standing> {
        self.standing
    }

    /// What it adds up to; `None` before it is begun.
    pub fn totals(&self) -> Option<Totals> {
        self.totals
    }

    /// Still owed.
    pub fn balance(&self) -> Option<Money> {
        self.standing.map(|standing| standing.balance)
    }

    /// Settled, credits of other invoices included.
    pub fn paid(&self) -> Option<Money> {
        self.standing.map(|standing| standing.paid)
    }

    /// Overpaid and not yet applied or refunded.
    pub fn credit(&self) -> Option<Money> {
        self.standing.map(|standing| standing.credit)
    }

    /// Its number, once issued.
    pub fn number(&self) -> Option<&str> {
        self.issued.as_ref().map(|issued| issued.number.as_str())
    }

    /// Its one currency.
    pub fn currency(&self) -> Option<Currency> {
        self.opened.as_ref().map(|opened| opened.currency)
    }

    /// When payment is due, once issued.
    pub fn due_on(&self) -> Option<Date> {
        self.issued.as_ref().map(|issued| issued.due_on)
    }

    /// What kind.
    pub fn invoice_type(&self) -> Option<InvoiceType> {
        self.opened.as_ref().map(|opened| opened.invoice_type)
    }

    /// Begun, and its lines may still change.
    pub fn is_draft(&self) -> bool {
        self.opened.is_some() && self.status() == Status::Draft
    }

    /// What is owed was given up.
    pub fn is_given_up(&self) -> bool {
        self.given_up
    }

    /// A payment.
    pub fn payment(&self, payment_id: Uuid) -> Option<&Payment> {
        self.payments.get(&payment_id)
    }

    /// How many payments succeeded and stand.
    pub fn succeeded_payments(&self) -> i64 {
        let stands = |payment: &&Payment| {
            let gone = payment.withdrawn.is_positive() && payment.withdrawn == payment.amount;
            payment.standing == PaymentStanding::Succeeded && !gone
        };
        i64::try_from(self.payments.values().filter(stands).count()).unwrap_or(i64::MAX)
    }

    /// A refund.
    pub fn refund(&self, refund_id: Uuid) -> Option<&Refund> {
        self.refunds.get(&refund_id)
    }

    /// A credit note.
    pub fn credit_note(&self, credit_note_id: Uuid) -> Option<&CreditNote> {
        self.credit_notes.get(&credit_note_id)
    }

    /// Written off and not claimed again.
    pub fn written_off(&self) -> Option<Money> {
        self.currency().map(|currency| Money::from_minor(self.written_off.minor, currency))
    }

    /// What it was begun with and how it stands.
    pub(super) fn begun(&self) -> Result<(&Opened, Standing), InvoiceError> {
        match (&self.opened, self.standing) {
            (Some(opened), Some(standing)) => Ok((opened, standing)),
            _ => Err(InvoiceError::Unknown),
        }
    }

    /// Issued and not void.
    pub(super) fn require_open(&self) -> Result<Standing, InvoiceError> {
        let (_, standing) = self.begun()?;
        match standing.status {
            Status::Draft | Status::Canceled => {
                Err(InvoiceError::NotOpen { status: standing.status })
            }
            Status::Sent | Status::Partial | Status::Paid | Status::Overdue | Status::Failed => {
                Ok(standing)
            }
        }
    }

    pub(super) fn require_not_given_up(&self) -> Result<(), InvoiceError> {
        if self.given_up { Err(InvoiceError::GivenUp) } else { Ok(()) }
    }

    /// An amount of the invoice's currency above zero.
    pub(super) fn require_amount(
        &self,
        currency: Currency,
        amount: Money,
    ) -> Result<(), InvoiceError> {
        if amount.currency() != currency {
            return Err(InvoiceError::CurrencyMismatch {
                given: amount.currency(),
                invoice: currency,
            });
        }
        if amount.is_positive() { Ok(()) } else { Err(InvoiceError::AmountNotPositive { amount }) }
    }

    pub(super) fn known_payment(&self, payment_id: Uuid) -> Result<&Payment, InvoiceError> {
        self.payments.get(&payment_id).ok_or(InvoiceError::PaymentUnknown { payment_id })
    }
}
