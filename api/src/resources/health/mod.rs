//! `GET /healthz` and `GET /readyz`.

mod live;
mod ready;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![endpoint!(live::live, live::__path_live), endpoint!(ready::ready, ready::__path_ready)]
}
