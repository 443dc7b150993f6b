//! `/v1/admin/timeline/{invoice|patient|subscription|payment}/{id}`: what happened, in order.

mod show;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(show::invoice, show::__path_invoice),
        endpoint!(show::patient, show::__path_patient),
        endpoint!(show::payment, show::__path_payment),
        endpoint!(show::subscription, show::__path_subscription),
    ]
}
