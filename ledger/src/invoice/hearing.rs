//! How history is heard. Events carry results; hearing one twice changes nothing.

use uuid::Uuid;

use super::{
    Invoice, Issued, Opened, Payment, PaymentMethod, PaymentStanding, Refund, RefundCreated,
    RefundStanding, Standing, Status, Totals,
};
use crate::values::Money;

impl Invoice {
    pub(super) fn hear_opened(&mut self, opened: Opened) {
        let zero = Money::zero(opened.currency);
        self.standing =
            Some(Standing { balance: zero, credit: zero, paid: zero, status: Status::Draft });
        self.totals = Some(Totals::zero(opened.currency));
        self.opened = Some(opened);
    }

    pub(super) fn hear_issued(&mut self, issued: Issued) {
        let total = issued.totals.total;
        let zero = Money::zero(total.currency());
        let status = if total.is_zero() { Status::Paid } else { Status::Sent };
        self.standing = Some(Standing { balance: total, credit: zero, paid: zero, status });
        self.totals = Some(issued.totals);
        self.issued = Some(issued);
    }

    pub(super) fn hear_payment(
        &mut self,
        payment_id: Uuid,
        amount: Money,
        method: PaymentMethod,
        standing: PaymentStanding,
    ) {
        let refunded = Money::zero(amount.currency());
        self.payments.insert(payment_id, Payment { amount, method, refunded, standing });
    }

    pub(super) fn hear_refund(&mut self, event: RefundCreated) {
        self.standing = Some(event.standing);
        if self.refunds.contains_key(&event.refund_id) {
            return;
        }
        // The decision that made the event has already found that these sums fit.
        for item in event.items {
            let cut_minor = self.cut.items_minor.entry(item.item_type).or_default();
            *cut_minor = cut_minor.saturating_add(item.amount.minor());
        }
        self.cut.tax_minor = self.cut.tax_minor.saturating_add(event.tax.minor());
        if let Some(payment) = self.payments.get_mut(&event.payment_id) {
            payment.refunded = payment.refunded.plus(event.amount).unwrap_or(payment.amount);
        }
        let refund = Refund {
            amount: event.amount,
            method: event.method,
            payment_id: event.payment_id,
            standing: RefundStanding::Created,
        };
        self.refunds.insert(event.refund_id, refund);
    }

    pub(super) fn hear_canceled(&mut self) {
        if let Some(standing) = &mut self.standing {
            standing.balance = Money::zero(standing.balance.currency());
            standing.status = Status::Canceled;
        }
    }

    pub(super) fn set_status(&mut self, status: Status) {
        if let Some(standing) = &mut self.standing {
            standing.status = status;
        }
    }

    pub(super) fn set_refund(&mut self, refund_id: Uuid, standing: RefundStanding) {
        if let Some(refund) = self.refunds.get_mut(&refund_id) {
            refund.standing = standing;
        }
    }
}
