//! What an invoice remembers, and how it hears its own history.

use std::collections::BTreeMap;

use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Decision, InvoiceCommand, InvoiceError, InvoiceEvent, Issued, ItemType, Opened, PaymentMethod,
    Standing, Status, Totals, issuing, lines::Lines,
};
use crate::{
    decide::Decider,
    values::{Money, Sealed},
};

/// One invoice.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Invoice {
    pub(super) cut: Cut,
    pub(super) given_up: bool,
    pub(super) issued: Option<Issued>,
    pub(super) lines: Lines,
    pub(super) opened: Option<Opened>,
    pub(super) payments: BTreeMap<Uuid, Payment>,
    pub(super) provider_invoice_id: Option<Sealed<String>>,
    pub(super) refunds: BTreeMap<Uuid, Refund>,
    pub(super) sent_at: Option<OffsetDateTime>,
    pub(super) standing: Option<Standing>,
    pub(super) totals: Option<Totals>,
}

/// What refunds have cut off revenue and tax so far.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Cut {
    pub(super) items_minor: BTreeMap<ItemType, i64>,
    pub(super) tax_minor: i64,
}

/// A payment as the invoice knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// How much.
    pub amount: Money,
    /// How it came.
    pub method: PaymentMethod,
    /// How much of it refunds have promised back.
    pub refunded: Money,
    /// How it stands.
    pub standing: PaymentStanding,
}

/// How a payment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentStanding {
    /// Announced.
    Pending,
    /// Arrived.
    Succeeded,
    /// Did not arrive.
    Failed,
    /// Arrived and went back.
    Reversed,
}

/// A refund as the invoice knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// How much.
    pub amount: Money,
    /// Which way it goes.
    pub method: PaymentMethod,
    /// Of which payment.
    pub payment_id: Uuid,
    /// How it stands.
    pub standing: RefundStanding,
}

/// How a refund stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundStanding {
    /// Granted; we owe it.
    Created,
    /// It left our account.
    Settled,
    /// It did not arrive; we still owe it.
    Failed,
}

impl Decider for Invoice {
    fn decide(&self, command: InvoiceCommand) -> Decision {
        match command {
            InvoiceCommand::Open(command) => self.open(command),
            InvoiceCommand::AddLine(command) => self.add_line(command),
            InvoiceCommand::RemoveLine(command) => self.remove_line(command),
            InvoiceCommand::RecalculateTotals(command) => self.recalculate(command),
            InvoiceCommand::Issue(command) => self.issue(command),
            InvoiceCommand::MarkSent(command) => self.mark_sent(command),
            InvoiceCommand::RecordPayment(command) => self.record_payment(command),
            InvoiceCommand::ReversePayment(command) => self.reverse_payment(command),
            InvoiceCommand::ReportPaid(command) => self.report_paid(command),
            InvoiceCommand::Reconcile(command) => self.reconcile(command),
            InvoiceCommand::MarkOverdue(command) => self.mark_overdue(command),
            InvoiceCommand::CreateRefund(command) => self.create_refund(command),
            InvoiceCommand::SettleRefund(command) => self.settle_refund(command),
            InvoiceCommand::FailRefund(command) => self.fail_refund(command),
            InvoiceCommand::ReleaseCredit(command) => self.release_credit(command),
            InvoiceCommand::ApplyCredit(command) => self.apply_credit(command),
            InvoiceCommand::WriteOff(command) => self.write_off(command),
            InvoiceCommand::Cancel(command) => self.cancel(command),
            InvoiceCommand::LinkProvider(command) => self.link_provider(command),
        }
    }

    fn series(command: &InvoiceCommand) -> Option<String> {
        match command {
            InvoiceCommand::Issue(command) => Some(issuing::series(command.issued_on)),
            _ => None,
        }
    }

    fn assign_number(command: &mut InvoiceCommand, number: i64) {
        if let InvoiceCommand::Issue(command) = command {
            command.number = Some(number);
        }
    }

