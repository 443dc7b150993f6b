//! `/v1/admin/finance/exceptions`: what does not fit, and who owns it.

mod assign;
mod explain;
mod list;
mod reopen;
mod resolve;
mod show;
mod view;

use crate::{
    endpoint::{Endpoint, endpoint},
    explaining::explain,
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(assign::assign, assign::__path_assign),
        endpoint!(list::list, list::__path_list),
        explain!(list::list, list::__path_list, explain::exception),
        endpoint!(reopen::reopen, reopen::__path_reopen),
        endpoint!(resolve::resolve, resolve::__path_resolve),
        endpoint!(show::show, show::__path_show),
        explain!(show::show, show::__path_show, explain::exception),
    ]
}
