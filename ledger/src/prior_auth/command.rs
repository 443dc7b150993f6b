//! Orders about a payer's permission to bill.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Span, Urgency};
use crate::values::{AnonymousRef, Code, Sealed, Units};

/// Orders about a payer's permission to bill.
#[derive(Debug, Clone, PartialEq)]
pub enum PriorAuthCommand {
    /// Ask the payer.
    Request(Box<Request>),
    /// Note that the payer wants more.
    Pend(Pend),
    /// Note that the payer allows it.
    Approve(Approve),
    /// Note that the payer refuses it.
    Deny(Deny),
    /// Take units for a claim line.
    Draw(Draw),
    /// Take units for a claim line, now or as soon as they can be had.
    DrawOrWait(Draw),
    /// Return the units of a claim line that no longer stands.
    GiveBack(GiveBack),
    /// Find it expired, if its last day has passed.
    Expire(Expire),
    /// Say that it is used up.
    MarkUsed(MarkUsed),
    /// Withdraw it for good.
    Cancel(Cancel),
}

/// See [`PriorAuthCommand::Request`].
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Diagnosis codes, most important first; at most twelve.
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
    /// When it is asked.
    pub requested_at: OffsetDateTime,
    /// For which days.
    pub span: Span,
    /// How many units.
    pub units: Units,
    /// How fast.
    pub urgency: Urgency,
}

/// See [`PriorAuthCommand::Pend`].
#[derive(Debug, Clone, PartialEq)]
pub struct Pend {
    /// When the payer said so.
    pub pended_on: Date,
    /// Why, in the payer's code.
    pub reason_code: Option<Code>,
    /// The payer's administrative reference (X12 REF*NT).
    pub reference: Option<Code>,
}

/// How the payer calls its approval. Fewer units or days than asked make it partial whatever the
/// payer calls it, unless it says that it modified the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certification {
    /// X12 278, HCR01 `A1`.
    InFull,
    /// `A2`.
    InPart,
    /// `A6`.
    Modified,
}

/// See [`PriorAuthCommand::Approve`].
#[derive(Debug, Clone, PartialEq)]
pub struct Approve {
    /// When the payer decided.
    pub approved_on: Date,
    /// How the payer calls it.
    pub certification: Certification,
    /// The payer's authorization number (X12 HCR02).
    pub reference: Code,
    /// For which days.
    pub span: Span,
    /// How many units.
    pub units: Units,
}

/// See [`PriorAuthCommand::Deny`].
#[derive(Debug, Clone, PartialEq)]
pub struct Deny {
    /// When the payer decided.
    pub denied_on: Date,
    /// What the payer wrote.
    pub note: Option<Sealed<String>>,
    /// Why, in the payer's code (X12 HCR03).
    pub reason_code: Code,
}

/// See [`PriorAuthCommand::Draw`] and [`PriorAuthCommand::DrawOrWait`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Draw {
    /// Which claim line.
    pub claim_line_id: Uuid,
    /// The day of service; for a line over several days its first.
    pub service_on: Date,
    /// How many units.
    pub units: Units,
}

/// See [`PriorAuthCommand::GiveBack`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GiveBack {
    /// Which claim line.
    pub claim_line_id: Uuid,
}

/// See [`PriorAuthCommand::Expire`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expire {
    /// Today, in the org's zone.
    pub today: Date,
}

/// See [`PriorAuthCommand::MarkUsed`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MarkUsed {
    /// Since when.
    pub used_on: Date,
}

/// See [`PriorAuthCommand::Cancel`].
#[derive(Debug, Clone, PartialEq)]
pub struct Cancel {
    /// Since when.
    pub canceled_on: Date,
    /// Why.
    pub reason_code: Code,
}
