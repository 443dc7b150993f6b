//! Orders to earn what was billed ahead.

use time::Date;

/// Days without service, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interruption {
    /// First day.
    pub from: Date,
    /// Last day.
    pub through: Date,
}

/// See [`InvoiceCommand::RecognizeRevenue`](super::InvoiceCommand::RecognizeRevenue).
#[derive(Debug, Clone, PartialEq)]
pub struct RecognizeRevenue {
    /// The last day of service, where service has ended for good.
    pub ends_on: Option<Date>,
    /// Days that earn nothing and put the end off: the account's pauses. They may overlap.
    pub pauses: Vec<Interruption>,
    /// The last day that counts.
    pub through: Date,
}
