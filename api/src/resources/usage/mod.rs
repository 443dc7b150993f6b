//! `/v1/billing/usage`: what the org uses, and whether recorded counters agree (contract S2.15).

mod report;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![endpoint!(report::show, report::__path_show)]
}
