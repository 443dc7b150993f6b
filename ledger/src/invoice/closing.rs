//! The two ways to end: give up what is owed, or void it.

use super::{
    Cancel, Canceled, Decision, Invoice, InvoiceError, ItemTotal, Standing, Status, WriteOff,
    WrittenOff,
};
use crate::values::{Currency, Money};

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
        let (items, tax) = self.left_of_issue(opened.currency)?;
        let items: Vec<ItemTotal> =
            items.into_iter().filter(|item| !item.amount.is_zero()).collect();
        let mut total = tax;
        for item in &items {
            total = total.plus(item.amount)?;
        }
        Ok(vec![
            Canceled { canceled_on, items: super::upcast::cuts(items), reason_code, tax, total }
                .into(),
        ])
    }

    /// Revenue and tax as issued, less what refunds have cut; nothing for a draft.
    pub(super) fn left_of_issue(
        &self,
        currency: Currency,
    ) -> Result<(Vec<ItemTotal>, Money), InvoiceError> {
        let Some(issued) = &self.issued else {
            return Ok((vec![], Money::zero(currency)));
        };
        let mut items = Vec::with_capacity(issued.items.len());
        for item in &issued.items {
            let cut_minor = self.cut.items_minor.get(&item.item_type).copied().unwrap_or(0);
            let amount = item.amount.minus(Money::from_minor(cut_minor, currency))?;
            items.push(ItemTotal { amount, item_type: item.item_type });
        }
        let cut_tax = Money::from_minor(self.cut.tax_minor, currency);
        Ok((items, issued.totals.tax.minus(cut_tax)?))
    }
}
