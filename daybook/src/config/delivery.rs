//! `EXPORT_MODE`

use std::fmt;
use std::str::FromStr;

/// What becomes of an export once it is made. It is kept in any case.
///
/// - **Source:** contract S2.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// Nothing: whoever wants it downloads it.
    Off,
    /// It waits to be sent to `EXPORT_WEBHOOK_URL`.
    Webhook,
    /// Whoever fills the sheets downloads it.
    Sheets,
}

impl FromStr for Delivery {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.to_ascii_lowercase().as_str() {
            "off" => Ok(Self::Off),
            "webhook" => Ok(Self::Webhook),
            "sheets" => Ok(Self::Sheets),
            _ => Err(()),
        }
    }
}

impl fmt::Display for Delivery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Off => "off",
            Self::Webhook => "webhook",
            Self::Sheets => "sheets",
        })
    }
}
