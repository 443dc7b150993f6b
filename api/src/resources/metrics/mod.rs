//! `GET /v1/metrics`: Prometheus text.

mod delegated;
mod measures;
mod operating;
mod reading;
mod show;
mod writer;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) use measures::{Metrics, known};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![endpoint!(show::show, show::__path_show)]
}
