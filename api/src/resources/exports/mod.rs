//! `/v1/admin/exports`: files for bookkeepers, made on demand or kept by the monthly job.

mod accounting;
mod download;
mod list;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(accounting::accounting, accounting::__path_accounting),
        endpoint!(download::download, download::__path_download),
        endpoint!(list::list, list::__path_list),
    ]
}

/// How a file is saved, under a name of ours.
pub(super) fn attachment(file_name: &str) -> String {
    format!("attachment; filename=\"{file_name}\"")
}
