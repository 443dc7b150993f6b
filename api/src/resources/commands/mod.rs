//! `/v1/commands`: many commands in one request, through the bodies and plans of single ones.
//!
//! Each resource lists what of it may come in bulk in its own `commands()`.

mod atomic;
mod body;
mod bulk;
mod each;
mod registry;
mod view;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) use registry::{Bulk, Planning, bulk};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![endpoint!(bulk::bulk, bulk::__path_bulk)]
}
