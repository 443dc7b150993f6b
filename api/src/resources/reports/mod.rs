//! `/v1/admin/reports`: taxes, profit and loss, ageing, revenue. All per currency, all read from
//! what documents said when they were issued.

mod ageing;
mod gst;
mod period;
mod pnl;
mod revenue;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(ageing::invoices, ageing::__path_invoices),
        endpoint!(ageing::show, ageing::__path_show),
        endpoint!(gst::show, gst::__path_show),
        endpoint!(pnl::show, pnl::__path_show),
        endpoint!(revenue::show, revenue::__path_show),
    ]
}
