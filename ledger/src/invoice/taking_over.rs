//! A payment that was held on the account becomes this invoice's, or goes back to be held.

use super::{
    CorrectionError, Decision, HandBackPayment, Invoice, InvoiceError, PaymentHandedBack,
    PaymentStanding, PaymentTakenOver, Standing, TakeOverPayment,
};

impl Invoice {
    /// Takes the payment: it settles what is owed, and the rest is credit.
    pub(super) fn take_over_payment(&self, command: TakeOverPayment) -> Decision {
        let (opened, _) = self.begun()?;
        let TakeOverPayment { amount, method, payment_id, received_on, taken_over_on } = command;
        self.require_amount(opened.currency, amount)?;
        if let Some(known) = self.payments.get(&payment_id) {
            let same = known.amount == amount;
            match known.standing {
                PaymentStanding::Succeeded if same && known.taken_over.is_some() => {
                    return Ok(vec![]);
                }
                PaymentStanding::HandedBack if same => {}
                PaymentStanding::Pending
                | PaymentStanding::Succeeded
                | PaymentStanding::Failed
                | PaymentStanding::Reversed
                | PaymentStanding::ChargedBack
                | PaymentStanding::HandedBack => {
                    return Err(InvoiceError::PaymentExists { amount: known.amount, payment_id });
                }
            }
        }
        let before = self.require_open()?;
        let applied = amount.smaller(before.balance)?;
        let credited = amount.minus(applied)?;
        let standing =
            Standing { credit: before.credit.plus(credited)?, ..self.settled_by(before, applied)? };
        let event = PaymentTakenOver {
            amount,
            applied,
            credited,
            method,
            payment_id,
            received_on,
            standing,
            taken_over_on,
        };
        Ok(vec![event.into()])
    }

    /// Gives it back whole, as long as nothing of it was refunded, withdrawn or handed on.
    pub(super) fn hand_back_payment(&self, command: HandBackPayment) -> Decision {
        let (_, before) = self.begun()?;
        let HandBackPayment { handed_back_on, payment_id, reason_code } = command;
        let payment = *self.known_payment(payment_id)?;
        let Some(credited) = payment.taken_over else {
            return Err(CorrectionError::PaymentNotTakenOver { payment_id }.into());
        };
        if payment.standing == PaymentStanding::HandedBack {
            return Ok(vec![]);
        }
        if self.is_disputed(payment_id) {
            return Err(CorrectionError::PaymentDisputed { payment_id }.into());
        }
        let (amount, refunded, withdrawn) = (payment.amount, payment.refunded, payment.withdrawn);
        if payment.left() != amount {
            return Err(CorrectionError::PaymentUsed { payment_id, refunded, withdrawn }.into());
        }
        let (from_credit, from_applied) = (credited, amount.minus(credited)?);
        let credit = before.credit.minus(from_credit)?;
        if credit.is_negative() {
            let error = CorrectionError::CreditUsed { credit: before.credit, needed: from_credit };
            return Err(error.into());
        }
        let standing = Standing {
            balance: before.balance.plus(from_applied)?,
            credit,
            paid: before.paid.minus(from_applied)?,
            status: before.status,
        };
        let event = PaymentHandedBack {
            amount,
            from_applied,
            from_credit,
            handed_back_on,
            payment_id,
            reason_code,
            standing: self.follow_funds(standing, handed_back_on),
        };
        Ok(vec![event.into()])
    }
}
