//! How history is heard. Events carry results; hearing one twice changes nothing.

use uuid::Uuid;

use super::{
    Canceled, Earning, GivenUp, Invoice, Issued, ItemCut, Left, Opened, Payment, PaymentMethod,
    PaymentReversed, PaymentStanding, Refund, RefundCreated, RefundStanding, Standing, Status,
    Taken, Totals, Undo, WriteOffReversed, WrittenOff,
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
        self.left = Left::all_of(&issued);
        self.earnings = vec![Earning::default(); issued.schedules.len()];
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
        let (taken_over, withdrawn) = (None, refunded);
        let payment = Payment { amount, method, refunded, standing, taken_over, withdrawn };
        self.payments.insert(payment_id, payment);
    }

    pub(super) fn hear_reversed(&mut self, event: &PaymentReversed) {
        self.standing = Some(event.standing);
        if let Some(payment) = self.payments.get_mut(&event.payment_id)
            && payment.standing != PaymentStanding::Reversed
        {
            payment.standing = PaymentStanding::Reversed;
            payment.withdrawn = payment.withdrawn.plus(event.amount).unwrap_or(payment.amount);
        }
    }

    pub(super) fn hear_refund(&mut self, event: RefundCreated) {
        let before = self.standing.replace(event.standing);
        let Some(before) = before.filter(|_| !self.refunds.contains_key(&event.refund_id)) else {
            return;
        };
        let taken = self.hear_cut(&event.items, event.tax);
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
        let undo = Undo {
            before,
            from_credit: event.from_credit,
            items: event.items,
            status: event.standing.status,
            taken,
            tax: event.tax,
        };
        self.undo_refunds.insert(event.refund_id, undo);
    }

    pub(super) fn hear_canceled(&mut self, event: &Canceled) {
        if let Some(standing) = &mut self.standing
            && standing.status != Status::Canceled
        {
            standing.balance = Money::zero(standing.balance.currency());
            standing.status = Status::Canceled;
            self.hear_cut(&event.items, event.tax);
        }
    }

    pub(super) fn hear_written_off(&mut self, event: &WrittenOff) {
        let Some(before) = self.news(event.standing) else { return };
        if self.written_off.minor == 0 {
            self.written_off.status = before.status;
        }
        self.written_off.minor = self.written_off.minor.saturating_add(event.amount.minor());
        self.written_off.reversed = false;
        self.given_up = true;
    }

    pub(super) fn hear_write_off_reversed(&mut self, event: &WriteOffReversed) {
        self.standing = Some(event.standing);
        self.written_off = GivenUp { reversed: true, ..GivenUp::default() };
        self.given_up = false;
    }

    /// Takes a new standing in; what stood before, or nothing where the event was heard already:
    /// each of these events moves money.
    pub(super) fn news(&mut self, standing: Standing) -> Option<Standing> {
        self.standing.replace(standing).filter(|before| *before != standing)
    }

    /// Takes off what a document took that tells item types and tax. Its decision has found
    /// that it is there.
    fn hear_cut(&mut self, items: &[ItemCut], tax: Money) -> Taken {
        let amounts = items.iter().map(|item| (item.item_type, item.amount.minor()));
        let mut taken = self.left.take_items(amounts, tax.minor()).unwrap_or_default();
        taken.schedules = self.deferred_told(items);
        self.take(&taken);
        taken
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
