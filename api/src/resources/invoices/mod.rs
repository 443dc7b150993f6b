//! `/v1/billing/invoices` and the office's list of them.

mod cancel;
mod commands;
mod credit;
mod credit_notes;
mod dispute;
mod document;
mod draft;
mod explain;
mod generate;
mod hold;
mod issue;
mod lines;
mod list;
mod pay;
mod payment_status;
mod refund;
mod render;
mod show;
mod undo;
mod view;
mod write_off;

use crate::{
    endpoint::{Endpoint, endpoint},
    explaining::explain,
};

pub(crate) use commands::commands;
pub(crate) use explain::invoice as explained;
pub(crate) use hold::word as hold_word;
pub(crate) use list::STATUSES;
pub(crate) use pay::METHODS;
pub(crate) use render::{answered, done, invoice_at, opened};
pub(crate) use view::InvoiceView;

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(cancel::cancel, cancel::__path_cancel),
        endpoint!(credit::apply, credit::__path_apply),
        endpoint!(credit_notes::create, credit_notes::__path_create),
        endpoint!(credit_notes::void, credit_notes::__path_void),
        endpoint!(dispute::lost, dispute::__path_lost),
        endpoint!(dispute::open, dispute::__path_open),
        endpoint!(dispute::won, dispute::__path_won),
        endpoint!(document::document, document::__path_document),
        endpoint!(draft::add_line, draft::__path_add_line),
        endpoint!(draft::recalculate, draft::__path_recalculate),
        endpoint!(draft::remove_line, draft::__path_remove_line),
        endpoint!(generate::generate, generate::__path_generate),
        endpoint!(issue::issue, issue::__path_issue),
        endpoint!(issue::mark_overdue, issue::__path_mark_overdue),
        endpoint!(issue::send, issue::__path_send),
        endpoint!(lines::lines, lines::__path_lines),
        explain!(lines::lines, lines::__path_lines, explain::line),
        endpoint!(list::list, list::__path_list),
        explain!(list::list, list::__path_list, explain::invoice),
        endpoint!(pay::pay, pay::__path_pay),
        endpoint!(pay::reverse, pay::__path_reverse),
        endpoint!(payment_status::show, payment_status::__path_show),
        explain!(payment_status::show, payment_status::__path_show, explain::invoice),
        endpoint!(refund::create, refund::__path_create),
        endpoint!(refund::fail, refund::__path_fail),
        endpoint!(refund::settle, refund::__path_settle),
        endpoint!(show::show, show::__path_show),
        explain!(show::show, show::__path_show, explain::invoice),
        endpoint!(undo::cancel_refund, undo::__path_cancel_refund),
        endpoint!(undo::return_credit, undo::__path_return_credit),
        endpoint!(undo::reverse_write_off, undo::__path_reverse_write_off),
        endpoint!(write_off::write_off, write_off::__path_write_off),
    ]
}
