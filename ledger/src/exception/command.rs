//! Orders about something that does not fit.

use time::Date;
use uuid::Uuid;

use super::{Raised, Resolution};
use crate::values::{Code, Sealed};

/// Orders about something that does not fit.
#[derive(Debug, Clone, PartialEq)]
pub enum ExceptionCommand {
    /// It was found; again or for the first time.
    Raise(Box<Raised>),
    /// Give it to somebody.
    Assign(Assign),
    /// Say how it was settled.
    Resolve(Resolve),
    /// A run that looked for it no longer finds it.
    Clear(Clear),
    /// It is not settled after all.
    Reopen(Reopen),
}

/// See [`ExceptionCommand::Assign`].
#[derive(Debug, Clone, PartialEq)]
pub struct Assign {
    /// The day.
    pub assigned_on: Date,
    /// To which desk.
    pub owner: Code,
}

/// See [`ExceptionCommand::Resolve`].
#[derive(Debug, Clone, PartialEq)]
pub struct Resolve {
    /// A remark.
    pub note: Option<Sealed<String>>,
    /// Why.
    pub reason_code: Code,
    /// How.
    pub resolution: Resolution,
    /// The day.
    pub resolved_on: Date,
}

/// See [`ExceptionCommand::Clear`].
#[derive(Debug, Clone, PartialEq)]
pub struct Clear {
    /// The day.
    pub cleared_on: Date,
    /// Which run.
    pub run_id: Uuid,
}

/// See [`ExceptionCommand::Reopen`].
#[derive(Debug, Clone, PartialEq)]
pub struct Reopen {
    /// Why.
    pub reason_code: Code,
    /// The day.
    pub reopened_on: Date,
}
