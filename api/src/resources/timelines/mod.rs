//! `/v1/admin/timeline/{claim|invoice|patient|payment|prior-auth|subscription}/{id}`: what happened, in order.

mod lines;
mod messages;
mod show;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(show::claim, show::__path_claim),
        endpoint!(show::invoice, show::__path_invoice),
        endpoint!(show::patient, show::__path_patient),
        endpoint!(show::payment, show::__path_payment),
        endpoint!(show::prior_auth, show::__path_prior_auth),
        endpoint!(show::statement, show::__path_statement),
        endpoint!(show::subscription, show::__path_subscription),
    ]
}
