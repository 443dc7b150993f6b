//! `/v1/billing/patients`: who is billed for.

mod activate;
mod deactivate;
mod list;
mod show;
mod view;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(activate::activate, activate::__path_activate),
        endpoint!(deactivate::deactivate, deactivate::__path_deactivate),
        endpoint!(list::list, list::__path_list),
        endpoint!(show::show, show::__path_show),
    ]
}
