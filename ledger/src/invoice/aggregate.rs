//! What an invoice remembers, and how it hears its own history.

use std::collections::BTreeMap;

use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    CreditNote, Decision, Dispute, Earning, GivenUp, InvoiceCommand, InvoiceError, InvoiceEvent,
    Issued, Left, Opened, Payment, PaymentStanding, Refund, RefundStanding, Standing, Status,
    Totals, Undo, crediting_notes, issuing, lines::Lines,
};
use crate::{
    decide::Decider,
    values::{InvoiceId, Sealed},
};

/// One invoice.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Invoice {
    pub(super) credit_notes: BTreeMap<Uuid, CreditNote>,
    /// Credit applied here, by the invoice it came from, in minor units.
    pub(super) credits_from: BTreeMap<InvoiceId, i64>,
    /// Credit handed on, by the invoice it went to, in minor units.
    pub(super) credits_to: BTreeMap<InvoiceId, i64>,
    pub(super) disputes: BTreeMap<Uuid, Dispute>,
    pub(super) earned_through: Option<Date>,
    /// One for each schedule.
    pub(super) earnings: Vec<Earning>,
    pub(super) given_up: bool,
    pub(super) imported: Option<Standing>,
    pub(super) issued: Option<Issued>,
    pub(super) left: Left,
    pub(super) lines: Lines,
    /// Given up as lost in disputes, in minor units.
    pub(super) lost_minor: i64,
    pub(super) opened: Option<Opened>,
    pub(super) payments: BTreeMap<Uuid, Payment>,
    pub(super) provider_invoice_id: Option<Sealed<String>>,
    pub(super) refunds: BTreeMap<Uuid, Refund>,
    pub(super) sent_at: Option<OffsetDateTime>,
    pub(super) standing: Option<Standing>,
    pub(super) totals: Option<Totals>,
    /// How to undo credit notes.
    pub(super) undo: BTreeMap<Uuid, Undo>,
    /// How to undo refunds; apart, since a refund may have the id of a credit note.
    pub(super) undo_refunds: BTreeMap<Uuid, Undo>,
    pub(super) written_off: GivenUp,
}

impl Decider for Invoice {
    fn decide(&self, command: InvoiceCommand) -> Decision {
        match command {
            InvoiceCommand::Open(command) => self.open(command),
            InvoiceCommand::AddLine(command) => self.add_line(command),
            InvoiceCommand::RemoveLine(command) => self.remove_line(command),
            InvoiceCommand::RecalculateTotals(command) => self.recalculate(command),
            InvoiceCommand::Issue(command) => self.issue(command),
            InvoiceCommand::Import(command) => self.import(command),
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
            InvoiceCommand::IssueCreditNote(command) => self.issue_credit_note(command),
            InvoiceCommand::VoidCreditNote(command) => self.void_credit_note(command),
            InvoiceCommand::ReturnCredit(command) => self.return_credit(command),
            InvoiceCommand::RegainCredit(command) => self.regain_credit(command),
            InvoiceCommand::OpenDispute(command) => self.open_dispute(command),
            InvoiceCommand::WinDispute(command) => self.win_dispute(command),
            InvoiceCommand::LoseDispute(command) => self.lose_dispute(command),
            InvoiceCommand::TakeOverPayment(command) => self.take_over_payment(command),
            InvoiceCommand::HandBackPayment(command) => self.hand_back_payment(command),
            InvoiceCommand::CancelRefund(command) => self.cancel_refund(command),
            InvoiceCommand::RecognizeRevenue(command) => self.recognize_revenue(command),
            InvoiceCommand::ReverseWriteOff(command) => self.reverse_write_off(command),
        }
    }

    fn series(command: &InvoiceCommand) -> Option<String> {
        match command {
            InvoiceCommand::Issue(command) => Some(issuing::series(command.issued_on)),
            InvoiceCommand::IssueCreditNote(command) => {
                Some(crediting_notes::series(command.issued_on))
            }
            _ => None,
        }
    }

    fn assign_number(command: &mut InvoiceCommand, number: i64) {
        match command {
            InvoiceCommand::Issue(command) => command.number = Some(number),
            InvoiceCommand::IssueCreditNote(command) => command.number = Some(number),
            _ => {}
        }
    }

    fn weight(&self) -> usize {
        let undo = self.undo.len() + self.undo_refunds.len();
        let documents = undo * 512 + self.credit_notes.len() * 1024;
        let money = (self.payments.len() + self.refunds.len() + self.disputes.len()) * 192;
        let credits = (self.credits_from.len() + self.credits_to.len()) * 48;
        1536 + self.lines.weight() + documents + money + credits + self.earnings.len() * 160
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
            InvoiceEvent::Imported(event) => self.hear_imported(event),
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
            InvoiceEvent::PaymentReversed(event) => self.hear_reversed(&event),
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
            InvoiceEvent::CreditReleased(event) => self.hear_credit_released(&event),
            InvoiceEvent::CreditApplied(event) => self.hear_credit_applied(&event),
            InvoiceEvent::WrittenOff(event) => self.hear_written_off(&event),
            InvoiceEvent::Canceled(event) => self.hear_canceled(&event),
            InvoiceEvent::ProviderLinked(event) => {
                self.provider_invoice_id = Some(event.provider_invoice_id);
            }
            InvoiceEvent::CreditNoteIssued(event) => self.hear_credit_note(event),
            InvoiceEvent::CreditNoteVoided(event) => self.hear_credit_note_voided(&event),
            InvoiceEvent::CreditReturned(event) => self.hear_credit_returned(&event),
            InvoiceEvent::CreditRegained(event) => self.hear_credit_regained(&event),
            InvoiceEvent::DisputeOpened(event) => self.hear_dispute_opened(&event),
            InvoiceEvent::DisputeWon(event) => self.hear_dispute_won(&event),
            InvoiceEvent::DisputeLost(event) => self.hear_dispute_lost(&event),
            InvoiceEvent::PaymentTakenOver(event) => self.hear_taken_over(&event),
            InvoiceEvent::PaymentHandedBack(event) => self.hear_handed_back(&event),
            InvoiceEvent::RefundCanceled(event) => self.hear_refund_canceled(&event),
            InvoiceEvent::RevenueRecognized(event) => self.hear_recognized(&event),
            InvoiceEvent::WriteOffReversed(event) => self.hear_write_off_reversed(&event),
        }
    }
}
