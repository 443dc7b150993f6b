//! `/v1/billing/charges`: one-off charges and the set-up fee, each an invoice of its own.

mod covers;
mod one_off;
mod setup_fee;
mod terms;

use crate::{
    endpoint::{Endpoint, endpoint},
    resources::commands::{Bulk, bulk},
};

pub(crate) use terms::{ChargeBody, LineTerms};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(one_off::charge, one_off::__path_charge),
        endpoint!(setup_fee::charge, setup_fee::__path_charge),
    ]
}

/// What may come in bulk.
pub(crate) fn commands() -> Vec<Bulk> {
    vec![bulk!("charge_one_off" = POST "/v1/billing/charges/one-off",
        state, part => one_off::plan(state, &part.order()?).await)]
}
