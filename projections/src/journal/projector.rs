//! Each event's entry, line by line.

use ledger::{journal::postings, recorded::Recorded};

use super::Row;
use crate::engine::{ReadModel, Word};

/// See the module.
pub struct Journal;

impl ReadModel for Journal {
    const NAME: &'static str = "journal";
    const VERSION: i32 = 1;
    const HEARD_ONCE: bool = true;
    type Key = (i64, i32);
    type Change = Box<Row>;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        matches!(
            event_type,
            "billing.invoice.issued"
                | "billing.invoice.canceled"
                | "billing.invoice.payment_succeeded"
                | "billing.invoice.payment_reversed"
                | "billing.invoice.refund_created"
                | "billing.invoice.refund_settled"
                | "billing.invoice.refund_failed"
                | "billing.invoice.credit_applied"
                | "billing.invoice.written_off"
                | "billing.subscription.payment_held"
        )
    }

    fn hear(event: &Recorded, out: &mut impl Extend<((i64, i32), Box<Row>)>) {
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
            };
            ((event.position, line), Box::new(row))
        });
        out.extend(lines);
    }

    fn fold(row: &mut Option<Row>, change: Box<Row>) {
        *row = Some(*change);
    }
}
