//! What each event says about the log's side.

use time::Date;
use uuid::Uuid;

use super::{Facts, LineKind, Movement, MovementState, facts::OpenItem};
use crate::{
    books::{BooksEvent, EntryKind, EntryPosted, Side},
    exception::{ExceptionEvent, Raised},
    invoice::{
        DisputeOpened, DisputeWon, InvoiceEvent, PaymentMethod, PaymentPending, PaymentSucceeded,
        RefundCreated, RefundFailed,
    },
    journal::Account,
    recorded::{LedgerEvent, Recorded},
    subscription::SubscriptionEvent,
    values::Money,
};

/// Money that goes through the provider's balance.
const METHOD: PaymentMethod = PaymentMethod::Stripe;

impl Facts {
    /// Whether an event of this stored name says anything here; others need not be read.
    pub fn hears(event_type: &str) -> bool {
        const PREFIXES: [&str; 5] = [
            "billing.exception.",
            "billing.invoice.",
            "billing.books.entry_posted",
            "billing.subscription.payment_held",
            "billing.subscription.held_payment_",
        ];
        PREFIXES.iter().any(|prefix| event_type.starts_with(prefix))
            && !event_type.starts_with("billing.invoice.line_")
    }

    /// Hears the next event of the log.
    pub fn hear(&mut self, event: &Recorded) {
        let id = event.aggregate_id;
        match &event.event {
            LedgerEvent::Books(BooksEvent::EntryPosted(entry)) => self.hear_entry(event, entry),
            LedgerEvent::Exception(happened) => self.hear_exception(id, happened),
            LedgerEvent::Invoice(happened) => self.hear_invoice(id, happened),
            LedgerEvent::Subscription(happened) => self.hear_account(happened),
            LedgerEvent::Books(BooksEvent::PeriodClosed(_) | BooksEvent::PeriodReopened(_))
            | LedgerEvent::Claim(_)
            | LedgerEvent::Delegation(_)
            | LedgerEvent::Facesheet(_)
            | LedgerEvent::Operation(_)
            | LedgerEvent::Import(_)
            | LedgerEvent::Switch(_)
            | LedgerEvent::PatientActivation(_)
            | LedgerEvent::PriorAuth(_)
            | LedgerEvent::Remittance(_)
            | LedgerEvent::Statement(_)
            | LedgerEvent::Subject(_) => {}
        }
    }

    fn hear_account(&mut self, event: &SubscriptionEvent) {
        match event {
            SubscriptionEvent::PaymentHeld(held) if held.method == METHOD => {
                let charge = movement(LineKind::Charge, held.payment_id, held.received_on);
                let invoice_id = held.invoice_id;
                self.put(Movement { amount: held.amount, invoice_id, ..charge(held.amount) }, None);
            }
            SubscriptionEvent::HeldPaymentReturned(returned) if returned.method == METHOD => {
                let back = movement(LineKind::Refund, returned.payment_id, returned.returned_on);
                self.put(back(minus(returned.amount)), None);
            }
            SubscriptionEvent::PaymentHeld(_)
            | SubscriptionEvent::HeldPaymentReturned(_)
            | SubscriptionEvent::HeldPaymentReleased(_)
            | SubscriptionEvent::HeldPaymentRegained(_)
            | SubscriptionEvent::Opened(_)
            | SubscriptionEvent::PlanChanged(_)
            | SubscriptionEvent::TaxConfigured(_)
            | SubscriptionEvent::TrialStarted(_)
            | SubscriptionEvent::Activated(_)
            | SubscriptionEvent::PastDueMarked(_)
            | SubscriptionEvent::Canceled(_)
            | SubscriptionEvent::Paused(_)
            | SubscriptionEvent::Resumed(_)
            | SubscriptionEvent::ProviderLinked(_)
            | SubscriptionEvent::CycleStarted(_) => {}
        }
    }

