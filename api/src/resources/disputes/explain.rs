//! What the figures of disputes are the sums of.

use projections::{
    disputes::{Disputes, Row},
    engine::explain::Figure,
};

use crate::explaining::{Place, Source};

pub(super) fn dispute(place: &Place<'_>) -> Option<Source> {
    let value: fn(&Row) -> i64 = match place.named() {
        ("/disputes/*", "amount") => |row| row.amount_minor,
        ("/disputes/*", "fee") => |row| row.fee_minor,
        ("/disputes/*", "fee_returned") => |row| row.fee_returned_minor,
        ("/disputes/*", "loss") => |row| row.loss_minor,
        _ => return None,
    };
    let stream = ("invoice", place.id("invoice_id")?);
    Some(Figure::of::<Disputes>(place.id("dispute_id")?, Some(stream), value).into())
}
