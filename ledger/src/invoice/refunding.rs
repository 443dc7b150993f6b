//! Money goes back to the customer.

use super::{
    CancelRefund, CorrectionError, CreateRefund, Decision, FailRefund, Invoice, InvoiceError,
    ItemType, PaymentStanding, RefundCanceled, RefundCreated, RefundFailed, RefundSettled,
    RefundStanding, SettleRefund, Standing, Status, Taken, status_by_funds,
};
use crate::values::{Money, share};

impl Invoice {
    /// Grants a refund: out of the credit first, the rest out of revenue and tax.
    pub(super) fn create_refund(&self, command: CreateRefund) -> Decision {
        let (opened, before) = self.begun()?;
        let CreateRefund { amount, created_on, payment_id, reason_code, refund_id } = command;
        self.require_amount(opened.currency, amount)?;
        if let Some(known) = self.refunds.get(&refund_id) {
            return if known.amount == amount && known.payment_id == payment_id {
                Ok(vec![])
            } else {
                Err(InvoiceError::RefundExists { amount: known.amount, refund_id })
            };
        }
        if self.is_disputed(payment_id) {
            return Err(CorrectionError::PaymentDisputed { payment_id }.into());
        }
        let refundable = self.refundable(payment_id, before)?;
        if amount.minus(refundable)?.is_positive() {
            return Err(InvoiceError::RefundTooLarge { asked: amount, refundable });
        }
        let from_credit = amount.smaller(before.credit)?;
        let cut = amount.minus(from_credit)?;
        let taken = self.cut(cut)?;
        let paid = before.paid.minus(cut)?;
        let status = match before.status {
            // The last settled money went back and something is still owed.
            Status::Partial if !paid.is_positive() => {
                status_by_funds(before.status, before.balance, paid, self.due_on(), created_on)
            }
            status => status,
        };
        let standing = Standing {
            balance: before.balance,
            credit: before.credit.minus(from_credit)?,
            paid,
            status,
        };
        let method = self.known_payment(payment_id)?.method;
        let (taxes, components) = self.taxes_of(&taken);
        let created = RefundCreated {
            amount,
            components,
            created_on,
            from_credit,
            items: self.cuts(&taken, opened.currency),
            method,
            payment_id,
            reason_code,
            refund_id,
            standing,
            tax: Money::from_minor(taken.tax(), opened.currency),
            taxes,
        };
        Ok(vec![created.into()])
    }

    /// What may still be refunded of a payment: what it brought and still holds, as far as the
    /// money is still here (credit that was handed to another invoice is not).
    fn refundable(
        &self,
        payment_id: uuid::Uuid,
        standing: Standing,
    ) -> Result<Money, InvoiceError> {
        let payment = self.known_payment(payment_id)?;
        match payment.standing {
            PaymentStanding::Succeeded => {}
            PaymentStanding::Reversed
            | PaymentStanding::ChargedBack
            | PaymentStanding::HandedBack => {
                return Ok(Money::zero(payment.amount.currency()));
            }
            standing @ (PaymentStanding::Pending | PaymentStanding::Failed) => {
                return Err(InvoiceError::PaymentNotSucceeded { payment_id, standing });
            }
        }
        let nothing = Money::zero(payment.amount.currency());
        let settled = if standing.paid.is_negative() { nothing } else { standing.paid };
        let here = standing.credit.plus(settled)?;
        Ok(payment.left().smaller(here)?)
    }

    /// Shares a cut among revenue and tax in proportion to what is left of them.
    fn cut(&self, amount: Money) -> Result<Taken, InvoiceError> {
        let mut places: Vec<(ItemType, i64)> = self.left.items().collect();
        let weights = places.iter().map(|(_, minor)| *minor).chain([self.left.tax()]);
        let mut shares = share(amount.minor(), &weights.collect::<Vec<i64>>())?;
        let tax = shares.pop().unwrap_or(0);
        places.iter_mut().zip(shares).for_each(|((_, minor), share)| *minor = share);
        Ok(self.take_items(&places, tax)?)
    }

    /// Says that a refund left our account; one that came back may leave again.
    pub(super) fn settle_refund(&self, command: SettleRefund) -> Decision {
        self.begun()?;
        let SettleRefund { refund_id, settled_on } = command;
        let refund =
            self.refunds.get(&refund_id).ok_or(InvoiceError::RefundUnknown { refund_id })?;
        match refund.standing {
            RefundStanding::Settled => Ok(vec![]),
            RefundStanding::Canceled => Err(CorrectionError::RefundCanceled { refund_id }.into()),
            RefundStanding::Created | RefundStanding::Failed => Ok(vec![
                RefundSettled {
                    amount: refund.amount,
                    method: refund.method,
                    refund_id,
                    settled_on,
                }
                .into(),
            ]),
        }
    }

    /// Says that a refund came back. We still owe it.
    pub(super) fn fail_refund(&self, command: FailRefund) -> Decision {
        self.begun()?;
        let FailRefund { failed_on, refund_id } = command;
        let refund =
            self.refunds.get(&refund_id).ok_or(InvoiceError::RefundUnknown { refund_id })?;
        match refund.standing {
            RefundStanding::Failed => return Ok(vec![]),
            RefundStanding::Canceled => {
                return Err(CorrectionError::RefundCanceled { refund_id }.into());
            }
            RefundStanding::Created | RefundStanding::Settled => {}
        }
        let failed = RefundFailed {
            amount: refund.amount,
            failed_on,
            method: refund.method,
            refund_id,
            was_settled: refund.standing == RefundStanding::Settled,
        };
        Ok(vec![failed.into()])
    }

    /// Takes a refund back that has not left, or has come back: the exact mirror.
    pub(super) fn cancel_refund(&self, command: CancelRefund) -> Decision {
        self.begun()?;
        let CancelRefund { canceled_on, reason_code, refund_id } = command;
        let refund =
            self.refunds.get(&refund_id).ok_or(InvoiceError::RefundUnknown { refund_id })?;
        match refund.standing {
            RefundStanding::Canceled => return Ok(vec![]),
            RefundStanding::Settled => {
                return Err(CorrectionError::RefundGone { refund_id }.into());
            }
            RefundStanding::Created | RefundStanding::Failed => {}
        }
        let now = self.require_open()?;
        let undo =
            self.undo_refunds.get(&refund_id).ok_or(InvoiceError::RefundUnknown { refund_id })?;
        let after = Standing {
            balance: now.balance,
            credit: now.credit.plus(undo.from_credit)?,
            paid: now.paid.plus(refund.amount.minus(undo.from_credit)?)?,
            status: now.status,
        };
        let (taxes, components) = self.taxes_of(&undo.taken);
        let canceled = RefundCanceled {
            amount: refund.amount,
            canceled_on,
            components,
            from_credit: undo.from_credit,
            items: undo.items.clone(),
            payment_id: refund.payment_id,
            reason_code,
            refund_id,
            standing: self.undone(Some(undo), after, canceled_on),
            tax: undo.tax,
            taxes,
        };
        Ok(vec![canceled.into()])
    }
}
