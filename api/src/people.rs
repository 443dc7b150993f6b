//! Personal data, opened at the edge: after the role check, and never without a note of it.

use std::collections::BTreeSet;

use ledger::values::{Sealed, SubjectRef};

use crate::{credentials::Caller, error::ApiError, state::AppState};

/// Opens values for a caller who may see people; for others, and for erased people, they stay
/// closed. Who opened whose data is noted before anything is shown.
pub(crate) async fn open(
    state: &AppState,
    caller: &Caller,
    sealed: &[Option<&Sealed<String>>],
) -> Result<Vec<Option<String>>, ApiError> {
    let there: Vec<&Sealed<String>> = sealed.iter().copied().flatten().collect();
    if !caller.sees_people() || there.is_empty() {
        return Ok(vec![None; sealed.len()]);
    }
    let ledger = &state.ledger;
    // What is sealed for the org itself is the business's own, not a person's.
    let own = ledger.names().subject(caller.org, "org", &caller.org.to_string());
    let people: BTreeSet<SubjectRef> =
        there.iter().map(|sealed| sealed.subject).filter(|subject| *subject != own).collect();
    if !people.is_empty() {
        let people: Vec<SubjectRef> = people.into_iter().collect();
        let (keyring, actor) = (ledger.keyring(), caller.actor());
        keyring.record_access(caller.org, &actor, &people, caller.route).await?;
    }
    let mut opened = ledger.keyring().open_many(caller.org, &there).await?.into_iter();
    Ok(sealed
        .iter()
        .map(|sealed| if sealed.is_some() { opened.next().flatten() } else { None })
        .collect())
}
