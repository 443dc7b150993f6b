//! The columns of `claim_filings`.

use ledger::{
    claim::{Frequency, PayerOrder},
    values::Currency,
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{columns, engine::Word, worded};

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What the claim says from here on.
    Content,
    /// It was sent.
    Submission,
}

worded! {
    Kind { Content = "content", Submission = "submission" }
}

columns! {
    /// One content or one submission.
    pub struct Row {
        key {
            /// Of which claim.
            claim_id: Uuid,
            /// Of the event.
            position: i64,
        }
        /// Content or submission.
        kind: Word<Kind>,
        /// CLM01.
        account: String,
        /// Of the charge.
        currency: Word<Currency>,
        /// The how-manieth time, counted from one.
        submission: Option<i32>,
        /// What it is to the payer.
        frequency: Option<Word<Frequency>>,
        /// To whom.
        payer_id: Option<String>,
        /// In which role.
        payer_order: Option<Word<PayerOrder>>,
        /// ISA13.
        control_interchange: Option<String>,
        /// GS06.
        control_group: Option<String>,
        /// ST02.
        control_transaction: Option<String>,
        /// REF*F8.
        payer_claim_number: Option<String>,
        /// SHA-256 of what was sent.
        digest: Option<String>,
        /// What the lines come to, or what was asked for.
        charge_minor: i64,
        /// The day it was sent.
        submitted_on: Option<Date>,
        /// When it was recorded.
        recorded_at: OffsetDateTime,
        /// What it says, as JSON with sealed parts.
        content: Option<Vec<u8>>,
    }
}
