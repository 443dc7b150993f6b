//! `/v1/billing/credit-notes`, and those of one invoice.

mod explain;
mod list;
mod view;

use crate::{
    endpoint::{Endpoint, endpoint},
    explaining::explain,
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(list::list, list::__path_list),
        explain!(list::list, list::__path_list, explain::credit_note),
        endpoint!(list::of_invoice, list::__path_of_invoice),
        explain!(list::of_invoice, list::__path_of_invoice, explain::credit_note),
    ]
}
