//! `/v1/admin/timeline/{claim|invoice|patient|payment|prior-auth|subscription}/{id}`: what happened, in order.

mod explain;
mod lines;
mod messages;
mod show;

use crate::{
    endpoint::{Endpoint, endpoint},
    explaining::explain,
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(show::claim, show::__path_claim),
        explain!(show::claim, show::__path_claim, explain::entry),
        endpoint!(show::invoice, show::__path_invoice),
        explain!(show::invoice, show::__path_invoice, explain::entry),
        endpoint!(show::patient, show::__path_patient),
        endpoint!(show::payment, show::__path_payment),
        explain!(show::payment, show::__path_payment, explain::entry),
        endpoint!(show::prior_auth, show::__path_prior_auth),
        endpoint!(show::statement, show::__path_statement),
        explain!(show::statement, show::__path_statement, explain::entry),
        endpoint!(show::subscription, show::__path_subscription),
        explain!(show::subscription, show::__path_subscription, explain::entry),
    ]
}
