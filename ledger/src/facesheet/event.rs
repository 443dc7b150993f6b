//! What happened to a facesheet.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::values::{AnonymousRef, ClaimId, Code, Sealed};

events! {
    /// What happened to a facesheet.
    pub enum FacesheetEvent {
        /// It was asked for.
        Requested(Box<Requested>) = "billing.facesheet.requested" @ 1;
        /// More was asked for before it came.
        Widened(Widened) = "billing.facesheet.widened" @ 1;
        /// It came in.
        Received(Received) = "billing.facesheet.received" @ 1;
        /// It is not needed any more.
        Canceled(Canceled) = "billing.facesheet.canceled" @ 1;
        /// Its due day passed without an answer.
        OverdueMarked(OverdueMarked) = "billing.facesheet.overdue_marked" @ 1;
    }
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing was ever asked for this patient.
    #[default]
    Unrequested,
    /// Asked, not answered.
    Requested,
    /// Asked, not answered in time.
    Overdue,
    /// It came.
    Received,
    /// Withdrawn.
    Canceled,
}

impl Status {
    /// Whether an answer is waited for.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Requested | Self::Overdue => true,
            Self::Unrequested | Self::Received | Self::Canceled => false,
        }
    }
}

/// Something about a patient that bills need.
///
/// - **Source:** X12 837P, loops 2010BA, 2010BB and 2010CA.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Demographic {
    /// Where they live.
    Address,
    /// When they were born.
    DateOfBirth,
    /// Where e-mail reaches them.
    Email,
    /// The number of their insurance group.
    GroupNumber,
    /// Who answers for what they owe.
    Guarantor,
    /// Their number with the payer.
    MemberId,
    /// Their name.
    Name,
    /// Who insures them.
    Payer,
    /// Where a call reaches them.
    Phone,
    /// Their sex, as payers ask for it.
    Sex,
}

impl Demographic {
    /// All of them, in the order of their words.
    pub const ALL: [Self; 10] = [
        Self::Address,
        Self::DateOfBirth,
        Self::Email,
        Self::GroupNumber,
        Self::Guarantor,
        Self::MemberId,
        Self::Name,
        Self::Payer,
        Self::Phone,
        Self::Sex,
    ];

    /// The word that events and answers use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::DateOfBirth => "date_of_birth",
            Self::Email => "email",
            Self::GroupNumber => "group_number",
            Self::Guarantor => "guarantor",
            Self::MemberId => "member_id",
            Self::Name => "name",
            Self::Payer => "payer",
            Self::Phone => "phone",
            Self::Sex => "sex",
        }
    }
}

/// Why a facesheet is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// The claim that lacks something; nothing where a person asks.
    pub claim_id: Option<ClaimId>,
}

/// How a facesheet came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// By electronic mail.
    Email,
    /// By fax.
    Fax,
    /// By post.
    Mail,
    /// Told on the telephone.
    Phone,
    /// Fetched from somebody's portal.
    Portal,
}

impl Source {
    /// The word that events and answers use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Fax => "fax",
            Self::Mail => "mail",
            Self::Phone => "phone",
            Self::Portal => "portal",
        }
    }
}

/// See [`FacesheetEvent::Requested`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requested {
    /// Whom we asked.
    pub asked_of: Option<Sealed<String>>,
    /// The day by which an answer is expected.
    pub due_on: Date,
    /// What is missing, each once, in the order of the words.
    pub missing: Vec<Demographic>,
    /// The patient as invoices know them.
    pub patient: AnonymousRef,
    /// The caller's own id of the patient; its subject is the patient.
    pub patient_id: Sealed<String>,
    /// Why.
    pub reason: Reason,
    /// The day.
    pub requested_on: Date,
    /// Which request for this patient, counted from one.
    pub times: u32,
}

/// See [`FacesheetEvent::Widened`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Widened {
    /// All that is missing now.
    pub missing: Vec<Demographic>,
    /// Why more was asked for.
    pub reason: Reason,
    /// The day.
    pub widened_on: Date,
}

/// See [`FacesheetEvent::Received`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Received {
    /// The document, where one is kept.
    pub document: Option<Code>,
    /// The day.
    pub received_on: Date,
    /// How it came.
    pub source: Source,
    /// What was not on it, out of what was asked for.
    pub still_missing: Vec<Demographic>,
}

/// See [`FacesheetEvent::Canceled`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Canceled {
    /// The day.
    pub canceled_on: Date,
    /// Why.
    pub reason_code: Code,
}

/// See [`FacesheetEvent::OverdueMarked`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverdueMarked {
    /// The day by which an answer was expected.
    pub due_on: Date,
    /// The day it was found.
    pub marked_on: Date,
}
