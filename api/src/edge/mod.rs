//! The outermost layer: path rule, request id, secure headers, timing.

mod headers;
mod middleware;
mod paths;

pub(crate) use middleware::{Matched, edge};
pub use paths::canonical;
