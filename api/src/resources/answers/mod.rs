//! `/v1/answers`: answers of the past that take longer than anybody should wait.

mod show;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![endpoint!(show::show, show::__path_show)]
}
