//! What the events of a tree say of themselves, and what vouches for them.

use std::collections::BTreeMap;

use ledger::{recorded::Recorded, store::notary};
use projections::engine::explain::{Explanation, Log};

use super::{
    told::Told,
    view::{ExplainedProof, Witness, Witnesses},
};
use crate::{credentials::Caller, error::ApiError, people::open, state::AppState};

/// Those of a tree, in the order in which it shows its events: reasons opened for those who may
/// see them, and proofs where they are asked for.
pub(super) async fn witnesses(
    state: &AppState,
    caller: &Caller,
    log: Log<'_>,
    tree: &Explanation,
    with_proofs: bool,
) -> Result<Witnesses, ApiError> {
    let entries = tree.rows.iter().flat_map(|row| &row.entries);
    let events: Vec<&Recorded> = entries.map(|entry| &entry.event).collect();
    let told: Vec<Told> = events.iter().map(|event| Told::of(event)).collect();
    let sealed: Vec<_> = told.iter().map(|told| told.reason.as_ref()).collect();
    let reasons = open(state, caller, &sealed).await?;
    let proofs = if with_proofs { proofs(log, &events).await? } else { BTreeMap::new() };
    let all = events.iter().zip(told).zip(reasons).map(|((event, told), reason)| {
        let proof = proofs.get(&event.position).cloned();
        Witness { told, reason, proof }
    });
    Ok(all.collect::<Vec<_>>().into_iter())
}

/// Proofs in the tree that was signed last, of the events that it holds.
async fn proofs(
    log: Log<'_>,
    events: &[&Recorded],
) -> Result<BTreeMap<i64, ExplainedProof>, ApiError> {
    let Some(signed) = notary::latest(log.ledger, log.org).await? else {
        return Ok(BTreeMap::new());
    };
    let size = signed.size;
    let positions = events.iter().map(|event| event.position);
    let held: Vec<i64> = positions.filter(|position| *position <= size).collect();
    let hashes = notary::inclusions(log.ledger, log.org, &held, size).await?;
    let proofs = held.into_iter().zip(hashes);
    Ok(proofs.map(|(at, hashes)| (at, ExplainedProof::of(at, size, &hashes))).collect())
}
