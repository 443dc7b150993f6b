//! From the first draft to the payer, and the end.

use serde::{Deserialize, Serialize};
use time::Date;

use super::super::{Content, Finding, Frequency, LineDraw, Notice, PayerOrder, Standing, Status};
use crate::values::{Code, Money};

/// See [`super::ClaimEvent::Drafted`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drafted {
    /// What it says.
    pub content: Content,
}

/// See [`super::ClaimEvent::Revised`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revised {
    /// What it says now.
    pub content: Content,
}

/// See [`super::ClaimEvent::Validated`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validated {
    /// What a payer would not take; none: it can go.
    pub findings: Vec<Finding>,
    /// When.
    pub validated_on: Date,
}

/// The numbers that answers come back with.
///
/// - **Source:** X12: TA1 answers to ISA13, 999 to GS06 and ST02.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ControlNumbers {
    /// GS06.
    pub group: Code,
    /// ISA13.
    pub interchange: Code,
    /// ST02.
    pub transaction: Code,
}

/// See [`super::ClaimEvent::Submitted`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submitted {
    /// CLM01: 277CA and 835 answer to it.
    pub account: Code,
    /// CLM02.
    pub charge: Money,
    /// By how much that differs from what was charged before: the entry in the books.
    pub charge_change: Money,
    /// The other numbers.
    pub control: ControlNumbers,
    /// SHA-256 of the export that was kept, in hexadecimal.
    pub digest: Code,
    /// What lines take from authorizations and had not taken before.
    pub draws: Vec<LineDraw>,
    /// First sent, replacement or void.
    pub frequency: Frequency,
    /// What lines had taken and no longer take.
    pub given_back: Vec<LineDraw>,
    /// `CTL-NNNNN`, where the numbers are our own; `None` where the caller gave them.
    pub number: Option<String>,
    /// REF*F8.
    pub payer_claim_number: Option<Code>,
    /// To whom.
    pub payer_id: Code,
    /// In which role.
    pub payer_order: PayerOrder,
    /// Where the claim stands now.
    pub standing: Standing,
    /// The how-manieth time, counted from one.
    pub submission: u16,
    /// When.
    pub submitted_on: Date,
}

/// See [`super::ClaimEvent::Acknowledged`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledged {
    /// REF*D9.
    pub clearinghouse_number: Option<Code>,
    /// Who says what.
    pub notice: Notice,
    /// REF*1K.
    pub payer_claim_number: Option<Code>,
    /// TA1 note, 999 error or claim status code.
    pub reason: Option<Code>,
    /// When we heard it.
    pub received_on: Date,
    /// Where the claim stands now.
    pub status: Status,
    /// Which submission is meant.
    pub submission: u16,
}

/// See [`super::ClaimEvent::Voided`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voided {
    /// The charge that falls away, below zero: the entry in the books.
    pub charge_change: Money,
    /// What lines had taken from authorizations.
    pub given_back: Vec<LineDraw>,
    /// Why; `None` where the payer confirmed a void that was sent.
    pub reason_code: Option<Code>,
    /// Where the claim stands now.
    pub standing: Standing,
    /// When.
    pub voided_on: Date,
}

/// See [`super::ClaimEvent::Closed`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closed {
    /// When.
    pub closed_on: Date,
}
