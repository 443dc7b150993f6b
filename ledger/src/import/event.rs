//! What was brought in from another system.

use std::{fmt, str::FromStr};

use data_encoding::HEXLOWER;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

events! {
    /// What was brought in from another system.
    pub enum ImportEvent {
        /// An import began; whatever belongs to it follows.
        Begun(Begun) = "billing.import.begun" @ 1;
        /// All of it is in.
        Finished(Finished) = "billing.import.finished" @ 1;
    }
}

/// The SHA-256 digest of all that a source holds.
///
/// - **Unit:** 32 bytes; written as 64 hexadecimal digits, lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

/// A text that is no digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("64 hexadecimal digits are expected")]
pub struct NoDigest;

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl FromStr for Digest {
    type Err = NoDigest;

    fn from_str(text: &str) -> Result<Self, NoDigest> {
        let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| NoDigest)?;
        bytes.try_into().map(Self).map_err(|_| NoDigest)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// What is brought in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportSource {
    /// Opening balances and open invoices, as CSV files.
    Csv,
    /// A table of events as postgres-es keeps them; they become this log.
    PostgresEs,
}

/// See [`ImportEvent::Begun`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begun {
    /// Of everything in the source, in order.
    pub digest: Digest,
    /// How many rows the source has.
    pub rows: i64,
    /// What it is.
    pub source: ImportSource,
}

/// See [`ImportEvent::Finished`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finished {
    /// As it began.
    pub digest: Digest,
    /// Entries that were made in the books.
    pub entries: i64,
    /// Events of another log that were taken over.
    pub events: i64,
    /// Invoices that were taken over.
    pub invoices: i64,
    /// Streams that were taken over.
    pub streams: i64,
}
