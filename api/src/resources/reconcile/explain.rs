//! What the figures of the reconcile list are the sums of.

use projections::{
    engine::{Word, explain::Figure},
    reconcile::{Kind, Reconcile, Row},
};

use crate::explaining::{Place, Source};

pub(super) fn entry(place: &Place<'_>) -> Option<Source> {
    let ("/invoices/*", field) = place.named() else { return None };
    let held = place.text("kind")? == "held_payment";
    let (key, stream) = if held {
        let id = place.id("payment_id")?;
        ((Word(Kind::HeldPayment), id), ("subscription", place.question.account))
    } else {
        let id = place.id("invoice_id")?;
        ((Word(Kind::Invoice), id), ("invoice", id))
    };
    let value: fn(&Row) -> i64 = match (field, held) {
        ("total", _) => |row| row.total_minor,
        // A held payment is money that came, and owes nothing.
        ("paid", true) => |row| row.total_minor,
        ("outstanding" | "credit", true) => |_| 0,
        ("paid", false) => |row| row.settled_minor,
        ("outstanding", false) => |row| row.outstanding_minor,
        ("credit", false) => |row| row.credit_minor,
        _ => return None,
    };
    Some(Figure::of::<Reconcile>(key, Some(stream), value).into())
}
