//! `/v1/billing/charges`: one-off charges and the set-up fee, each an invoice of its own.

mod one_off;
mod setup_fee;
mod terms;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) use terms::{ChargeBody, LineTerms};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(one_off::charge, one_off::__path_charge),
        endpoint!(setup_fee::charge, setup_fee::__path_charge),
    ]
}
