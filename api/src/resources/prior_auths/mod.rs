//! `/v1/billing/prior-auth`: what payers allow (contract S0.7).

mod answer;
mod end;
mod request;
mod show;
mod status;
mod view;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(answer::approve, answer::__path_approve),
        endpoint!(answer::deny, answer::__path_deny),
        endpoint!(answer::pend, answer::__path_pend),
        endpoint!(end::end, end::__path_end),
        endpoint!(request::request, request::__path_request),
        endpoint!(show::show, show::__path_show),
        endpoint!(status::status, status::__path_status),
    ]
}
