//! Money goes back to the customer.

use super::{
    CreateRefund, Decision, FailRefund, Invoice, InvoiceError, ItemTotal, PaymentStanding,
    RefundCreated, RefundFailed, RefundSettled, RefundStanding, SettleRefund, Standing, Status,
    status_by_funds,
};
use crate::values::{Currency, Money, MoneyError};

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
        let refundable = self.refundable(payment_id, before)?;
        if amount.minus(refundable)?.is_positive() {
            return Err(InvoiceError::RefundTooLarge { asked: amount, refundable });
        }
        let from_credit = amount.smaller(before.credit)?;
        let cut = amount.minus(from_credit)?;
        let (items, tax) = self.cut(cut, opened.currency)?;
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
        let created = RefundCreated {
            amount,
            created_on,
            from_credit,
            items: super::upcast::cuts(items),
            method,
            payment_id,
            reason_code,
            refund_id,
            standing,
            tax,
        };
        Ok(vec![created.into()])
    }

    /// What may still be refunded of a payment: what it brought and was not refunded, as far as
    /// the money is still here (credit that was handed to another invoice is not).
    fn refundable(
        &self,
        payment_id: uuid::Uuid,
        standing: Standing,
    ) -> Result<Money, InvoiceError> {
        let payment = self.known_payment(payment_id)?;
        match payment.standing {
            PaymentStanding::Succeeded => {}
            PaymentStanding::Reversed => return Ok(Money::zero(payment.amount.currency())),
            standing @ (PaymentStanding::Pending | PaymentStanding::Failed) => {
                return Err(InvoiceError::PaymentNotSucceeded { payment_id, standing });
            }
        }
        let nothing = Money::zero(payment.amount.currency());
        let settled = if standing.paid.is_negative() { nothing } else { standing.paid };
        let here = standing.credit.plus(settled)?;
        Ok(payment.amount.minus(payment.refunded)?.smaller(here)?)
    }

    /// Shares a cut among revenue and tax in proportion to what earlier refunds left of them.
    fn cut(
        &self,
        amount: Money,
        currency: Currency,
    ) -> Result<(Vec<ItemTotal>, Money), InvoiceError> {
        let (items, tax) = self.left_of_issue(currency)?;
        let mut weights: Vec<i64> = items.iter().map(|item| item.amount.minor()).collect();
        weights.push(tax.minor());
        let mut shares = share(amount.minor(), &weights)?;
        let tax = Money::from_minor(shares.pop().unwrap_or(0), currency);
        let items = items
            .iter()
            .zip(shares)
            .filter(|(_, minor)| *minor != 0)
            .map(|(item, minor)| ItemTotal {
                amount: Money::from_minor(minor, currency),
                item_type: item.item_type,
            })
            .collect();
        Ok((items, tax))
    }

    /// Says that a refund left our account; one that came back may leave again.
    pub(super) fn settle_refund(&self, command: SettleRefund) -> Decision {
        self.begun()?;
        let SettleRefund { refund_id, settled_on } = command;
        let refund =
            self.refunds.get(&refund_id).ok_or(InvoiceError::RefundUnknown { refund_id })?;
        match refund.standing {
            RefundStanding::Settled => Ok(vec![]),
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
        if refund.standing == RefundStanding::Failed {
            return Ok(vec![]);
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
}

/// Shares an amount by weights, exactly: everyone the whole part, then one more minor unit each
/// to the largest remainders, the first of equals first. No share exceeds its weight while the
/// amount does not exceed their sum.
fn share(amount: i64, weights: &[i64]) -> Result<Vec<i64>, MoneyError> {
    let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if sum <= 0 {
        return if amount == 0 { Ok(vec![0; weights.len()]) } else { Err(MoneyError::OutOfRange) };
    }
    let product = |weight: &i64| i128::from(amount) * i128::from(*weight);
    let mut shares: Vec<i128> = weights.iter().map(|weight| product(weight) / sum).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(product(&weights[*index]) % sum));
    let missing = i128::from(amount) - shares.iter().sum::<i128>();
    let missing = usize::try_from(missing).map_err(|_| MoneyError::OutOfRange)?;
    for index in order.into_iter().take(missing) {
        shares[index] += 1;
    }
    shares
        .into_iter()
        .map(|minor| i64::try_from(minor).map_err(|_| MoneyError::OutOfRange))
        .collect()
}
