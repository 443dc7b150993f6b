//! `/v1/admin/jobs/status`, and the jobs that a scheduler elsewhere may ask for (contract S2.1).

mod ask;
mod status;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(ask::cleanup, ask::__path_cleanup),
        endpoint!(ask::email_scan, ask::__path_email_scan),
        endpoint!(ask::retention_cleanup, ask::__path_retention_cleanup),
        endpoint!(status::status, status::__path_status),
    ]
}
