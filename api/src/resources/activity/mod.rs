//! `/v1/admin/activity`: how much happens, in counts.

mod show;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![endpoint!(show::show, show::__path_show)]
}
