//! `/v1/founder-billing`: statements of patients, and what the founder lets the agent do with
//! them (sole-biller mode).
//!
//! Every route is the founder's: the owner's role (contract S4.12). Amounts are JSON numbers and
//! lists bare arrays, as in the guide; the next page of a list is named in `Link`.

mod adjustments;
mod audit_logs;
mod config;
mod contacts;
mod dashboard;
mod decisions;
mod deliveries;
mod escalations;
mod explain;
mod figures;
mod generate;
mod orders;
mod payments;
mod plan_view;
mod plans;
mod refunds;
mod send;
mod settings;
mod statements;
mod view;

use crate::{
    endpoint::{Endpoint, endpoint},
    explaining::explain,
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(adjustments::create, adjustments::__path_create),
        endpoint!(audit_logs::list, audit_logs::__path_list),
        explain!(audit_logs::list, audit_logs::__path_list, explain::act),
        endpoint!(audit_logs::recent, audit_logs::__path_recent),
        explain!(audit_logs::recent, audit_logs::__path_recent, explain::act),
        endpoint!(config::change, config::__path_change),
        endpoint!(config::show, config::__path_show),
        endpoint!(contacts::record, contacts::__path_record),
        endpoint!(dashboard::metrics, dashboard::__path_metrics),
        explain!(dashboard::metrics, dashboard::__path_metrics, explain::metrics),
        endpoint!(decisions::list, decisions::__path_list),
        endpoint!(deliveries::list, deliveries::__path_list),
        explain!(deliveries::list, deliveries::__path_list, explain::delivery),
        endpoint!(escalations::list, escalations::__path_list),
        explain!(escalations::list, escalations::__path_list, explain::escalation),
        endpoint!(generate::generate, generate::__path_generate),
        endpoint!(orders::take_over, orders::__path_take_over),
        endpoint!(orders::void, orders::__path_void),
        endpoint!(payments::record, payments::__path_record),
        endpoint!(payments::reverse, payments::__path_reverse),
        endpoint!(plans::accept, plans::__path_accept),
        endpoint!(plans::cancel, plans::__path_cancel),
        endpoint!(plans::decline, plans::__path_decline),
        endpoint!(plans::list, plans::__path_list),
        explain!(plans::list, plans::__path_list, explain::plan),
        endpoint!(plans::offer, plans::__path_offer),
        endpoint!(refunds::create, refunds::__path_create),
        endpoint!(refunds::settle, refunds::__path_settle),
        endpoint!(send::send, send::__path_send),
        endpoint!(statements::list, statements::__path_list),
        explain!(statements::list, statements::__path_list, explain::statement),
        endpoint!(statements::show, statements::__path_show),
        explain!(statements::show, statements::__path_show, explain::statement),
    ]
}
