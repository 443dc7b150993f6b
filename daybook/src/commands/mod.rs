//! One file per word that can be typed.

mod bundle;
pub mod check_config;
mod checkpoints;
mod database;
mod dispatch;
mod erase;
mod erasures;
mod export;
mod import;
mod interrupted;
mod jobs;
mod key;
mod migrate;
mod org;
mod org_create;
mod rebuild;
mod reconcile;
pub mod replay;
mod verify;

pub use dispatch::run;
pub use interrupted::Interrupted;
