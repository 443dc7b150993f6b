//! `/v1/admin/journal`: double entry, and the trial balance at any position.

mod bodies;
mod entries;
mod general_ledger;
mod posting;
mod trial_balance;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(entries::list, entries::__path_list),
        endpoint!(general_ledger::show, general_ledger::__path_show),
        endpoint!(posting::adjust, posting::__path_adjust),
        endpoint!(posting::allow, posting::__path_allow),
        endpoint!(posting::reverse, posting::__path_reverse),
        endpoint!(trial_balance::show, trial_balance::__path_show),
    ]
}
