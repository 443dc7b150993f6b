//! `/v1/admin/queue`: what waits for somebody (contract S2.23). Photos and assignments, which the
//! contract lists beside these, are queues of a dispatch product; no part of this one has them.

mod dlq;
mod invoices;

use crate::{
    endpoint::{Endpoint, endpoint},
    explaining::explain,
    resources::invoices::explained,
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(dlq::dlq, dlq::__path_dlq),
        endpoint!(invoices::invoices, invoices::__path_invoices),
        explain!(invoices::invoices, invoices::__path_invoices, explained),
    ]
}
