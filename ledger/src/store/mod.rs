//! The event store: one group-commit writer, gapless positions, proved answers.
//!
//! - `writer/`: the task that decides and appends; the only place that moves a head.
//! - `ledger.rs`, `batch.rs`: the handle everybody else holds.
//! - `leaf.rs`: the hash of each event, over every column.
//! - `keyring.rs`, `data_key.rs`, `names.rs`: personal data sealed, references that tell nothing.
//! - `open_day.rs`: what is dated in a sealed period is booked on the first open day.
//! - `rows.rs`, `reading.rs`, `finding.rs`: stored rows and how they are read. `past.rs`: as of a
//!   position.
//! - `tenants.rs`, `inbox.rs`: orgs and their keys; verified webhooks.
//! - `outbox/`: what must leave the house.
//! - `operating/`: what running the ledger needs: its key checked, jobs leased, logs audited.
//! - `notary/`: the log's tree in tiles, signed checkpoints, proofs.
//! - `restoring/`: a log from a file, put back as it is.
//! - `history.rs`, `postgres_es/`: events of another log, taken over as they are.
//! - `cqrs.rs`: cqrs-es's own `EventStore` trait over this store.
//! - `metrics.rs`, `told.rs`: what the writer does, in figures and in spans.
//!
//! The traps this avoids are listed in `ARCHITECTURE.md`, "The store".

#[cfg(feature = "ablation")]
mod ablation;
mod batch;
mod clock;
mod config;
mod context;
mod cqrs;
mod data_key;
mod erased;
mod error;
mod finding;
mod history;
pub mod inbox;
mod keyring;
mod leaf;
mod ledger;
mod metrics;
mod names;
pub mod notary;
mod open_day;
pub mod operating;
pub mod outbox;
mod past;
mod pools;
pub mod postgres_es;
mod probe;
mod reading;
pub mod restoring;
pub mod rows;
mod sharing;
pub mod tenants;
mod told;
mod writer;

#[cfg(feature = "ablation")]
#[doc(hidden)]
pub use ablation::Ablation;
pub use batch::Batch;
pub use clock::Clock;
pub use config::{Limits, MasterKey, MasterKeyError, StoreConfig};
pub use context::Context;
pub(crate) use context::event_base;
pub use cqrs::{OrgContext, OrgStore};
pub use error::{ExecuteError, StoreError};
pub use keyring::Keyring;
pub use ledger::{EventRef, Ledger, Outcome, account_id};
pub use metrics::{BATCH_SIZES, COMMIT_TIMES, WriterMetrics};
pub use names::Names;
pub use open_day::on_open_day;
pub use pools::{tenant, tenant_snapshot};
pub use rows::Stored;
