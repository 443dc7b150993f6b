//! Orders about a facesheet.

use time::Date;

use super::{Demographic, Reason, Source};
use crate::values::{AnonymousRef, Code, Sealed};

/// Orders about a facesheet.
#[derive(Debug, Clone, PartialEq)]
pub enum FacesheetCommand {
    /// Ask for it.
    Request(Box<Request>),
    /// It came in.
    Receive(Receive),
    /// It is not needed any more.
    Cancel(Cancel),
    /// Find it overdue, if its due day has passed.
    MarkOverdue(MarkOverdue),
}

/// See [`FacesheetCommand::Request`].
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Whom we ask: a facility, a department, a number.
    pub asked_of: Option<Sealed<String>>,
    /// What is missing.
    pub missing: Vec<Demographic>,
    /// The patient as invoices know them.
    pub patient: AnonymousRef,
    /// The caller's own id of the patient; its subject is the patient.
    pub patient_id: Sealed<String>,
    /// Why it is asked for.
    pub reason: Reason,
    /// The day.
    pub requested_on: Date,
}

/// See [`FacesheetCommand::Receive`].
#[derive(Debug, Clone, PartialEq)]
pub struct Receive {
    /// The document, where one is kept: its name in the store of documents.
    pub document: Option<Code>,
    /// The day.
    pub received_on: Date,
    /// How it came.
    pub source: Source,
    /// What was not on it, out of what was asked for.
    pub still_missing: Vec<Demographic>,
}

/// See [`FacesheetCommand::Cancel`].
#[derive(Debug, Clone, PartialEq)]
pub struct Cancel {
    /// The day.
    pub canceled_on: Date,
    /// Why.
    pub reason_code: Code,
}

/// See [`FacesheetCommand::MarkOverdue`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MarkOverdue {
    /// Today, in the org's zone.
    pub today: Date,
}
