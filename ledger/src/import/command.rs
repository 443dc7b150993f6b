//! Orders about an import.

use super::{Begun, Finished};

/// Orders about an import.
#[derive(Debug, Clone, PartialEq)]
pub enum ImportCommand {
    /// Begin; again with the same source changes nothing.
    Begin(Begun),
    /// Say that all of it is in.
    Finish(Finished),
}
