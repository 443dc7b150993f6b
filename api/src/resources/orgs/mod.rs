//! `/v1/admin/orgs`: the operator's register of orgs. It tells nothing of their data.

mod change;
mod create;
mod list;
mod view;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) use view::{OnboardedView, OrgList, OrgView};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(change::close, change::__path_close),
        endpoint!(change::reinstate, change::__path_reinstate),
        endpoint!(change::suspend, change::__path_suspend),
        endpoint!(create::create, create::__path_create),
        endpoint!(list::list, list::__path_list),
    ]
}
