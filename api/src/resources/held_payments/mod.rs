//! `/v1/admin/finance/held-payments`: money that fits no invoice, until somebody says where to.

mod explain;
mod list;
mod resolve;
mod view;

use crate::{
    endpoint::{Endpoint, endpoint},
    explaining::explain,
    resources::commands::{Bulk, bulk},
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(list::list, list::__path_list),
        explain!(list::list, list::__path_list, explain::held),
        endpoint!(resolve::apply, resolve::__path_apply),
        endpoint!(resolve::send_back, resolve::__path_send_back),
        endpoint!(resolve::take_back, resolve::__path_take_back),
    ]
}

/// What may come in bulk.
pub(crate) fn commands() -> Vec<Bulk> {
    vec![
        bulk!("apply_held_payment" = POST "/v1/admin/finance/held-payments/{payment_id}/apply",
        state, part => {
            resolve::plan_apply(state, &part.order()?, part.uuid("payment_id")?).await
        }),
        bulk!("return_held_payment" = POST "/v1/admin/finance/held-payments/{payment_id}/return",
        state, part => {
            resolve::plan_send_back(state, &part.order()?, part.uuid("payment_id")?).await
        }),
        bulk!("take_back_payment" = POST "/v1/admin/finance/held-payments/{payment_id}/take-back",
        state, part => {
            resolve::plan_take_back(state, &part.order()?, part.uuid("payment_id")?).await
        }),
    ]
}
