//! `/v1/admin/finance/tax-snapshots`: taxes as they were when each invoice was issued.

mod explain;
mod list;

use crate::{
    endpoint::{Endpoint, endpoint},
    explaining::explain,
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(list::list, list::__path_list),
        explain!(list::list, list::__path_list, explain::snapshot),
    ]
}
