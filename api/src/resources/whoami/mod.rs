//! `/v1/whoami`: what a key is, for whoever holds it.

mod show;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![endpoint!(show::show, show::__path_show)]
}
