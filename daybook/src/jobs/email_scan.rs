//! `email-scan`: e-mails that should have been written down and were not, are. A policy that was
//! parked, or a message lost by hand, is made good; what was asked for before is the same message
//! and is not sent again.

use ledger::correspondence::STALE_AFTER;
use ledger::policies::payment_failed;
use ledger::store::outbox::enqueue;
use ledger::values::OrgId;
use projections::payment_status::{PaymentStatus, untold};
use tokio::sync::watch;

use super::Ground;
use super::every_org::{Summary, every_org};

/// Messages of one run and org; the next run goes on.
const PORTION: i64 = 500;

/// Looks, org by org.
pub(super) async fn run(ground: &Ground, stop: &watch::Receiver<bool>) -> anyhow::Result<Summary> {
    every_org(&ground.ledger, stop, |org| scan(ground, org)).await
}

/// The same for one org; answers how many messages were written down.
pub(super) async fn scan(ground: &Ground, org: OrgId) -> anyhow::Result<usize> {
    let ledger = &ground.ledger;
    // Older news would not be told any more.
    let since = ledger.clock().now() - STALE_AFTER;
    let snapshot = ground.current::<PaymentStatus>(org).await?;
    let found = untold(&snapshot, since, PORTION).await?;
    snapshot.close().await?;
    let mut written = 0;
    for one in found {
        let message = payment_failed(one.invoice_id, one.failed_at);
        written += usize::from(enqueue(ledger, org, &message).await?);
    }
    Ok(written)
}
