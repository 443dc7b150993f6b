//! What `/readyz` asks of the program itself: the schema's version, and jobs that are alive.

use std::sync::Arc;
use std::time::Duration;

use api::ReadyProbe;
use ledger::store::Ledger;
use ledger::store::operating::job_runs;

use crate::config::Config;
use crate::jobs::JobName;

/// The check that the API calls.
pub(super) fn probe(ledger: &Ledger, config: &Config) -> ReadyProbe {
    let ledger = ledger.clone();
    let heartbeat = config.job_heartbeat_required.then_some(config.job_heartbeat_ttl);
    Arc::new(move || {
        let ledger = ledger.clone();
        Box::pin(async move {
            let mut wrong = Vec::new();
            wrong.extend(schema_problem(&ledger).await);
            if let Some(ttl) = heartbeat {
                wrong.extend(job_problems(&ledger, ttl).await);
            }
            wrong
        })
    })
}

async fn schema_problem(ledger: &Ledger) -> Option<String> {
    let client = match ledger.app_pool().get().await {
        Ok(client) => client,
        Err(_) => return Some("no database connection".to_owned()),
    };
    let known = schema::latest_version();
    match schema::applied_version(&**client).await {
        Ok(Some(applied)) if applied == known => None,
        Ok(Some(applied)) => Some(format!("the schema is at {applied}, not at {known}")),
        Ok(None) => Some("the database has no schema".to_owned()),
        Err(_) => Some("the schema's version cannot be read".to_owned()),
    }
}

async fn job_problems(ledger: &Ledger, ttl: Duration) -> Vec<String> {
    let Ok(runs) = job_runs(ledger).await else {
        return vec!["the jobs cannot be read".to_owned()];
    };
    let now = ledger.clock().now();
    let alive = |job: &JobName| {
        let run = runs.iter().find(|run| run.job == job.as_str());
        run.and_then(|run| run.heartbeat_at).is_some_and(|beat| now - beat <= ttl)
    };
    let dead = JobName::ALL.iter().filter(|job| !alive(job));
    dead.map(|job| format!("job {} shows no sign of life", job.as_str())).collect()
}
