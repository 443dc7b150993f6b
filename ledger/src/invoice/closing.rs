//! The two ways to end: give up what is owed (and claim it again), or void it.

use super::{
    Cancel, Canceled, CorrectionError, Decision, Invoice, InvoiceError, ItemType, ReverseWriteOff,
    Standing, Status, WriteOff, WriteOffReversed, WrittenOff, status_by_funds,
};
use crate::values::Money;

impl Invoice {
    /// Gives up all that is still owed.
    pub(super) fn write_off(&self, command: WriteOff) -> Decision {
        let before = self.require_open()?;
        if !before.balance.is_positive() {
            return if self.given_up {
                Ok(vec![])
            } else {
                Err(InvoiceError::NothingOwed { balance: before.balance })
            };
        }
        let standing = Standing {
            balance: Money::zero(before.balance.currency()),
            status: Status::Failed,
            ..before
        };
        let written_off = WrittenOff {
            amount: before.balance,
            note: command.note,
            reason_code: command.reason_code,
            standing,
            written_off_on: command.written_off_on,
        };
        Ok(vec![written_off.into()])
    }

    /// Voids it: a draft always, an issued one while it holds no money.
    pub(super) fn cancel(&self, command: Cancel) -> Decision {
        let (opened, standing) = self.begun()?;
        let Cancel { canceled_on, reason_code } = command;
        if standing.status == Status::Canceled {
            return Ok(vec![]);
        }
        self.require_not_given_up()?;
        if !standing.paid.is_zero() || !standing.credit.is_zero() {
            return Err(InvoiceError::HasPayments {
                credit: standing.credit,
                paid: standing.paid,
                succeeded_payments: self.succeeded_payments(),
            });
        }
        if self.lost_minor > 0 {
            return Err(InvoiceError::GivenUp);
        }
        let left: Vec<(ItemType, i64)> = self.left.items().collect();
        let taken = self.take_items(&left, self.left.tax())?;
        let money = |minor| Money::from_minor(minor, opened.currency);
        let (tax, total) = (money(taken.tax()), money(taken.total()));
        let items = self.cuts(&taken, opened.currency);
        let (taxes, components) = self.taxes_of(&taken);
        let canceled = Canceled { canceled_on, components, items, reason_code, tax, taxes, total };
        Ok(vec![canceled.into()])
    }

    /// Claims again all that was written off.
    pub(super) fn reverse_write_off(&self, command: ReverseWriteOff) -> Decision {
        let ReverseWriteOff { note, reason_code, reversed_on } = command;
        let before = self.require_open()?;
        if self.written_off.minor == 0 {
            return if self.written_off.reversed {
                Ok(vec![])
            } else {
                Err(CorrectionError::NothingWrittenOff.into())
            };
        }
        let amount = Money::from_minor(self.written_off.minor, before.balance.currency());
        let balance = before.balance.plus(amount)?;
        let status = self.written_off.status;
        // What collecting had come to stays so; the rest follows the funds of the day.
        let status = if status == Status::Failed && !before.paid.is_positive() {
            status
        } else {
            status_by_funds(status, balance, before.paid, self.due_on(), reversed_on)
        };
        let standing = Standing { balance, status, ..before };
        Ok(vec![WriteOffReversed { amount, note, reason_code, reversed_on, standing }.into()])
    }
}
