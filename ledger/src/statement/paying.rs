//! The patient's money, and what persons give up.

use time::Date;

use super::{
    Adjust, Adjusted, AdjustmentKind, Decision, Lifecycle, Paid, PaymentRecorded, PaymentReversed,
    RecordPayment, Refund, RefundCreated, RefundSettled, ReversePayment, SettleRefund, Statement,
    StatementError, deciding::Course,
};
use crate::{delegation::HardBoundary, values::Money};

impl Statement {
    pub(super) fn record_payment(&self, command: RecordPayment) -> Decision {
        let RecordPayment { amount, method, payment_id, received_on, reference } = command;
        if let Some(known) = self.payments.get(&payment_id) {
            return if known.amount == amount {
                Ok(vec![])
            } else {
                Err(StatementError::PaymentExists { amount: known.amount, payment_id })
            };
        }
        let document = self.finalized()?;
        let due = document.figures.balance_due;
        within(amount, due)?;
        let mut course = Course::of(self);
        course.add(PaymentRecorded {
            amount,
            claim_id: document.claim_id,
            figures: document.figures.paying(amount)?,
            method,
            patient: document.patient.clone(),
            payment_id,
            received_on,
            reference,
        });
        course.cover(received_on, payment_id);
        course.settle(received_on);
        Ok(course.events)
    }

    /// What is left of a payment goes back.
    pub(super) fn reverse_payment(&self, command: ReversePayment) -> Decision {
        let document = self.known()?;
        let ReversePayment { payment_id, reason_code, reversed_on } = command;
        let known = self
            .payments
            .get(&payment_id)
            .ok_or(StatementError::UnknownMoney { id: payment_id })?;
        let amount = known.amount.minus(known.gone)?;
        if known.reversed || amount.is_zero() {
            return Ok(vec![]);
        }
        let figures = document.figures.paying(amount.negated()?)?;
        let mut course = Course::of(self);
        course.then(|lifecycle_state| {
            PaymentReversed {
                amount,
                claim_id: document.claim_id,
                figures,
                lifecycle_state,
                method: known.method,
                payment_id,
                reason_code: reason_code.clone(),
                reversed_on,
            }
            .into()
        });
        course.uncover(reversed_on);
        Ok(course.events)
    }

    /// Only what was paid too much goes back as a refund. On a statement that was replaced the
    /// figures are the other one's; what is left of the payment is the limit there.
    pub(super) fn refund(&self, command: Refund) -> Decision {
        let document = self.known()?;
        let Refund { amount, created_on, payment_id, reason_code, refund_id } = command;
        if let Some(known) = self.refunds.get(&refund_id) {
            return if known.amount == amount {
                Ok(vec![])
            } else {
                Err(StatementError::PaymentExists { amount: known.amount, payment_id: refund_id })
            };
        }
        let known = self
            .payments
            .get(&payment_id)
            .ok_or(StatementError::UnknownMoney { id: payment_id })?;
        if self.superseded_by.is_none() {
            within(amount, document.figures.balance_due.negated()?)?;
        }
        within(amount, known.amount.minus(known.gone)?)?;
        Ok(vec![
            RefundCreated {
                amount,
                claim_id: document.claim_id,
                created_on,
                figures: document.figures.paying(amount.negated()?)?,
                method: known.method,
                payment_id,
                reason_code,
                refund_id,
            }
            .into(),
        ])
    }

    pub(super) fn settle_refund(&self, command: SettleRefund) -> Decision {
        self.known()?;
        let SettleRefund { refund_id, settled_on } = command;
        let known =
            self.refunds.get(&refund_id).ok_or(StatementError::UnknownMoney { id: refund_id })?;
        if known.settled {
            return Ok(vec![]);
        }
        let (amount, method) = (known.amount, known.method);
        Ok(vec![RefundSettled { amount, method, refund_id, settled_on }.into()])
    }

    pub(super) fn adjust(&self, command: Adjust) -> Decision {
        let boundary = match command.kind {
            AdjustmentKind::Correction => HardBoundary::AlterBalancesOrCharges,
            AdjustmentKind::CharityCare | AdjustmentKind::PriceConcession => {
                HardBoundary::ForgiveBalances
            }
        };
        Self::only_person(&command.by, boundary)?;
        let document = self.finalized()?;
        let Adjust { adjusted_on, adjustment_id, amount, by, kind, note, reason_code } = command;
        if let Some(known) = self.adjustments.get(&adjustment_id) {
            return if *known == amount {
                Ok(vec![])
            } else {
                Err(StatementError::PaymentExists { amount: *known, payment_id: adjustment_id })
            };
        }
        if document.claim_id.is_some() {
            return Err(StatementError::ClaimHolds);
        }
        self.admit(&by)?;
        within(amount, document.figures.balance_due)?;
        let mut course = Course::of(self);
        course.add(Adjusted {
            adjusted_on,
            adjustment_id,
            amount,
            by: by.by,
            figures: document.figures.adjusting(amount)?,
            kind,
            note,
            reason_code,
        });
        course.settle(adjusted_on);
        Ok(course.events)
    }
}

impl Course {
    /// Nothing due any more on what may go out: paid, and every level settled.
    pub(super) fn settle(&mut self, paid_on: Date) {
        let Some(document) = self.statement.document.clone() else { return };
        let was_paid = self.statement.reached == Lifecycle::Paid
            && self.statement.levels.values().all(|settled| *settled);
        let may_go_out = self.statement.reached >= Lifecycle::Finalized;
        if document.figures.balance_due.is_positive() || !may_go_out {
            return;
        }
        self.end_plan(paid_on);
        if was_paid {
            return;
        }
        let open = self.statement.levels.iter().filter(|(_, settled)| !**settled);
        let levels_resolved: Vec<u8> = open.map(|(level, _)| *level).collect();
        self.then(|lifecycle_state| {
            Paid {
                figures: document.figures,
                levels_resolved: levels_resolved.clone(),
                lifecycle_state,
                paid_on,
                patient: document.patient.clone(),
            }
            .into()
        });
    }
}

/// Above zero and not above what there is.
fn within(amount: Money, there: Money) -> Result<(), StatementError> {
    if !amount.is_positive() {
        return Err(StatementError::AmountNotPositive { amount });
    }
    if there.minus(amount)?.is_negative() {
        return Err(StatementError::MoreThanThereIs { asked: amount, there });
    }
    Ok(())
}
