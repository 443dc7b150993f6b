//! What is told.

use std::borrow::Cow;

/// A span that has ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// Of which trace; never 0.
    pub trace_id: u128,
    /// Which; never 0.
    pub span_id: u64,
    /// Under which, if it is not the first.
    pub parent_id: Option<u64>,
    /// What was done.
    pub name: Cow<'static, str>,
    /// Who asked.
    pub kind: Kind,
    /// When it began: nanoseconds since 1970.
    pub began_ns: u64,
    /// When it ended: nanoseconds since 1970.
    pub ended_ns: u64,
    /// Whether it ended badly.
    pub failed: bool,
    /// What else there is to say.
    pub attributes: Vec<(&'static str, Value)>,
}

/// Who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The program itself.
    Internal,
    /// Somebody from outside.
    Server,
}

/// An attribute's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
}
