//! `/v1/billing/claims`: what payers are asked for, and what has become of it.
//!
//! - `body.rs`, `content.rs`: what a claim says, as it is sent and as it is sealed.
//! - `draft.rs`, `file.rs`, `acknowledge.rs`: from the first draft to the payer.
//! - `decide.rs`, `appeal.rs`: what people decide. Payers' answers come by `/remittances`.
//! - `view.rs`, `parts.rs`, `render.rs`, `show.rs`, `list.rs`: what callers see.

mod acknowledge;
mod appeal;
mod body;
mod commands;
mod content;
mod decide;
mod draft;
mod explain;
mod file;
mod list;
mod parts;
mod render;
mod show;
mod view;

use crate::{
    endpoint::{Endpoint, endpoint},
    explaining::explain,
};

pub(crate) use commands::commands;

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(acknowledge::acknowledge, acknowledge::__path_acknowledge),
        endpoint!(appeal::decide, appeal::__path_decide),
        endpoint!(appeal::file, appeal::__path_file),
        endpoint!(decide::bill_patient, decide::__path_bill_patient),
        endpoint!(decide::close, decide::__path_close),
        endpoint!(decide::reverse_write_off, decide::__path_reverse_write_off),
        endpoint!(decide::write_off, decide::__path_write_off),
        endpoint!(draft::draft, draft::__path_draft),
        endpoint!(draft::redraft, draft::__path_redraft),
        endpoint!(draft::validate, draft::__path_validate),
        endpoint!(file::replace, file::__path_replace),
        endpoint!(file::submit, file::__path_submit),
        endpoint!(file::void, file::__path_void),
        endpoint!(list::list, list::__path_list),
        explain!(list::list, list::__path_list, explain::claim),
        endpoint!(show::show, show::__path_show),
        explain!(show::show, show::__path_show, explain::claim),
    ]
}
