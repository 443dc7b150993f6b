//! What comes from outside as bytes: one door for each kind, for the fuzz targets of `fuzz/` and
//! for the property tests beside this. Each reads what it is given as the service would, and
//! panics where something comes of it that must not.
//!
//! - `body.rs`: a command. `query.rs`: a query string and a path. `webhook.rs`: a webhook.
//! - `event.rs`: an event of the log, and as it leaves: CloudEvent, line of an export, row of
//!   another system. `log_file.rs`: an exported log.
//! - `statement.rs`: a provider's statement. `opening.rs`: the files of `import csv`.
//!   `spreadsheet.rs`: cells that we write.
//!
//! Cursors and incoming CloudEvents have theirs in `api::inputs`.

mod body;
mod event;
mod log_file;
mod opening;
mod query;
mod spreadsheet;
mod statement;
#[cfg(test)]
mod tests;
mod webhook;

pub use api::inputs::{cloud_events, cursor};
pub use body::command;
pub use event::event;
pub use log_file::log_file;
pub use opening::opening;
pub use query::{path, query};
pub use spreadsheet::spreadsheet;
pub use statement::statement;
pub use webhook::webhook;

/// A door.
pub type Door = fn(&[u8]);

/// Every door by its name, which is that of its fuzz target.
pub const DOORS: [(&str, Door); 11] = [
    ("cloud_events", cloud_events),
    ("command", command),
    ("cursor", cursor),
    ("event", event),
    ("log_file", log_file),
    ("opening", opening),
    ("path", path),
    ("query", query),
    ("spreadsheet", spreadsheet),
    ("statement", statement),
    ("webhook", webhook),
];
