//! What the figures of tax snapshots are the sums of.

use projections::{
    engine::explain::Figure,
    tax_snapshot::{Row, TaxSnapshot},
};

use crate::explaining::{Place, Source};

pub(super) fn snapshot(place: &Place<'_>) -> Option<Source> {
    let value: fn(&Row) -> i64 = match place.named() {
        ("/tax_snapshots/*", "subtotal") => |row| row.subtotal_minor,
        ("/tax_snapshots/*", "taxable_subtotal") => |row| row.taxable_subtotal_minor,
        ("/tax_snapshots/*", "tax") => |row| row.tax_minor,
        ("/tax_snapshots/*", "total") => |row| row.total_minor,
        _ => return None,
    };
    let id = place.id("invoice_id")?;
    Some(Figure::of::<TaxSnapshot>(id, Some(("invoice", id)), value).into())
}
