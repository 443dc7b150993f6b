//! `model-check`: read models of a few orgs are worked out once more and compared with what they
//! answer. Whoever waits longest is next, so that every org has its turn.

use projections::engine::{check, due_checks, read_models};
use tokio::sync::watch;

use super::Ground;
use super::every_org::Summary;

/// Orgs of one run.
const ORGS: i64 = 20;

/// Checks until told to stop. What differs is a complaint, and so an alarm.
pub(super) async fn run(ground: &Ground, stop: &watch::Receiver<bool>) -> anyhow::Result<Summary> {
    let models = read_models();
    let mut summary = Summary::default();
    for org in due_checks(&ground.ledger, ORGS).await? {
        if *stop.borrow() {
            break;
        }
        summary.orgs += 1;
        let complaint = match check(&ground.ledger, org, &models).await {
            Ok(checked) if checked.disagreements.is_empty() => continue,
            Ok(checked) => {
                let models: Vec<&str> =
                    checked.disagreements.iter().map(|found| &*found.model).collect();
                format!("{} differ from the log", models.join(", "))
            }
            Err(error) => error.to_string(),
        };
        summary.complaints.push((org, complaint));
    }
    Ok(summary)
}