    fn hear_entry(&mut self, event: &Recorded, entry: &EntryPosted) {
        if let Some(reversed) = entry.reverses {
            for kind in [LineKind::Payout, LineKind::PayoutReversal, LineKind::Fee] {
                self.set(kind, reversed, MovementState::Failed);
            }
        }
        let account = match entry.kind {
            EntryKind::Payout => Account::Cash,
            EntryKind::ProviderFee => Account::ProcessingFees,
            _ => return,
        };
        let Some(currency) = entry.lines.first().map(|line| line.amount.currency()) else { return };
        // What the bank received, or what was paid, left the provider's balance.
        let minor =
            entry.lines.iter().filter(|line| line.account == account).fold(0_i64, |sum, line| {
                match line.side {
                    Side::Debit => sum.saturating_sub(line.amount.minor()),
                    Side::Credit => sum.saturating_add(line.amount.minor()),
                }
            });
        let kind = match entry.kind {
            EntryKind::Payout if minor > 0 => LineKind::PayoutReversal,
            EntryKind::Payout => LineKind::Payout,
            _ => LineKind::Fee,
        };
        // What was booked late, after its period was sealed, happened when it happened.
        let on = entry.business_on.min(event.occurred_at.date());
        let posted = movement(kind, entry.entry_id, on);
        let amount = Money::from_minor(minor, currency);
        self.put(Movement { payment_id: None, ..posted(amount) }, entry.reference.as_ref());
    }

    fn hear_exception(&mut self, id: Uuid, event: &ExceptionEvent) {
        let open = match event {
            ExceptionEvent::Raised(raised) => {
                self.exceptions.insert(id, item(raised));
                true
            }
            ExceptionEvent::Assigned(_) => return,
            ExceptionEvent::Resolved(_) => false,
            ExceptionEvent::Reopened(_) => true,
        };
        if let Some(item) = self.exceptions.get_mut(&id) {
            item.open = open;
        }
    }

    fn hear_invoice(&mut self, id: Uuid, event: &InvoiceEvent) {
        self.hear_standing(id, event);
        match event {
            InvoiceEvent::PaymentPending(e) => self.hear_pending(id, e),
            InvoiceEvent::PaymentSucceeded(e) => self.hear_payment(id, e),
            InvoiceEvent::PaymentFailed(e) => {
                self.figure((id, e.payment_id), false, e.amount, "failed", e.failed_on);
                self.set(LineKind::Charge, e.payment_id, MovementState::Failed);
            }
            InvoiceEvent::PaymentReversed(e) => {
                self.figure((id, e.payment_id), false, e.amount, "reversed", e.reversed_on);
                if e.method == METHOD {
                    let back = of(LineKind::ChargeFailure, id, e.payment_id, e.reversed_on);
                    self.put(back(minus(e.amount)), None);
                }
            }
            InvoiceEvent::RefundCreated(e) => self.hear_refund(id, e),
            InvoiceEvent::RefundSettled(e) => {
                self.figure((id, e.refund_id), true, e.amount, "settled", e.settled_on);
                self.settle(LineKind::Refund, e.refund_id, e.settled_on);
            }
            InvoiceEvent::RefundFailed(e) => self.hear_refund_failed(id, e),
            InvoiceEvent::RefundCanceled(e) => {
                self.unsure((id, e.refund_id));
                self.set(LineKind::Refund, e.refund_id, MovementState::Failed);
            }
            InvoiceEvent::DisputeOpened(e) => self.hear_dispute(id, e),
            InvoiceEvent::DisputeWon(e) => self.hear_dispute_won(id, e),
            InvoiceEvent::DisputeLost(e) => self.unsure((id, e.payment_id)),
            InvoiceEvent::PaymentHandedBack(e) => self.unsure((id, e.payment_id)),
            // Its charge was heard when it was held.
            InvoiceEvent::PaymentTakenOver(e) => {
                self.figure((id, e.payment_id), false, e.amount, "succeeded", e.taken_over_on);
            }
            InvoiceEvent::Opened(_)
            | InvoiceEvent::LineAdded(_)
            | InvoiceEvent::LineRemoved(_)
            | InvoiceEvent::TotalsRecalculated(_)
            | InvoiceEvent::Issued(_)
            | InvoiceEvent::Imported(_)
            | InvoiceEvent::Sent(_)
            | InvoiceEvent::PaidReported(_)
            | InvoiceEvent::Reconciled(_)
            | InvoiceEvent::OverdueMarked(_)
            | InvoiceEvent::CreditReleased(_)
            | InvoiceEvent::CreditApplied(_)
            | InvoiceEvent::CreditReturned(_)
            | InvoiceEvent::CreditRegained(_)
            | InvoiceEvent::CreditNoteIssued(_)
            | InvoiceEvent::CreditNoteVoided(_)
            | InvoiceEvent::WrittenOff(_)
            | InvoiceEvent::WriteOffReversed(_)
            | InvoiceEvent::Canceled(_)
            | InvoiceEvent::RevenueRecognized(_)
            | InvoiceEvent::ProviderLinked(_) => {}
        }
    }

