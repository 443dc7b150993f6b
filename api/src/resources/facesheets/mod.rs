//! `/v1/billing/facesheet`: demographics that are missing, asked of whoever has them.

mod cancel;
mod list;
mod receive;
mod request;
mod show;
mod view;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(cancel::cancel, cancel::__path_cancel),
        endpoint!(list::list, list::__path_list),
        endpoint!(receive::receive, receive::__path_receive),
        endpoint!(request::request, request::__path_request),
        endpoint!(show::show, show::__path_show),
    ]
}
