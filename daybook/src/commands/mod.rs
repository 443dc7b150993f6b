//! One file per word that can be typed.

pub mod check_config;
mod dispatch;
mod erase;
mod export;
mod import;
mod jobs;
mod key;
mod migrate;
mod org;
mod org_create;
mod rebuild;
mod reconcile;
mod replay;
mod verify;

pub use dispatch::run;
