//! `/v1/admin/finance/reconciliations`: does a provider's statement agree with the log, and the
//! log with the read models?

mod run;
mod upload;
mod view;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![endpoint!(run::run, run::__path_run)]
}
