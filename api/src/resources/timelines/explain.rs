//! What the amounts of a timeline are.

use projections::{
    engine::{Worded, explain::Figure},
    timeline::Timeline,
};

use crate::explaining::{Place, Source};

/// Entries of one event stand in the order of their ordinals.
pub(super) fn entry(place: &Place<'_>) -> Option<Source> {
    let ("/entries/*", "amount") = place.named() else { return None };
    let position = place.number("position")?;
    let (kind, status) = (place.text("subject")?.to_owned(), place.text("status"));
    let (status, related) = (status.map(str::to_owned), place.id("related_id"));
    // An account goes by its org's id, too.
    let id = if kind == "subscription" { Some(place.question.account) } else { place.id("id") };
    Some(
        Figure::sum::<Timeline>(move |row| {
            let of = row.position == position && row.subject_kind.0.word() == kind;
            let same = row.status == status && row.related_id == related;
            let own = id.is_none_or(|id| row.subject_id == id);
            if of && same && own { row.amount_minor.unwrap_or(0) } else { 0 }
        })
        .into(),
    )
}