    fn weight(&self) -> usize {
        1024 + self.lines.weight() + self.payments.len() * 160 + self.refunds.len() * 128
    }
}

impl Aggregate for Invoice {
    const TYPE: &'static str = "invoice";
    type Command = InvoiceCommand;
    type Event = InvoiceEvent;
    type Error = InvoiceError;
    type Services = ();

    async fn handle(
        &mut self,
        command: InvoiceCommand,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), InvoiceError> {
        for event in self.decide(command)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: InvoiceEvent) {
        match event {
            InvoiceEvent::Opened(event) => self.hear_opened(event),
            InvoiceEvent::LineAdded(event) => {
                self.totals = Some(event.totals);
                self.lines.add(event.line);
            }
            InvoiceEvent::LineRemoved(event) => {
                self.totals = Some(event.totals);
                self.lines.remove(event.line_id);
            }
            InvoiceEvent::TotalsRecalculated(event) => {
                self.totals = Some(event.totals);
                self.lines.rerate(event.configured_rate);
            }
            InvoiceEvent::Issued(event) => self.hear_issued(event),
            InvoiceEvent::Sent(event) => self.sent_at = Some(event.sent_at),
            InvoiceEvent::PaymentPending(event) => self.hear_payment(
                event.payment_id,
                event.amount,
                event.method,
                PaymentStanding::Pending,
            ),
            InvoiceEvent::PaymentSucceeded(event) => {
                self.standing = Some(event.standing);
                let standing = PaymentStanding::Succeeded;
                self.hear_payment(event.payment_id, event.amount, event.method, standing);
            }
            InvoiceEvent::PaymentFailed(event) => {
                self.set_status(event.status);
                let standing = PaymentStanding::Failed;
                self.hear_payment(event.payment_id, event.amount, event.method, standing);
            }
            InvoiceEvent::PaymentReversed(event) => {
                self.standing = Some(event.standing);
                if let Some(payment) = self.payments.get_mut(&event.payment_id) {
                    payment.standing = PaymentStanding::Reversed;
                }
            }
            InvoiceEvent::PaidReported(event) => self.set_status(event.status),
            InvoiceEvent::Reconciled(event) => self.set_status(event.after.status),
            InvoiceEvent::OverdueMarked(_) => self.set_status(Status::Overdue),
            InvoiceEvent::RefundCreated(event) => self.hear_refund(event),
            InvoiceEvent::RefundSettled(event) => {
                self.set_refund(event.refund_id, RefundStanding::Settled);
            }
            InvoiceEvent::RefundFailed(event) => {
                self.set_refund(event.refund_id, RefundStanding::Failed);
            }
            InvoiceEvent::CreditReleased(event) => self.standing = Some(event.standing),
            InvoiceEvent::CreditApplied(event) => self.standing = Some(event.standing),
            InvoiceEvent::WrittenOff(event) => {
                self.standing = Some(event.standing);
                self.given_up = true;
            }
            InvoiceEvent::Canceled(_) => self.hear_canceled(),
            InvoiceEvent::ProviderLinked(event) => {
                self.provider_invoice_id = Some(event.provider_invoice_id);
            }
            InvoiceEvent::CreditNoteIssued(_)
            | InvoiceEvent::CreditNoteVoided(_)
            | InvoiceEvent::CreditReturned(_)
            | InvoiceEvent::CreditRegained(_)
            | InvoiceEvent::DisputeOpened(_)
            | InvoiceEvent::DisputeWon(_)
            | InvoiceEvent::DisputeLost(_)
            | InvoiceEvent::PaymentTakenOver(_)
            | InvoiceEvent::PaymentHandedBack(_)
            | InvoiceEvent::RefundCanceled(_)
            | InvoiceEvent::RevenueRecognized(_)
            | InvoiceEvent::WriteOffReversed(_) => {}
        }
    }
}
