//! How what was billed ahead is earned.

use serde::{Deserialize, Serialize};
use time::Date;

use super::ItemType;
use crate::values::Money;

/// How revenue that was billed ahead is spread.
///
/// - **Source:** `vectors/revenue-recognition.json`, `vectors/journal-entries.json` A3, A5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spread {
    /// Straight line by day, both ends included.
    ByDay,
    /// The same part at the end of each calendar month.
    ByMonth,
}

/// One stretch of service that was billed ahead; fixed at issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Billed, net of tax.
    pub amount: Money,
    /// Last day, if nothing interrupts it.
    pub ends_on: Date,
    /// What for.
    pub item_type: ItemType,
    /// How.
    pub spread: Spread,
    /// First day.
    pub starts_on: Date,
}

/// What one schedule earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recognized {
    /// How much now.
    pub amount: Money,
    /// How much since it began.
    pub cumulative: Money,
    /// How much is left to earn.
    pub deferred: Money,
    /// Days or months of service since it began, interruptions left out.
    pub elapsed: i64,
    /// What for.
    pub item_type: ItemType,
    /// Which: its place among the invoice's schedules, from 0.
    pub schedule: u32,
}

/// See [`InvoiceEvent::RevenueRecognized`](super::InvoiceEvent::RevenueRecognized).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevenueRecognized {
    /// One for each schedule that earned something.
    pub earned: Vec<Recognized>,
    /// The last day of service that counts.
    pub through: Date,
}
