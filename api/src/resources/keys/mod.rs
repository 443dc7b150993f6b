//! `/v1/admin/keys`: the org's API keys.

mod create;
mod list;
mod revoke;
mod rotate;
mod view;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) use view::{KeyView, NewKeyView};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(create::create, create::__path_create),
        endpoint!(list::list, list::__path_list),
        endpoint!(revoke::revoke, revoke::__path_revoke),
        endpoint!(rotate::rotate, rotate::__path_rotate),
    ]
}
