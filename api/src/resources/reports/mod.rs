//! `/v1/admin/reports`: taxes, profit and loss, ageing, revenue, cash. All per currency, all read from
//! what documents said when they were issued.

mod ageing;
mod cash;
mod explain;
mod explain_taxes;
mod gst;
mod period;
mod pnl;
mod revenue;

use crate::{
    endpoint::{Endpoint, endpoint},
    explaining::explain,
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(ageing::invoices, ageing::__path_invoices),
        explain!(ageing::invoices, ageing::__path_invoices, explain::ageing),
        endpoint!(ageing::show, ageing::__path_show),
        explain!(ageing::show, ageing::__path_show, explain::ageing),
        endpoint!(cash::show, cash::__path_show),
        explain!(cash::show, cash::__path_show, explain::cash),
        endpoint!(gst::show, gst::__path_show),
        explain!(gst::show, gst::__path_show, explain_taxes::gst),
        endpoint!(pnl::show, pnl::__path_show),
        explain!(pnl::show, pnl::__path_show, explain::pnl),
        endpoint!(revenue::show, revenue::__path_show),
        explain!(revenue::show, revenue::__path_show, explain::revenue),
    ]
}
