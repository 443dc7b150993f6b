//! Somebody carries e-mails, and somebody carries what is written on paper.

use std::{future::Future, pin::Pin};

use uuid::Uuid;

use crate::correspondence::Letter;

/// What carrying one is.
pub type Carrying<'a> = Pin<Box<dyn Future<Output = Result<(), Undelivered>> + Send + 'a>>;

/// Carries e-mails.
pub trait Mailer: Send + Sync {
    /// For logs.
    fn name(&self) -> &'static str;

    /// Carries a letter. The same id means the same letter: carried again after a crash, the
    /// receiver can tell.
    fn carry<'a>(&'a self, id: Uuid, letter: &'a Letter) -> Carrying<'a>;
}

/// Carries what needs no mail server: papers to be put into envelopes, and short texts.
pub trait Courier: Send + Sync {
    /// For logs.
    fn name(&self) -> &'static str;

    /// Carries a paper, a PDF with the address in the envelope's window. The same id means the
    /// same paper.
    fn paper<'a>(&'a self, id: Uuid, pdf: &'a [u8]) -> Carrying<'a>;

    /// Carries a short text to a telephone number. The same id means the same text.
    fn text<'a>(&'a self, id: Uuid, to: &'a str, text: &'a str) -> Carrying<'a>;
}

/// Why a letter did not leave, as a code; never with an address in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Undelivered {
    /// May work later.
    #[error("not now: {0}")]
    NotNow(String),
    /// Will never work as it is.
    #[error("never: {0}")]
    Never(String),
}
