//! Files that were made for somebody else: `export_events`; contract S2.3, S2.29.
//!
//! A file is kept once for each org, kind and stretch of days. It holds no personal data.

mod keep;
mod query;

pub use keep::{NewExport, keep};
pub use query::{Export, ExportMode, ExportStatus, get, kept, list, piece};
