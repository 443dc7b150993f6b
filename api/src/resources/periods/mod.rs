//! `/v1/admin/periods`: months of the books, sealed one after the other.

mod checklist;
mod close;
mod list;
mod month;
mod reopen;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(close::close, close::__path_close),
        endpoint!(list::list, list::__path_list),
        endpoint!(reopen::reopen, reopen::__path_reopen),
    ]
}
