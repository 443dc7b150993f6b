//! `/v1/admin/finance/disputes`: money that banks took back.

mod explain;
mod list;

use crate::{
    endpoint::{Endpoint, endpoint},
    explaining::explain,
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(list::list, list::__path_list),
        explain!(list::list, list::__path_list, explain::dispute),
    ]
}
