//! HOW THE WORLD ASKS: the HTTP surface.
//!
//! One folder per resource of the URL, one file per verb. A handler says what is asked and asks
//! it; everything else is elsewhere on purpose: who may ask is in `roles.rs`, what a refusal is
//! called over HTTP in `error/`, how paths are spelled in `edge/paths.rs`, what a body may hold in
//! `body/`, how commands wait and answer in `order/` and `answer.rs`.
//!
//! To add an endpoint: write the handler with its `#[utoipa::path]`, list it in its folder's
//! `endpoints()`, and give it a line in [`roles::RULES`]. The tests name whatever was forgotten:
//! the rule, the entry in the OpenAPI document, or the test case.

mod answer;
pub mod body;
mod credentials;
mod cursor;
mod doors;
mod edge;
mod endpoint;
pub mod error;
mod explaining;
#[doc(hidden)]
pub mod inputs;
pub mod jobs;
pub mod onboarding;
mod openapi;
mod order;
mod paging;
mod past;
mod people;
mod preview;
mod query;
mod reading;
pub mod reconciliation;
mod resources;
pub mod roles;
mod server;
mod state;
mod streaming;
mod when;

pub use credentials::OperatorToken;
pub use doors::{Doors, Network, Origin, Unreadable};
pub use edge::canonical;
pub use endpoint::registered;
pub use past::{has_past, is_bitemporal};
pub use server::{app, configure, serve};
pub use state::{ApiLimits, AppState, MetricsAccess, ReadyProbe, StateParts};