    fn hear_pending(&mut self, id: Uuid, announced: &PaymentPending) {
        let PaymentPending { amount, method, payment_id, received_on, reference } = announced;
        self.figure((id, *payment_id), false, *amount, "pending", *received_on);
        if *method == METHOD {
            let charge = of(LineKind::Charge, id, *payment_id, *received_on);
            let state = MovementState::Pending;
            self.put(Movement { state, ..charge(*amount) }, reference.as_ref());
        }
    }

    fn hear_payment(&mut self, id: Uuid, paid: &PaymentSucceeded) {
        self.figure((id, paid.payment_id), false, paid.amount, "succeeded", paid.received_on);
        if paid.method != METHOD {
            return;
        }
        // The tax is known where one payment pays all of an invoice.
        let whole = self.taxes.get(&id).filter(|(total, _)| *total == paid.amount);
        let tax = whole.map(|(_, tax)| *tax);
        let charge = of(LineKind::Charge, id, paid.payment_id, paid.received_on);
        self.put(Movement { tax, ..charge(paid.amount) }, paid.reference.as_ref());
    }

    fn hear_refund(&mut self, id: Uuid, refund: &RefundCreated) {
        self.figure((id, refund.refund_id), true, refund.amount, "created", refund.created_on);
        if refund.method != METHOD {
            return;
        }
        let granted = of(LineKind::Refund, id, refund.refund_id, refund.created_on);
        let movement = Movement {
            payment_id: Some(refund.payment_id),
            state: MovementState::Pending,
            tax: refund.tax.negated().ok(),
            ..granted(minus(refund.amount))
        };
        self.put(movement, None);
    }

    fn hear_refund_failed(&mut self, id: Uuid, refund: &RefundFailed) {
        self.figure((id, refund.refund_id), true, refund.amount, "failed", refund.failed_on);
        if !refund.was_settled {
            self.set(LineKind::Refund, refund.refund_id, MovementState::Failed);
        } else if refund.method == METHOD {
            let known = self.latest(LineKind::Refund, refund.refund_id);
            let payment_id = known.and_then(|(_, movement)| movement.payment_id);
            let back = of(LineKind::RefundFailure, id, refund.refund_id, refund.failed_on);
            self.put(Movement { payment_id, ..back(refund.amount) }, None);
        }
    }

    fn hear_dispute(&mut self, id: Uuid, dispute: &DisputeOpened) {
        self.unsure((id, dispute.payment_id));
        if dispute.method != METHOD {
            return;
        }
        let withdrawn = of(LineKind::Dispute, id, dispute.dispute_id, dispute.opened_on);
        let (payment_id, fee) = (Some(dispute.payment_id), Some(dispute.fee));
        self.put(Movement { payment_id, fee, ..withdrawn(minus(dispute.amount)) }, None);
    }

    fn hear_dispute_won(&mut self, id: Uuid, dispute: &DisputeWon) {
        self.unsure((id, dispute.payment_id));
        if dispute.method != METHOD {
            return;
        }
        let back = of(LineKind::DisputeReversal, id, dispute.dispute_id, dispute.closed_on);
        let (payment_id, fee) = (Some(dispute.payment_id), Some(minus(dispute.fee)));
        self.put(Movement { payment_id, fee, ..back(dispute.amount) }, None);
    }
}

fn item(raised: &Raised) -> OpenItem {
    OpenItem {
        between: raised.between,
        class: raised.class,
        happened_on: raised.happened_on,
        provider: raised.provider.clone(),
        open: true,
    }
}

/// A settled movement that stands on no invoice.
fn movement(kind: LineKind, id: Uuid, on: Date) -> impl Fn(Money) -> Movement {
    move |amount| Movement {
        kind,
        id,
        payment_id: Some(id),
        invoice_id: None,
        names: Vec::new(),
        amount,
        fee: None,
        tax: None,
        on,
        state: MovementState::Settled,
    }
}

/// A settled movement of an invoice.
fn of(kind: LineKind, invoice: Uuid, id: Uuid, on: Date) -> impl Fn(Money) -> Movement {
    move |amount| Movement { invoice_id: Some(invoice), ..movement(kind, id, on)(amount) }
}

/// Amounts of events lie far from where a sign could not change.
fn minus(amount: Money) -> Money {
    Money::from_minor(amount.minor().saturating_neg(), amount.currency())
}
