//! `/v1/admin/accounts`: the chart of accounts.

mod list;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![endpoint!(list::list, list::__path_list)]
}
