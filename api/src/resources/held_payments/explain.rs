//! What the figures of held payments are the sums of.

use projections::{engine::explain::Figure, held_payments::HeldPayments};

use crate::explaining::{Place, Source};

pub(super) fn held(place: &Place<'_>) -> Option<Source> {
    let ("/held_payments/*", "amount") = place.named() else { return None };
    let key = place.id("payment_id")?;
    let stream = ("subscription", place.question.account);
    Some(Figure::of::<HeldPayments>(key, Some(stream), |row| row.amount_minor).into())
}
