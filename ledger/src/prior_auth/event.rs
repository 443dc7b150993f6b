//! What happened to a payer's permission to bill.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime, serde::rfc3339};
use uuid::Uuid;

use crate::values::{AnonymousRef, Code, Sealed, Units};

events! {
    /// What happened to a payer's permission to bill.
    pub enum PriorAuthEvent {
        /// The payer was asked.
        Requested(Box<Requested>) = "billing.prior_auth.requested" @ 1;
        /// The payer wants more time or more information.
        Pended(Pended) = "billing.prior_auth.pended" @ 1;
        /// The payer allows it, or allows it otherwise than before.
        Approved(Approved) = "billing.prior_auth.approved" @ 1;
        /// The payer refuses it.
        Denied(Denied) = "billing.prior_auth.denied" @ 1;
        /// A claim line took units.
        UnitsDrawn(UnitsDrawn) = "billing.prior_auth.units_drawn" @ 1;
        /// A claim line wants units that it cannot have yet.
        DrawDeferred(DrawDeferred) = "billing.prior_auth.draw_deferred" @ 1;
        /// A claim line waits no longer: it takes its units now, or it does not stand any more.
        DrawReleased(DrawReleased) = "billing.prior_auth.draw_released" @ 1;
        /// A claim line that no longer stands returned its units.
        UnitsGivenBack(UnitsGivenBack) = "billing.prior_auth.units_given_back" @ 1;
        /// Its last day has passed.
        Expired(Expired) = "billing.prior_auth.expired" @ 1;
        /// Somebody says that it is used up.
        MarkedUsed(MarkedUsed) = "billing.prior_auth.marked_used" @ 1;
        /// It is withdrawn for good.
        Canceled(Canceled) = "billing.prior_auth.canceled" @ 1;
    }
}

/// Where an authorization stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing was ever asked under this id.
    #[default]
    Unrequested,
    /// Asked, not answered.
    Requested,
    /// The payer wants more.
    Pended,
    /// Allowed as asked (X12 `A1`).
    Approved,
    /// Fewer units or days than asked (`A2`).
    PartlyApproved,
    /// Refused (`A3`).
    Denied,
    /// Allowed otherwise than asked (`A6`).
    Modified,
    /// Used up.
    Used,
    /// Its last day has passed.
    Expired,
    /// Withdrawn.
    Canceled,
}

impl Status {
    /// The word that events and answers use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unrequested => "unrequested",
            Self::Requested => "requested",
            Self::Pended => "pended",
            Self::Approved => "approved",
            Self::PartlyApproved => "partly_approved",
            Self::Denied => "denied",
            Self::Modified => "modified",
            Self::Used => "used",
            Self::Expired => "expired",
            Self::Canceled => "canceled",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}

/// The days on which the service may be delivered, both included.
///
/// - **Source:** X12 278, DTP*472 as asked; DTP*AAH and DTP*036 as answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The last day.
    pub ends_on: Date,
    /// The first day.
    pub starts_on: Date,
}

impl Span {
    /// Whether a day lies inside.
    pub fn contains(&self, day: Date) -> bool {
        self.starts_on <= day && day <= self.ends_on
    }
}

/// How fast the payer must answer.
///
/// - **Source:** CMS-0057-F.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Within seven days.
    Standard,
    /// Within 72 hours.
    Urgent,
}

/// See [`PriorAuthEvent::Requested`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requested {
    /// When the payer must have answered.
    #[serde(with = "rfc3339")]
    pub answer_due_at: OffsetDateTime,
    /// Diagnosis codes, most important first.
    pub diagnoses: Vec<Sealed<String>>,
    /// The patient's number with the payer.
    pub member_id: Option<Sealed<String>>,
    /// Anything to add.
    pub note: Option<Sealed<String>>,
    /// The patient as invoices know them.
    pub patient: AnonymousRef,
    /// The caller's own id of the patient; its subject is the patient.
    pub patient_id: Sealed<String>,
    /// Whom we ask.
    pub payer_id: Code,
    /// The service, a procedure code.
    pub procedure: Code,
    /// When it was asked.
    #[serde(with = "rfc3339")]
    pub requested_at: OffsetDateTime,
    /// For which days.
    pub span: Span,
    /// How many units.
    pub units: Units,
    /// How fast.
    pub urgency: Urgency,
}

/// See [`PriorAuthEvent::Pended`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pended {
    /// When the payer said so.
    pub pended_on: Date,
    /// Why, in the payer's code.
    pub reason_code: Option<Code>,
    /// The payer's administrative reference (X12 REF*NT).
    pub reference: Option<Code>,
}

/// See [`PriorAuthEvent::Approved`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approved {
    /// When the payer decided.
    pub approved_on: Date,
    /// The payer's authorization number (X12 HCR02); goes on the claim as REF*G1.
    pub reference: Code,
    /// For which days.
    pub span: Span,
    /// `approved`, `partly_approved` or `modified`.
    pub status: Status,
    /// How many units.
    pub units: Units,
    /// How many of them are not drawn yet.
    pub units_left: Units,
}

/// See [`PriorAuthEvent::Denied`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Denied {
    /// When the payer decided.
    pub denied_on: Date,
    /// What the payer wrote.
    pub note: Option<Sealed<String>>,
    /// Why, in the payer's code (X12 HCR03).
    pub reason_code: Code,
}

/// See [`PriorAuthEvent::UnitsDrawn`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitsDrawn {
    /// Which claim line.
    pub claim_line_id: Uuid,
    /// The day of service.
    pub service_on: Date,
    /// How many units.
    pub units: Units,
    /// How many are left.
    pub units_left: Units,
}

/// See [`PriorAuthEvent::DrawDeferred`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawDeferred {
    /// Which claim line.
    pub claim_line_id: Uuid,
    /// The day of service.
    pub service_on: Date,
    /// How many units.
    pub units: Units,
    /// How many units all that wait want.
    pub units_waiting: Units,
}

/// See [`PriorAuthEvent::DrawReleased`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawReleased {
    /// Which claim line.
    pub claim_line_id: Uuid,
    /// How many units it waited for.
    pub units: Units,
    /// How many units all that still wait want.
    pub units_waiting: Units,
}

/// See [`PriorAuthEvent::UnitsGivenBack`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitsGivenBack {
    /// Which claim line.
    pub claim_line_id: Uuid,
    /// Where the authorization stands now: there are units again.
    pub status: Status,
    /// How many units.
    pub units: Units,
    /// How many are left.
    pub units_left: Units,
}

/// See [`PriorAuthEvent::Expired`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expired {
    /// The day that found it expired.
    pub expired_on: Date,
    /// How many units nobody drew.
    pub units_left: Units,
}

/// See [`PriorAuthEvent::MarkedUsed`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkedUsed {
    /// How many units nobody drew.
    pub units_left: Units,
    /// Since when.
    pub used_on: Date,
}

/// See [`PriorAuthEvent::Canceled`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Canceled {
    /// Since when.
    pub canceled_on: Date,
    /// Why.
    pub reason_code: Code,
}
