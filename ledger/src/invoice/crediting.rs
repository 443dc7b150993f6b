//! Unapplied credit moves to another invoice of the same org, and back.

use super::{
    ApplyCredit, CorrectionError, CreditApplied, CreditRegained, CreditReleased, CreditReturned,
    Decision, Invoice, InvoiceError, RegainCredit, ReleaseCredit, ReturnCredit, Standing,
};
use crate::values::Money;

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

    /// Gives credit back to the invoice it came from, whose `RegainCredit` stands in the same
    /// append. What has become credit here since is handed on instead.
    pub(super) fn return_credit(&self, command: ReturnCredit) -> Decision {
        let ReturnCredit { amount, reason_code, returned_on, to } = command;
        let (opened, _) = self.begun()?;
        self.require_amount(opened.currency, amount)?;
        let before = self.require_open()?;
        let applied = self.credits_from.get(&to).copied().unwrap_or(0);
        let applied = Money::from_minor(applied.min(before.paid.minor()).max(0), opened.currency);
        if amount.minus(applied)?.is_positive() {
            return Err(CorrectionError::CreditNotApplied { applied, asked: amount }.into());
        }
        let standing = Standing {
            balance: before.balance.plus(amount)?,
            paid: before.paid.minus(amount)?,
            ..before
        };
        let standing = self.follow_funds(standing, returned_on);
        Ok(vec![CreditReturned { amount, reason_code, returned_on, standing, to }.into()])
    }

    /// Takes credit back that was handed to another invoice.
    pub(super) fn regain_credit(&self, RegainCredit { amount, from }: RegainCredit) -> Decision {
        let (opened, before) = self.begun()?;
        self.require_amount(opened.currency, amount)?;
        let released = self.credits_to.get(&from).copied().unwrap_or(0);
        let released = Money::from_minor(released, opened.currency);
        if amount.minus(released)?.is_positive() {
            return Err(CorrectionError::CreditNotReleased { asked: amount, released }.into());
        }
        let standing = Standing { credit: before.credit.plus(amount)?, ..before };
        Ok(vec![CreditRegained { amount, from, standing }.into()])
    }
}
