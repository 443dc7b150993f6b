//! What happens to an invoice.

use ledger::{
    invoice::{InvoiceCommand, Issue, MarkSent, PaymentMethod, PaymentState, RecordPayment},
    values::Rate,
};
use time::macros::{date, datetime};

use crate::work::{id, line, open, usd};

/// Lines of an invoice.
const LINES: u64 = 6;
/// Events of an invoice: its lines, opening, issuing, sending and paying.
pub(crate) const EVENTS: u64 = LINES + 4;

/// An invoice from its opening to its payment, which is short of what is owed for one in ten.
pub(super) fn story(number: u64) -> Vec<InvoiceCommand> {
    let lines = (0..LINES).map(|ordinal| line(id(3, number * LINES + ordinal)));
    let issue = Issue {
        configured_rate: Rate::ZERO,
        issued_on: date!(2026 - 01 - 31),
        jurisdiction: None,
        number: None,
    };
    let sent = MarkSent { sent_at: datetime!(2026-01-31 12:00 UTC) };
    let payment = RecordPayment {
        amount: usd(if number % 10 == 9 { 700 } else { 1_200 }),
        method: PaymentMethod::Check,
        payment_id: id(4, number),
        reason_code: None,
        received_on: date!(2026 - 02 - 10),
        reference: None,
        state: PaymentState::Succeeded,
    };
    std::iter::once(open())
        .chain(lines)
        .chain([
            InvoiceCommand::Issue(issue),
            InvoiceCommand::MarkSent(sent),
            InvoiceCommand::RecordPayment(payment),
        ])
        .collect()
}
