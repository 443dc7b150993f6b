//! `/v1/admin/projections`: how the org's read models stand, and rebuilding them (contract B.4).

mod rebuild;
mod show;
mod unpark;
mod view;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) use view::{ProjectionList, ProjectionView};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(rebuild::abort, rebuild::__path_abort),
        endpoint!(rebuild::begin, rebuild::__path_begin),
        endpoint!(show::list, show::__path_list),
        endpoint!(show::show, show::__path_show),
        endpoint!(unpark::unpark, unpark::__path_unpark),
    ]
}
