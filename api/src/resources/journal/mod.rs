//! `/v1/admin/journal`: double entry, and the trial balance at any position.

mod bodies;
mod entries;
mod explain;
mod general_ledger;
mod posting;
mod trial_balance;

use crate::{
    endpoint::{Endpoint, endpoint},
    explaining::explain,
};

pub(crate) use explain::{Lines, net};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(entries::list, entries::__path_list),
        explain!(entries::list, entries::__path_list, explain::entry),
        endpoint!(general_ledger::show, general_ledger::__path_show),
        explain!(general_ledger::show, general_ledger::__path_show, explain::posted),
        endpoint!(posting::adjust, posting::__path_adjust),
        endpoint!(posting::allow, posting::__path_allow),
        endpoint!(posting::reverse, posting::__path_reverse),
        endpoint!(trial_balance::show, trial_balance::__path_show),
        explain!(trial_balance::show, trial_balance::__path_show, explain::balance),
    ]
}
