//! `/v1/admin/finance`: does the money agree with what the invoices say?

mod explain;
mod list;
mod repair;
mod stripe_events;
mod view;

use crate::{
    endpoint::{Endpoint, endpoint},
    explaining::explain,
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(list::list, list::__path_list),
        explain!(list::list, list::__path_list, explain::entry),
        endpoint!(repair::repair, repair::__path_repair),
        endpoint!(stripe_events::list, stripe_events::__path_list),
    ]
}
