//! `/v1/billing/remittances`: what payers paid, and for which claims.

mod adjustments;
mod body;
mod deposit;
mod explain;
mod list;
mod receive;
mod show;
mod view;

use crate::{
    endpoint::{Endpoint, endpoint},
    explaining::explain,
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(deposit::deposit, deposit::__path_deposit),
        endpoint!(list::list, list::__path_list),
        explain!(list::list, list::__path_list, explain::remittance),
        endpoint!(receive::receive, receive::__path_receive),
        endpoint!(show::show, show::__path_show),
        explain!(show::show, show::__path_show, explain::remittance),
    ]
}
