//! A row as it begins.

use ledger::invoice::{Imported, InvoiceType, Opened, Status};

use super::{Row, projector::Change};
use crate::{answers::closed, engine::Word};

pub(super) fn begun(opened: &Opened, change: &Change) -> Row {
    Row {
        invoice_id: change.invoice_id,
        invoice_type: Word(opened.invoice_type),
        status: Word(Status::Draft),
        currency: Word(opened.currency),
        number: None,
        period_starts_on: opened.period.map(|period| period.starts_on),
        period_ends_on: opened.period.map(|period| period.ends_on),
        payment_terms_days: i32::from(opened.payment_terms_days),
        subtotal_minor: 0,
        taxable_subtotal_minor: 0,
        tax_minor: 0,
        total_minor: 0,
        paid_minor: 0,
        balance_minor: 0,
        credit_minor: 0,
        written_off_minor: 0,
        refunded_minor: 0,
        line_count: 0,
        configured_rate: None,
        jurisdiction: None,
        issued_on: None,
        due_on: None,
        sent_at: None,
        canceled_on: None,
        created_at: change.at,
        updated_at: change.at,
        version: change.sequence,
        opened_position: change.position,
        customer_id: opened.customer_id.as_ref().map(closed),
        provider_invoice_id: None,
        credited_minor: 0,
        disputed_minor: 0,
        charged_back_minor: 0,
    }
}

/// All of it at once: it was issued elsewhere.
pub(super) fn taken_over(imported: &Imported, change: &Change) -> Row {
    let days = (imported.due_on - imported.issued_on).whole_days();
    let opened = Opened {
        currency: imported.totals.total.currency(),
        customer_id: imported.customer_id.clone(),
        invoice_type: InvoiceType::OneOff,
        payment_terms_days: u16::try_from(days).unwrap_or(0),
        period: None,
        rounding: imported.rounding,
    };
    let mut row = begun(&opened, change);
    row.adds_up(&imported.totals);
    row.stands(&imported.standing);
    row.number = Some(imported.number.clone());
    row.issued_on = Some(imported.issued_on);
    row.due_on = Some(imported.due_on);
    row.line_count = 1;
    row
}
