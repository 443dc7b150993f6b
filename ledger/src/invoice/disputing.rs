//! A payment is disputed: its money is away while the bank looks into it, then back or gone.

use super::{
    CorrectionError, Decision, Dispute, DisputeLost, DisputeOpened, DisputeStanding, DisputeWon,
    Invoice, InvoiceError, LoseDispute, OpenDispute, PaymentStanding, Standing, Status, WinDispute,
};
use crate::values::{Currency, Money};

impl Invoice {
    /// Takes the money away, from the credit first; the rest is owed again. The fee is ours.
    pub(super) fn open_dispute(&self, command: OpenDispute) -> Decision {
        let (opened, before) = self.begun()?;
        let OpenDispute { amount, dispute_id, fee, opened_on, payment_id, reason_code } = command;
        self.require_amount(opened.currency, amount)?;
        if let Some(known) = self.disputes.get(&dispute_id) {
            return if known.amount == amount && known.payment_id == payment_id {
                Ok(vec![])
            } else {
                Err(CorrectionError::DisputeExists { amount: known.amount, dispute_id }.into())
            };
        }
        self.require_fee(opened.currency, fee, None)?;
        let payment = self.known_payment(payment_id)?;
        if payment.standing != PaymentStanding::Succeeded {
            let standing = payment.standing;
            return Err(InvoiceError::PaymentNotSucceeded { payment_id, standing });
        }
        let disputable = payment.left();
        if amount.minus(disputable)?.is_positive() {
            return Err(CorrectionError::DisputeTooLarge { asked: amount, disputable }.into());
        }
        let from_credit = amount.smaller(before.credit)?;
        let from_applied = amount.minus(from_credit)?;
        let standing = Standing {
            balance: before.balance.plus(from_applied)?,
            credit: before.credit.minus(from_credit)?,
            paid: before.paid.minus(from_applied)?,
            status: before.status,
        };
        let event = DisputeOpened {
            amount,
            dispute_id,
            fee,
            from_applied,
            from_credit,
            method: payment.method,
            opened_on,
            payment_id,
            reason_code,
            standing: self.follow_funds(standing, opened_on),
        };
        Ok(vec![event.into()])
    }

    /// The money is back: it settles what is owed, and the rest is credit.
    pub(super) fn win_dispute(&self, command: WinDispute) -> Decision {
        let (opened, before) = self.begun()?;
        let WinDispute { closed_on, dispute_id, fee_returned } = command;
        let Some(dispute) = self.open_one(dispute_id, DisputeStanding::Won)? else {
            return Ok(vec![]);
        };
        self.require_fee(opened.currency, fee_returned, Some(dispute.fee))?;
        let applied = dispute.amount.smaller(before.balance)?;
        let credited = dispute.amount.minus(applied)?;
        let standing = Standing {
            balance: before.balance.minus(applied)?,
            credit: before.credit.plus(credited)?,
            paid: before.paid.plus(applied)?,
            status: before.status,
        };
        let event = DisputeWon {
            amount: dispute.amount,
            applied,
            closed_on,
            credited,
            dispute_id,
            fee: fee_returned,
            method: self.known_payment(dispute.payment_id)?.method,
            payment_id: dispute.payment_id,
            standing: self.follow_funds(standing, closed_on),
        };
        Ok(vec![event.into()])
    }

    /// The money is gone: what is still owed of it is given up as a loss.
    pub(super) fn lose_dispute(&self, command: LoseDispute) -> Decision {
        let (_, before) = self.begun()?;
        let LoseDispute { closed_on, dispute_id } = command;
        let Some(dispute) = self.open_one(dispute_id, DisputeStanding::Lost)? else {
            return Ok(vec![]);
        };
        let loss = dispute.from_applied.smaller(before.balance)?;
        let balance = before.balance.minus(loss)?;
        let standing = if loss.is_zero() {
            before
        } else if balance.is_zero() && before.status != Status::Canceled {
            Standing { balance, status: Status::Failed, ..before }
        } else {
            self.follow_funds(Standing { balance, ..before }, closed_on)
        };
        let event = DisputeLost {
            amount: dispute.amount,
            closed_on,
            dispute_id,
            loss,
            payment_id: dispute.payment_id,
            standing,
        };
        Ok(vec![event.into()])
    }

    /// A dispute.
    pub fn dispute(&self, dispute_id: uuid::Uuid) -> Option<&Dispute> {
        self.disputes.get(&dispute_id)
    }

    /// Whether a bank is looking into a payment.
    pub(super) fn is_disputed(&self, payment_id: uuid::Uuid) -> bool {
        let open = |dispute: &Dispute| dispute.standing == DisputeStanding::Open;
        self.disputes.values().any(|dispute| dispute.payment_id == payment_id && open(dispute))
    }

    /// The dispute, if it is open; nothing where it has ended so before.
    fn open_one(
        &self,
        dispute_id: uuid::Uuid,
        end: DisputeStanding,
    ) -> Result<Option<Dispute>, InvoiceError> {
        let known = self.disputes.get(&dispute_id).copied();
        let known = known.ok_or(CorrectionError::DisputeUnknown { dispute_id })?;
        match known.standing {
            DisputeStanding::Open => Ok(Some(known)),
            standing if standing == end => Ok(None),
            standing => Err(CorrectionError::DisputeClosed { dispute_id, standing }.into()),
        }
    }

    fn require_fee(
        &self,
        currency: Currency,
        fee: Money,
        most: Option<Money>,
    ) -> Result<(), InvoiceError> {
        if fee.currency() != currency {
            return Err(InvoiceError::CurrencyMismatch {
                given: fee.currency(),
                invoice: currency,
            });
        }
        let most = most.unwrap_or(Money::from_minor(i64::MAX, currency));
        if fee.is_negative() || fee.minor() > most.minor() {
            return Err(CorrectionError::FeeOutOfRange { fee, most }.into());
        }
        Ok(())
    }
}
