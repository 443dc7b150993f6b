//! A field that is well written and still does not fit.

use std::{borrow::Cow, error::Error, fmt};

use ledger::{Refusal, RefusalKind};

use crate::body::FieldError;

/// A field of the body that does not fit what the command was decided upon, such as an amount in
/// another currency than the account's. To the ledger it is a refusal, proved like any other; the
/// caller is told which field it is.
#[derive(Debug)]
pub(crate) struct Unfit(pub(super) FieldError);

impl Unfit {
    /// What is wrong with the field that a JSON pointer names.
    pub(crate) fn boxed(
        pointer: &'static str,
        detail: impl Into<Cow<'static, str>>,
    ) -> Box<dyn Refusal> {
        let (pointer, detail) = (pointer.to_owned(), detail.into());
        Box::new(Self(FieldError { pointer, code: "invalid", detail }))
    }

    /// The one behind a refusal, if it is one.
    pub(super) fn find(refusal: &dyn Refusal) -> Option<&Self> {
        let mut found: Option<&(dyn Error + 'static)> = Some(refusal);
        while let Some(error) = found {
            if let Some(unfit) = error.downcast_ref() {
                return Some(unfit);
            }
            found = error.source();
        }
        None
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.0.pointer, self.0.detail)
    }
}

impl Error for Unfit {}

impl Refusal for Unfit {
    fn code(&self) -> &'static str {
        "invalid_body"
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::Invalid
    }
}
