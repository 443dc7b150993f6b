//! What happens outside happens whether the books are open or not.

use time::Date;

use super::{Batch, ExecuteError, Outcome};
use crate::books::open_from;

/// Runs a batch whose events belong to a day; where that day is sealed, to the first open day
/// instead. For what nobody can be asked about: messages from outside, jobs, policies. A person
/// is told that the period is closed.
///
/// # Errors
///
/// [`ExecuteError`], as [`Batch::run`].
pub async fn on_open_day(
    day: Date,
    batch: impl Fn(Date) -> Batch,
) -> Result<Outcome, ExecuteError> {
    let mut day = day;
    loop {
        let answer = batch(day).run().await;
        match answer.as_ref().err().and_then(open_from) {
            // Sealed on and on while we ask: each time later, so it ends.
            Some(open) if open > day => day = open,
            Some(_) | None => return answer,
        }
    }
}
