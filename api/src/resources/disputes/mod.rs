//! `/v1/admin/finance/disputes`: money that banks took back.

mod list;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![endpoint!(list::list, list::__path_list)]
}
