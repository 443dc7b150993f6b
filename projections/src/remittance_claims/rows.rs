//! The columns of `remittance_claims`.

use ledger::{
    remittance::{AdviceStatus, ParkReason},
    values::Currency,
};
use time::Date;
use uuid::Uuid;

use crate::{columns, engine::Word, worded};

/// What has become of a claim of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// Nothing yet.
    Waiting,
    /// It could not be posted so far.
    Parked,
    /// It is posted to its claim.
    Posted,
}

worded! {
    AdviceStatus {
        Primary = "primary",
        Secondary = "secondary",
        Tertiary = "tertiary",
        Denied = "denied",
        PrimaryForwarded = "primary_forwarded",
        SecondaryForwarded = "secondary_forwarded",
        TertiaryForwarded = "tertiary_forwarded",
        Reversal = "reversal",
        NotOursForwarded = "not_ours_forwarded",
        Predetermination = "predetermination",
    }
    ParkReason {
        NotSubmitted = "not_submitted",
        NothingToReverse = "nothing_to_reverse",
        Refused = "refused",
        UnknownClaim = "unknown_claim",
    }
    Stands { Waiting = "waiting", Parked = "parked", Posted = "posted" }
}

columns! {
    /// One claim of a payment.
    pub struct Row {
        key {
            /// Of which payment.
            remittance_id: Uuid,
            /// Place in it, counted from one.
            sequence: i32,
        }
        /// Which claim, known or not.
        claim_id: Uuid,
        /// CLP01.
        account: String,
        /// What has become of it.
        status: Word<Stands>,
        /// CLP02.
        advice_status: Word<AdviceStatus>,
        /// Why it is, or was, parked.
        reason: Option<Word<ParkReason>>,
        /// Of all amounts.
        currency: Word<Currency>,
        /// CLP03.
        charge_minor: i64,
        /// CLP04.
        paid_minor: i64,
        /// CLP07.
        payer_claim_number: Option<String>,
        /// When it was parked.
        parked_on: Option<Date>,
        /// When it was posted.
        posted_on: Option<Date>,
        /// Where it came.
        advised_position: i64,
        /// What the payer says, as JSON.
        advice: String,
    }
}
