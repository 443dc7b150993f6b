//! `cleanup`: API keys that ended long ago are forgotten. The log is never touched.

use ledger::store::Ledger;
use ledger::store::operating::forget_ended_keys;

use super::every_org::Summary;

/// How long an ended key is still listed, in days.
const KEPT_DAYS: i32 = 400;

/// Removes what nobody needs any more.
pub(super) async fn run(ledger: &Ledger) -> anyhow::Result<Summary> {
    let forgotten = forget_ended_keys(ledger, KEPT_DAYS).await?;
    Ok(Summary { changed: usize::try_from(forgotten).unwrap_or(usize::MAX), ..Summary::default() })
}
