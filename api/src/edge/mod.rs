//! The outermost layer: path rule, request id, other origins, secure headers, timing.

mod cors;
mod headers;
mod middleware;
mod paths;

pub(crate) use middleware::{Matched, edge};
pub use paths::canonical;
