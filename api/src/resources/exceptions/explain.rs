//! What the figures of exceptions are the sums of.

use projections::{
    engine::explain::Figure,
    exceptions::{Exceptions, Row},
};

use crate::explaining::{Place, Source};

pub(super) fn exception(place: &Place<'_>) -> Option<Source> {
    let (within, field) = place.named();
    let within = within.strip_prefix("/exceptions/*").unwrap_or(within);
    let value: fn(&Row) -> i64 = match (within, field) {
        ("", "amount") => |row| row.amount_minor,
        ("/ours", "amount") => |row| row.ours_minor.unwrap_or(0),
        ("/theirs", "amount") => |row| row.theirs_minor.unwrap_or(0),
        _ => return None,
    };
    let id = place.id("exception_id")?;
    Some(Figure::of::<Exceptions>(id, Some(("exception", id)), value).into())
}
