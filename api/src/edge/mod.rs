//! The outermost layer: path rule, request id, trace, other origins, secure headers, timing.

mod cors;
mod headers;
mod middleware;
mod paths;
mod trace;

pub(crate) use middleware::{Matched, edge};
pub use paths::canonical;
