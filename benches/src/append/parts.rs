//! What the parts of an append cost: the same commands without each of them. Only a build for
//! these measurements can leave one out; what it writes proves nothing and is thrown away.

use ledger::store::Ablation;

use super::ours::commands;
use crate::{
    bench::Bench,
    figures::{Point, Sample},
    ground::Ground,
    options::{Part, Plan},
};

/// Everything on: the same point as in `ours.rs`, measured beside those without.
pub(crate) const WHOLE: &str = "whole";
/// Command ids are not looked up before deciding.
pub(crate) const NO_LOOKUP: &str = "without look-up";
/// Commands are not remembered.
pub(crate) const NO_RECORD: &str = "without record";
/// Events are not hashed.
pub(crate) const NO_HASH: &str = "without hashing";
/// All three roles are the owner, whom no policy binds.
pub(crate) const NO_ROLES: &str = "without roles";

pub(crate) const fn point(what: &'static str) -> Point {
    Point { part: Part::Append, what, orgs: 1, clients: 64, events: 1 }
}

pub(super) async fn measure(bench: &mut Bench<'_>) {
    let (ground, plan) = (bench.ground, bench.plan);
    for what in [WHOLE, NO_LOOKUP, NO_RECORD, NO_HASH, NO_ROLES] {
        bench.point(point(what), one(ground, plan, what)).await;
    }
}

async fn one(ground: &Ground, plan: &Plan, what: &'static str) -> anyhow::Result<Sample> {
    let database = ground.ours().await?;
    let ledger = match what {
        NO_LOOKUP => database.ledger_without(Some(Ablation::Lookup)).await?,
        NO_RECORD => database.ledger_without(Some(Ablation::Record)).await?,
        NO_HASH => database.ledger_without(Some(Ablation::Hash)).await?,
        NO_ROLES => database.ledger_of_owner().await?,
        _ => database.ledger().await?,
    };
    commands(ground, &database, &ledger, plan, point(what)).await
}
