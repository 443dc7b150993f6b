//! What the figures of credit notes are the sums of.

use projections::{
    credit_notes::{CreditNotes, Row},
    engine::explain::Figure,
};

use crate::explaining::{Place, Source};

pub(super) fn credit_note(place: &Place<'_>) -> Option<Source> {
    let (within, field) = place.named();
    let value: fn(&Row) -> i64 = match field {
        "subtotal" => |row| row.net_minor,
        "tax_amount" => |row| row.tax_minor,
        "total_amount" => |row| row.total_minor,
        "amount_deferred" => |row| row.deferred_minor,
        "amount_applied" => |row| row.applied_minor,
        "amount_credited" => |row| row.credited_minor,
        _ => return None,
    };
    if within != "/credit_notes/*" {
        return None;
    }
    let stream = ("invoice", place.id("invoice_id")?);
    Some(Figure::of::<CreditNotes>(place.id("credit_note_id")?, Some(stream), value).into())
}
