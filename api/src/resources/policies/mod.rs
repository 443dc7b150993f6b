//! `/v1/admin/policies`: what policies wait for, and letting them go on.

mod go_on;
mod list;
mod view;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(go_on::retry, go_on::__path_retry),
        endpoint!(go_on::unpark, go_on::__path_unpark),
        endpoint!(list::list, list::__path_list),
    ]
}
