//! `inbox`: webhooks that wait for something, or failed when the database did, are tried again.

use ledger::{receipts::work_off_waiting, store::Ledger};
use tokio::sync::watch;

use super::every_org::{Summary, every_org};

/// Who sends webhooks.
const PROVIDER: &str = "stripe";

/// Works off what is left, org by org.
pub(super) async fn run(ledger: &Ledger, stop: &watch::Receiver<bool>) -> anyhow::Result<Summary> {
    every_org(ledger, stop, async |org| Ok(work_off_waiting(ledger, org, PROVIDER).await?)).await
}
