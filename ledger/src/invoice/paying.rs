//! Money arrives, does not arrive, or goes back.

use super::{
    CorrectionError, Decision, Invoice, InvoiceError, PaymentFailed, PaymentPending,
    PaymentReversed, PaymentStanding, PaymentState, PaymentSucceeded, RecordPayment,
    ReversePayment, Standing, Status,
};
use crate::values::Money;

impl Invoice {
    /// Records a payment in any of its states. A state that is known, or that a later one has
    /// overtaken, changes nothing.
    pub(super) fn record_payment(&self, command: RecordPayment) -> Decision {
        let (opened, standing) = self.begun()?;
        self.require_amount(opened.currency, command.amount)?;
        if let Some(known) = self.payments.get(&command.payment_id) {
            if known.amount != command.amount {
                return Err(InvoiceError::PaymentExists {
                    amount: known.amount,
                    payment_id: command.payment_id,
                });
            }
            if !may_follow(known.standing, command.state) {
                return Ok(vec![]);
            }
        }
        self.require_open()?;
        match command.state {
            PaymentState::Pending => Ok(vec![pending(command)]),
            PaymentState::Failed => Ok(vec![self.failed(command, standing)]),
            PaymentState::Succeeded => self.succeeded(command, standing),
        }
    }

    fn failed(&self, command: RecordPayment, standing: Standing) -> super::InvoiceEvent {
        let open = matches!(standing.status, Status::Sent | Status::Overdue | Status::Failed);
        let nothing_settled = !standing.paid.is_positive();
        let status = if open && nothing_settled { Status::Failed } else { standing.status };
        PaymentFailed {
            amount: command.amount,
            failed_on: command.received_on,
            method: command.method,
            payment_id: command.payment_id,
            reason_code: command.reason_code,
            status,
        }
        .into()
    }

    fn succeeded(&self, command: RecordPayment, before: Standing) -> Decision {
        let applied = command.amount.smaller(before.balance)?;
        let credited = command.amount.minus(applied)?;
        let standing =
            Standing { credit: before.credit.plus(credited)?, ..self.settled_by(before, applied)? };
        let succeeded = PaymentSucceeded {
            amount: command.amount,
            applied,
            credited,
            method: command.method,
            payment_id: command.payment_id,
            received_on: command.received_on,
            reference: command.reference,
            standing,
        };
        Ok(vec![succeeded.into()])
    }

    /// What stands when so much more has settled the invoice. What is given up stays given up.
    pub(super) fn settled_by(
        &self,
        before: Standing,
        applied: Money,
    ) -> Result<Standing, InvoiceError> {
        let balance = before.balance.minus(applied)?;
        let paid = before.paid.plus(applied)?;
        let status = match before.status {
            status if self.given_up => status,
            _ if balance.is_zero() => Status::Paid,
            _ if paid.is_positive() => Status::Partial,
            status => status,
        };
        Ok(Standing { balance, credit: before.credit, paid, status })
    }

    /// Takes back what a payment brought and was not refunded, from the credit first. The status
    /// stays until somebody reconciles.
    pub(super) fn reverse_payment(&self, command: ReversePayment) -> Decision {
        let (_, before) = self.begun()?;
        let payment_id = command.payment_id;
        let payment = self.known_payment(payment_id)?;
        match payment.standing {
            PaymentStanding::Reversed => return Ok(vec![]),
            PaymentStanding::Succeeded => {}
            standing @ (PaymentStanding::Pending
            | PaymentStanding::Failed
            | PaymentStanding::ChargedBack
            | PaymentStanding::HandedBack) => {
                return Err(InvoiceError::PaymentNotSucceeded { payment_id, standing });
            }
        }
        if self.is_disputed(payment_id) {
            return Err(CorrectionError::PaymentDisputed { payment_id }.into());
        }
        let amount = payment.left();
        if !amount.is_positive() {
            return Err(InvoiceError::PaymentRefunded { payment_id, refunded: payment.refunded });
        }
        let from_credit = amount.smaller(before.credit)?;
        let from_applied = amount.minus(from_credit)?;
        let standing = Standing {
            balance: before.balance.plus(from_applied)?,
            credit: before.credit.minus(from_credit)?,
            paid: before.paid.minus(from_applied)?,
            status: before.status,
        };
        let reversed = PaymentReversed {
            amount,
            from_applied,
            from_credit,
            method: payment.method,
            payment_id,
            reason_code: command.reason_code,
            reversed_on: command.reversed_on,
            standing,
        };
        Ok(vec![reversed.into()])
    }
}

fn pending(command: RecordPayment) -> super::InvoiceEvent {
    PaymentPending {
        amount: command.amount,
        method: command.method,
        payment_id: command.payment_id,
        received_on: command.received_on,
        reference: command.reference,
    }
    .into()
}

/// Whether news about a payment is news: success follows an announcement or a failure, failure
/// only an announcement, and nothing follows success but a reversal.
fn may_follow(known: PaymentStanding, state: PaymentState) -> bool {
    match (known, state) {
        (PaymentStanding::Pending, PaymentState::Succeeded | PaymentState::Failed)
        | (PaymentStanding::Failed, PaymentState::Succeeded) => true,
        (PaymentStanding::Pending | PaymentStanding::Failed, _)
        | (
            PaymentStanding::Succeeded
            | PaymentStanding::Reversed
            | PaymentStanding::ChargedBack
            | PaymentStanding::HandedBack,
            _,
        ) => false,
    }
}
