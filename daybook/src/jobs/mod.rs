//! What happens by itself: cycles begin, invoices fall due, leftovers go.
//!
//! Every job runs on one node at a time (a lease in the database, whose clock counts), may be
//! repeated at any moment, and goes org by org: what one org refuses harms no other.
//!
//! To add a job: a file here, a name in `name.rs`, and its line in `running.rs`. What an org may
//! ask for itself over HTTP is in `asked.rs`.

mod accounting_export;
mod asked;
mod checkpoint_publication;
mod cleanup;
mod dead_letters;
mod due;
mod email_scan;
mod escalations;
mod every_org;
mod facesheets_overdue;
mod failovers;
mod ground;
mod inbox;
mod model_check;
mod monthly_invoices;
mod name;
mod outbox_delivery;
mod overdue;
mod prior_auth_expiry;
mod retention_cleanup;
mod revenue_recognition;
mod running;
mod scheduler;
mod statement_rounds;
mod storage_janitor;

pub use asked::Asked;
pub use every_org::Summary;
pub use ground::Ground;
pub use name::JobName;
pub use outbox_delivery::{Patience, Post};
pub use running::{Ran, run_now};
pub use scheduler::Scheduler;
