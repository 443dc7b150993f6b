//! `/v1/billing/patients`: who is billed for.

mod activate;
mod deactivate;
mod list;
mod show;
mod view;

use crate::{
    endpoint::{Endpoint, endpoint},
    resources::commands::{Bulk, bulk},
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(activate::activate, activate::__path_activate),
        endpoint!(deactivate::deactivate, deactivate::__path_deactivate),
        endpoint!(list::list, list::__path_list),
        endpoint!(show::show, show::__path_show),
    ]
}

/// What may come in bulk.
pub(crate) fn commands() -> Vec<Bulk> {
    vec![
        bulk!("activate_patient" = POST "/v1/billing/patients/{patient_id}/activate",
        state, part => {
            activate::plan(state, &part.order()?, &part.foreign("patient_id")?).await
        }),
        bulk!("deactivate_patient" = POST "/v1/billing/patients/{patient_id}/deactivate",
            state, part => Ok(deactivate::plan(state, &part.order()?, &part.foreign("patient_id")?))),
    ]
}
