//! Commands into the log.
//!
//! - `raw.rs`: what PostgreSQL itself takes.
//! - `ours.rs`: our full command cycle. `parts.rs`: what its parts cost; `waits.rs`: what the
//!   writer's session waits for meanwhile.
//! - `peer.rs`, `esrs.rs`: postgres-es and esrs doing the same work.

pub(crate) mod esrs;
pub(crate) mod ours;
pub(crate) mod parts;
pub(crate) mod peer;
pub(crate) mod raw;
mod waits;

use crate::bench::Bench;

/// All of it once.
pub(crate) async fn measure(bench: &mut Bench<'_>) {
    raw::measure(bench).await;
    ours::measure(bench).await;
    parts::measure(bench).await;
    peer::measure(bench).await;
    esrs::measure(bench).await;
}
