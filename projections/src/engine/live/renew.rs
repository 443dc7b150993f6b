//! Models whose version was raised are filled anew by the engine itself, behind the tables that
//! answer; nobody has to think of it after an upgrade.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use super::{
    super::rebuild::{RebuildOptions, outdated, rebuild},
    Shared,
};

/// Time between two attempts: another program may be at it, or the database away.
const AGAIN: Duration = Duration::from_secs(30);

/// Looks for outdated tables until there are none.
pub(super) async fn renew(shared: Arc<Shared>) {
    while !shared.stopping() {
        match outdated(&shared.ledger, &shared.options.models).await {
            Ok(found) if found.is_empty() => return,
            Ok(found) => {
                let names: Vec<&str> = found.iter().map(|model| &*model.model).collect();
                tracing::info!(models = names.join(", "), "rebuilding after an upgrade");
                if all_renewed(&shared, &names).await {
                    continue;
                }
            }
            Err(error) => {
                let error = super::super::log::describe(&error);
                tracing::warn!(error, "cannot look for outdated read models");
            }
        }
        shared.pause(AGAIN).await;
    }
}

/// Rebuilds what is outdated; whether nothing failed. Stops early when the engine does.
async fn all_renewed(shared: &Shared, names: &[&str]) -> bool {
    let options = RebuildOptions {
        compare: false,
        outdated_only: true,
        relay: shared.options.relay.clone(),
        models: shared.options.models.clone(),
        ..RebuildOptions::default()
    };
    let abort = options.abort.clone();
    let mut stop = shared.stop.clone();
    let mut rebuilding = std::pin::pin!(rebuild(&shared.ledger, names, options));
    let report = tokio::select! {
        report = &mut rebuilding => report,
        _ = stop.changed() => {
            abort.store(true, Ordering::Relaxed);
            rebuilding.await
        }
    };
    match report {
        Ok(report) => report.failures.is_empty() && !report.aborted,
        Err(error) => {
            let error = super::super::log::describe(&error);
            tracing::warn!(error, "cannot rebuild outdated read models");
            false
        }
    }
}
