//! `/v1/admin/journal`: double entry, and the trial balance at any position.

mod entries;
mod trial_balance;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(entries::list, entries::__path_list),
        endpoint!(trial_balance::show, trial_balance::__path_show),
    ]
}
