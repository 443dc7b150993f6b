//! Read models from the whole log, in a process of their own.

use projections::engine::read_models;

use super::{Long, log};
use crate::{
    bench::Bench,
    errand::{self, What},
    figures::Sample,
    options::Part,
};

/// Every read model, rebuilt in one pass.
pub(crate) const ALL: &str = "rebuild: all";
/// The read model that stands for "one model".
pub(crate) const ONE: &str = "reconcile";

/// Into the idle table, as `daybook rebuild` does, without comparing and switching.
pub(super) async fn measure(bench: &mut Bench<'_>, long: &Long, repetition: usize) {
    one(bench, long, ALL, Vec::new()).await;
    one(bench, long, ONE, vec![ONE.to_owned()]).await;
    // The others once: they tell which one the pass over all of them spends its time on.
    if repetition == 0 {
        for model in read_models().iter().filter(|model| model.name() != ONE) {
            one(bench, long, model.name(), vec![model.name().to_owned()]).await;
        }
    }
}

async fn one(bench: &mut Bench<'_>, long: &Long, what: &'static str, models: Vec<String>) {
    let point = log(Part::Projections, what);
    if !bench.plan.wants(point) {
        return;
    }
    let rebuilding = async {
        long.database.client().await?.batch_execute("checkpoint").await?;
        let rebuild = What::Rebuild { models, switch: false };
        let done = errand::send(&long.database, rebuild, long.patience).await?;
        let rate = long.events as f64 / done.seconds;
        anyhow::Ok(Sample::once(rate).noting("MiB at most", done.peak_mib))
    };
    if let Some(sample) = bench.within(point, long.patience, rebuilding).await {
        bench.figures.add(point, sample);
    }
}
