//! `/v1/events`: the log itself, as CloudEvents 1.0: pages, NDJSON, and a live tail.

mod cloud_event;
mod filter;
mod list;
mod live;
mod ndjson;
mod show;

pub(crate) use cloud_event::CloudEvent;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![endpoint!(list::list, list::__path_list), endpoint!(show::show, show::__path_show)]
}
