//! How long after an acknowledgement all read models and policies are at its position.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::ensure;
use hdrhistogram::Histogram;
use ledger::values::OrgId;
use projections::engine::{Engine, read_models};
use tokio::{
    sync::watch,
    task::{JoinHandle, JoinSet},
};

use crate::{
    append::ours::Acknowledged,
    drive::{empty, micros},
    figures::Sample,
    options::Plan,
};

/// Between two acknowledgements that are followed.
const EVERY: Duration = Duration::from_millis(20);
const PATIENCE: Duration = Duration::from_secs(60);

/// Somebody who follows what is acknowledged.
pub(crate) struct Lag {
    following: JoinHandle<anyhow::Result<Histogram<u64>>>,
}

impl Lag {
    /// Begins to follow, after the warm-up; ends when the one who tells is gone.
    pub(crate) fn watch(engine: &Arc<Engine>, org: OrgId, plan: &Plan) -> (Acknowledged, Self) {
        let (told, mut hear) = watch::channel(None);
        let (engine, begin) = (engine.clone(), Instant::now() + plan.pace.warm_up);
        let following = tokio::spawn(async move {
            let mut under_way = JoinSet::new();
            while hear.changed().await.is_ok() {
                let told: Option<(i64, Instant)> = *hear.borrow_and_update();
                let Some((position, at)) = told else { continue };
                if at >= begin {
                    let engine = engine.clone();
                    under_way.spawn(async move {
                        follow(&engine, org, position).await?;
                        anyhow::Ok(at.elapsed())
                    });
                }
                tokio::time::sleep(EVERY).await;
            }
            let mut latency = empty()?;
            while let Some(followed) = under_way.join_next().await {
                latency.saturating_record(micros(followed??));
            }
            anyhow::Ok(latency)
        });
        (told, Self { following })
    }

    /// What was seen; waits until the last one is followed.
    ///
    /// # Errors
    /// When somebody did not follow in time.
    pub(crate) async fn seen(self) -> anyhow::Result<Sample> {
        let latency = self.following.await??;
        ensure!(!latency.is_empty(), "nothing was acknowledged");
        let seen = latency.len() as f64;
        Ok(Sample::of(&latency, seen).noting("acknowledgements followed", seen))
    }
}

/// Waits until every read model and policy of an engine is at a position.
///
/// # Errors
/// When one is not in time.
pub(crate) async fn follow(engine: &Engine, org: OrgId, position: i64) -> anyhow::Result<()> {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    let models = engine.rebuild_options().models;
    ensure!(models.is_empty() || models.len() == read_models().len(), "some models are missing");
    for model in models {
        engine.wait_for(org, model.name(), position, deadline).await?;
    }
    let settled = engine.wait_settled(org, position, deadline).await?;
    ensure!(settled.settled, "policies had not settled position {position} in time");
    Ok(())
}
