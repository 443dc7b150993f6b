//! Each event's entry, line by line.

use ledger::{
    books::{BooksEvent, EntryPosted},
    journal::postings,
    recorded::{LedgerEvent, Recorded},
};

use super::Row;
use crate::engine::{ReadModel, Word};

/// See the module.
pub struct Journal;

impl ReadModel for Journal {
    const NAME: &'static str = "journal";
    const VERSION: i32 = 4;
    const HEARD_ONCE: bool = true;
    type Key = (i64, i32);
    type Change = Box<Row>;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        matches!(
            event_type,
            "billing.invoice.imported"
                | "billing.invoice.issued"
                | "billing.invoice.canceled"
                | "billing.invoice.payment_succeeded"
                | "billing.invoice.payment_reversed"
                | "billing.invoice.refund_created"
                | "billing.invoice.refund_settled"
                | "billing.invoice.refund_failed"
                | "billing.invoice.credit_applied"
                | "billing.invoice.written_off"
                | "billing.invoice.write_off_reversed"
                | "billing.invoice.credit_note_issued"
                | "billing.invoice.credit_note_voided"
                | "billing.invoice.credit_returned"
                | "billing.invoice.refund_canceled"
                | "billing.invoice.dispute_opened"
                | "billing.invoice.dispute_won"
                | "billing.invoice.dispute_lost"
                | "billing.invoice.payment_taken_over"
                | "billing.invoice.payment_handed_back"
                | "billing.invoice.revenue_recognized"
                | "billing.subscription.payment_held"
                | "billing.subscription.held_payment_returned"
                | "billing.books.entry_posted"
                | "billing.claim.submitted"
                | "billing.claim.voided"
                | "billing.claim.adjudicated"
                | "billing.claim.reversed"
                | "billing.claim.patient_billed"
                | "billing.claim.written_off"
                | "billing.claim.write_off_reversed"
                | "billing.remittance.received"
                | "billing.remittance.claim_parked"
                | "billing.remittance.claim_posted"
                | "billing.remittance.deposit_matched"
                | "billing.statement.finalized"
                | "billing.statement.voided"
                | "billing.statement.adjusted"
                | "billing.statement.payment_recorded"
                | "billing.statement.payment_reversed"
                | "billing.statement.refund_created"
                | "billing.statement.refund_settled"
        )
    }

    fn hear(event: &Recorded, out: &mut impl Extend<((i64, i32), Box<Row>)>) {
        let by_hand = by_hand(&event.event);
        let lines = postings(&event.event).into_iter().zip(0_i32..).map(|(posting, line)| {
            let row = Row {
                position: event.position,
                line,
                event_id: event.event_id,
                event_type: event.event.name().to_owned(),
                business_on: posting.business_date,
                account: Word(posting.account),
                debit_minor: posting.debit_minor,
                credit_minor: posting.credit_minor,
                currency: Word(posting.currency),
                subject_id: event.aggregate_id,
                recorded_at: event.recorded_at,
                entry_kind: by_hand.map(|posted| Word(posted.kind)),
                entry_id: by_hand.map(|posted| posted.entry_id),
                reverses: by_hand.and_then(|posted| posted.reverses),
            };
            ((event.position, line), Box::new(row))
        });
        out.extend(lines);
    }

    fn fold(row: &mut Option<Row>, change: Box<Row>) {
        *row = Some(*change);
    }
}

/// The entry that somebody made in the books, if this is one.
fn by_hand(event: &LedgerEvent) -> Option<&EntryPosted> {
    match event {
        LedgerEvent::Books(BooksEvent::EntryPosted(posted)) => Some(posted),
        LedgerEvent::Books(BooksEvent::PeriodClosed(_) | BooksEvent::PeriodReopened(_))
        | LedgerEvent::Claim(_)
        | LedgerEvent::Delegation(_)
        | LedgerEvent::Exception(_)
        | LedgerEvent::Facesheet(_)
        | LedgerEvent::Import(_)
        | LedgerEvent::Switch(_)
        | LedgerEvent::Invoice(_)
        | LedgerEvent::Operation(_)
        | LedgerEvent::PatientActivation(_)
        | LedgerEvent::PriorAuth(_)
        | LedgerEvent::Remittance(_)
        | LedgerEvent::Statement(_)
        | LedgerEvent::Subject(_)
        | LedgerEvent::Subscription(_) => None,
    }
}
