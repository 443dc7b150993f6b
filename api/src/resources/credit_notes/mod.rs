//! `/v1/billing/credit-notes`, and those of one invoice.

mod list;
mod view;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(list::list, list::__path_list),
        endpoint!(list::of_invoice, list::__path_of_invoice),
    ]
}
