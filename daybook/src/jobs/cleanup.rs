//! `cleanup`: API keys that ended long ago are forgotten (`RETENTION_KEYS_DAYS`). The log is
//! never touched.

use ledger::store::operating::forget_ended_keys;
use ledger::values::OrgId;
use tokio::sync::watch;

use super::Ground;
use super::every_org::{Summary, every_org};

/// Removes what nobody needs any more, org by org.
pub(super) async fn run(ground: &Ground, stop: &watch::Receiver<bool>) -> anyhow::Result<Summary> {
    every_org(&ground.ledger, stop, |org| clean(ground, org)).await
}

/// The same for one org; answers how many keys went.
pub(super) async fn clean(ground: &Ground, org: OrgId) -> anyhow::Result<usize> {
    let forgotten = forget_ended_keys(&ground.ledger, org, ground.retention.ended_keys).await?;
    Ok(usize::try_from(forgotten)?)
}
