//! Unapplied credit moves to another invoice of the same org.

use super::{ApplyCredit, CreditApplied, CreditReleased, Decision, Invoice, InvoiceError};
use super::{ReleaseCredit, Standing};

impl Invoice {
    /// Hands credit to another invoice, whose `ApplyCredit` stands in the same append.
    pub(super) fn release_credit(&self, ReleaseCredit { amount, to }: ReleaseCredit) -> Decision {
        let (opened, before) = self.begun()?;
        self.require_amount(opened.currency, amount)?;
        let credit = before.credit.minus(amount)?;
        if credit.is_negative() {
            return Err(InvoiceError::CreditTooSmall { asked: amount, credit: before.credit });
        }
        let standing = Standing { credit, ..before };
        Ok(vec![CreditReleased { amount, standing, to }.into()])
    }

    /// Takes another invoice's credit as payment.
    pub(super) fn apply_credit(&self, command: ApplyCredit) -> Decision {
        let ApplyCredit { amount, applied_on, from } = command;
        let (opened, _) = self.begun()?;
        self.require_amount(opened.currency, amount)?;
        let before = self.require_open()?;
        if amount.minus(before.balance)?.is_positive() {
            return Err(InvoiceError::AboveBalance { asked: amount, balance: before.balance });
        }
        let standing = self.settled_by(before, amount)?;
        Ok(vec![CreditApplied { amount, applied_on, from, standing }.into()])
    }
}
