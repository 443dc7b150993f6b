//! Events of another log, appended as they are: decided elsewhere, at other times.

use std::collections::HashSet;

use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Context, ExecuteError, Ledger, Outcome, StoreError,
    clock::microseconds,
    erased::{AnyAggregate, Decided, Numbers, Stream, Target},
};
use crate::{
    books::Books,
    import::ImportError,
    invoice::{Invoice, InvoiceEvent},
    patient_activation::PatientActivation,
    proof::numbered,
    recorded::LedgerEvent,
    subject::Subject,
    subscription::Subscription,
    values::Id,
};

/// An event of another log.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Past {
    /// Which stream.
    pub(super) id: Uuid,
    /// Place in the stream, from 1.
    pub(super) sequence: i64,
    /// What happened.
    pub(super) event: LedgerEvent,
    /// When it was true, if that is known.
    pub(super) occurred_at: Option<OffsetDateTime>,
}

impl Past {
    /// Its stream; `None` for kinds that no other log can have.
    pub(super) fn stream(&self) -> Option<Stream> {
        match &self.event {
            LedgerEvent::Books(_) => Some(Stream::of(Id::<Books>::new(self.id))),
            LedgerEvent::Invoice(_) => Some(Stream::of(Id::<Invoice>::new(self.id))),
            LedgerEvent::PatientActivation(_) => {
                Some(Stream::of(Id::<PatientActivation>::new(self.id)))
            }
            LedgerEvent::Subject(_) => Some(Stream::of(Id::<Subject>::new(self.id))),
            LedgerEvent::Subscription(_) => Some(Stream::of(Id::<Subscription>::new(self.id))),
            _ => None,
        }
    }
}

/// The gapless number that an event takes, if it takes one.
pub(super) fn number_of(event: &LedgerEvent) -> Option<&str> {
    let LedgerEvent::Invoice(event) = event else { return None };
    if let InvoiceEvent::Issued(issued) = event {
        return Some(&issued.number);
    }
    if let InvoiceEvent::CreditNoteIssued(note) = event {
        return Some(&note.number);
    }
    None
}

impl Ledger {
    /// Appends them in one append, each with its own time. Every stream goes on where it is, and
    /// numbers of gapless series follow each other.
    ///
    /// # Errors
    ///
    /// [`ExecuteError::VersionMismatch`] where a stream is elsewhere, a refusal where a number
    /// does not follow, and as every command.
    pub(super) async fn append_past(
        &self,
        context: Context,
        events: Vec<Past>,
    ) -> Result<Outcome, ExecuteError> {
        let mut batch = self.batch(context);
        let mut begun = HashSet::new();
        for past in events {
            let stream = past.stream().ok_or_else(|| {
                StoreError::Configuration(format!("{} cannot be taken over", past.event.name()))
            })?;
            if begun.insert(stream.key()) {
                batch = batch.expect_stream(stream, past.sequence - 1);
            }
            let at = past.occurred_at.unwrap_or(batch.context.occurred_at);
            batch.times.push(microseconds(at));
            batch.targets.push(Box::new(Told { stream, event: past.event }));
        }
        batch.run().await
    }
}

/// An event that is only told.
struct Told {
    stream: Stream,
    event: LedgerEvent,
}

impl Target for Told {
    fn stream(&self) -> Stream {
        self.stream
    }

    fn reads(&self) -> Vec<Stream> {
        vec![]
    }

    fn decide(
        &self,
        _aggregate: &dyn AnyAggregate,
        _read: &[&dyn AnyAggregate],
        numbers: &mut Numbers<'_>,
    ) -> Decided {
        if let Some(number) = number_of(&self.event) {
            let Some((series, found)) = numbered(number) else {
                return Decided::Refused(std::sync::Arc::new(ImportError::NumberUnreadable));
            };
            match numbers(series) {
                None => return Decided::NeedsSeries(series.to_owned()),
                Some(expected) if expected != found => {
                    let series = series.to_owned();
                    let refusal = ImportError::NumberOutOfOrder { expected, found, series };
                    return Decided::Refused(std::sync::Arc::new(refusal));
                }
                Some(_) => {}
            }
        }
        Decided::Events(vec![self.event.clone()])
    }
}
