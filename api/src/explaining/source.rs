//! What a figure is the sum of.

use std::{future::Future, pin::Pin};

use projections::engine::{
    EngineError,
    explain::{Figure, Log},
};
use time::OffsetDateTime;

/// The first instant of a day, and that of the next one.
pub(crate) type Day = (OffsetDateTime, OffsetDateTime);

type Finding<'a> = Pin<Box<dyn Future<Output = Result<Figure, EngineError>> + Send + 'a>>;

/// What a figure is the sum of, or how to find that out.
pub(crate) enum Source {
    /// It is known.
    Known(Figure),
    /// It depends on other rows, which the log has to tell first.
    Found(Box<dyn for<'a> FnOnce(Log<'a>) -> Finding<'a> + Send>),
}

impl Source {
    /// A figure that is known only once other rows are.
    pub(crate) fn after(
        find: impl for<'a> FnOnce(Log<'a>) -> Finding<'a> + Send + 'static,
    ) -> Self {
        Self::Found(Box::new(find))
    }

    pub(super) async fn figure(self, log: Log<'_>) -> Result<Figure, EngineError> {
        match self {
            Self::Known(figure) => Ok(figure),
            Self::Found(find) => find(log).await,
        }
    }
}

impl From<Figure> for Source {
    fn from(figure: Figure) -> Self {
        Self::Known(figure)
    }
}
