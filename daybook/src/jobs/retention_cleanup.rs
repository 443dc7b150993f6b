//! `retention-cleanup`: what was said in messages and webhooks is let go once it was settled long
//! ago (`RETENTION_OUTBOX_DAYS`, `RETENTION_INBOX_DAYS`). That it was said stays, so nothing is
//! sent or booked a second time.
//!
//! The log stays for ever, and so do the records of accepted commands: nothing tells an HTTP
//! caller's command from one whose id a policy derived, and those must be known for ever. What is
//! kept of people does not go by age here: `daybook erase` does that.

use ledger::store::operating::{let_go_of_facts, let_go_of_messages};
use ledger::values::OrgId;
use tokio::sync::watch;

use super::Ground;
use super::every_org::{Summary, every_org};

/// Lets go, org by org.
pub(super) async fn run(ground: &Ground, stop: &watch::Receiver<bool>) -> anyhow::Result<Summary> {
    every_org(&ground.ledger, stop, |org| let_go(ground, org)).await
}

/// The same for one org; answers how many messages and webhooks were emptied.
pub(super) async fn let_go(ground: &Ground, org: OrgId) -> anyhow::Result<usize> {
    let retention = ground.retention;
    let messages = let_go_of_messages(&ground.ledger, org, retention.outbox).await?;
    let facts = let_go_of_facts(&ground.ledger, org, retention.inbox).await?;
    Ok(usize::try_from(messages + facts)?)
}
