//! The columns of `exceptions`.

use ledger::{
    exception::Resolution,
    reconciliation::{Between, Class, Item},
    values::Currency,
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{columns, engine::Word, worded};

/// How an exception stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// Somebody has to do something.
    Open,
    /// It is settled.
    Resolved,
}

worded! {
    Stands { Open = "open", Resolved = "resolved" }
    Class {
        Amount = "amount",
        Currency = "currency",
        Duplicate = "duplicate",
        MissingHere = "missing_here",
        MissingThere = "missing_there",
        Status = "status",
        Tax = "tax",
        Timing = "timing",
    }
    Between { LogAndProvider = "log_and_provider", LogAndReadModel = "log_and_read_model" }
    Item {
        Adjustment = "adjustment",
        ChargeFailure = "charge_failure",
        Dispute = "dispute",
        DisputeReversal = "dispute_reversal",
        Fee = "fee",
        Invoice = "invoice",
        Payment = "payment",
        Payout = "payout",
        PayoutReversal = "payout_reversal",
        Refund = "refund",
        RefundFailure = "refund_failure",
    }
    Resolution {
        Accepted = "accepted",
        Cleared = "cleared",
        Corrected = "corrected",
        NotOurs = "not_ours",
        ProviderError = "provider_error",
    }
}

columns! {
    /// One thing that does not fit.
    pub struct Row {
        key {
            /// Which.
            exception_id: Uuid,
        }
        /// How it stands.
        status: Word<Stands>,
        /// How the sides disagree.
        class: Word<Class>,
        /// Which sides.
        between_sides: Word<Between>,
        /// About what.
        item: Word<Item>,
        /// Whose statement.
        provider: String,
        /// The desk that owns it.
        owner: String,
        /// What it is about.
        amount_minor: i64,
        /// Of that amount.
        currency: Option<Word<Currency>>,
        /// What the log says.
        ours_minor: Option<i64>,
        /// Of that amount.
        ours_currency: Option<Word<Currency>>,
        /// The log's day.
        ours_on: Option<Date>,
        /// How it stands in the log.
        ours_status: Option<String>,
        /// What the other side says.
        theirs_minor: Option<i64>,
        /// Of that amount.
        theirs_currency: Option<Word<Currency>>,
        /// The other side's day.
        theirs_on: Option<Date>,
        /// How it stands there.
        theirs_status: Option<String>,
        /// The invoice, if it is about one.
        invoice_id: Option<Uuid>,
        /// Our payment, refund, dispute or entry.
        movement_id: Option<Uuid>,
        /// The day that it is about.
        happened_on: Date,
        /// The day it was noticed.
        noticed_on: Date,
        /// How it was settled.
        resolution: Option<Word<Resolution>>,
        /// Why it was settled or reopened.
        reason_code: Option<String>,
        /// The day it was settled.
        resolved_on: Option<Date>,
        /// How often it came back.
        times_reopened: i64,
        /// The run that raised it.
        run_id: Uuid,
        /// When it was raised.
        created_at: OffsetDateTime,
        /// When it changed last.
        updated_at: OffsetDateTime,
        /// The stream's version.
        version: i64,
        /// Where it was raised: the key that lists go by.
        raised_position: i64,
        /// The provider's id, sealed.
        provider_id: Option<Vec<u8>>,
        /// The remark of who settled it, sealed.
        note: Option<Vec<u8>>,
    }
}
