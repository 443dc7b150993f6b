//! What a sealed period still takes.

use serde_json::Value;
use time::Date;

use super::{Books, BooksError, BooksEvent, EntryKind, EntryPosted, error::PERIOD_CLOSED};
use crate::{journal::postings, recorded::LedgerEvent, store::ExecuteError};

impl Books {
    /// The last day that is sealed, if any.
    pub fn closed_through(&self) -> Option<Date> {
        self.closed.last().copied()
    }

    /// The day itself where it is open, or else the first open day.
    pub fn open_day(&self, day: Date) -> Date {
        match self.closed_through() {
            Some(closed_through) if day <= closed_through => after(closed_through),
            Some(_) | None => day,
        }
    }

    /// Whether the books take what an event of any aggregate posts. Adjusting entries are always
    /// taken, and mirrors of them.
    ///
    /// # Errors
    ///
    /// [`BooksError::PeriodClosed`] for a posting in a sealed period.
    pub fn admit(&self, event: &LedgerEvent) -> Result<(), BooksError> {
        let Some(closed_through) = self.closed_through() else { return Ok(()) };
        if self.is_adjusting(event) {
            return Ok(());
        }
        let days = postings(event).into_iter().map(|posting| posting.business_date);
        match days.min() {
            Some(business_on) if business_on <= closed_through => Err(BooksError::PeriodClosed {
                business_on,
                closed_through,
                open_from: after(closed_through),
            }),
            Some(_) | None => Ok(()),
        }
    }

    fn is_adjusting(&self, event: &LedgerEvent) -> bool {
        let LedgerEvent::Books(BooksEvent::EntryPosted(EntryPosted { kind, reverses, .. })) = event
        else {
            return false;
        };
        match kind {
            EntryKind::Adjusting => true,
            EntryKind::Reversal => reverses
                .and_then(|reversed| self.entries.get(&reversed))
                .is_some_and(|entry| entry.kind == EntryKind::Adjusting),
            EntryKind::Allowance
            | EntryKind::Opening
            | EntryKind::Payout
            | EntryKind::ProviderFee => false,
        }
    }
}

/// Months end well before the calendar does.
fn after(day: Date) -> Date {
    day.next_day().unwrap_or(day)
}

/// The first open day, where a command was refused because its day is sealed.
pub fn open_from(error: &ExecuteError) -> Option<Date> {
    match error {
        ExecuteError::Refused(refusal) if refusal.code() == PERIOD_CLOSED => {
            let open_from = refusal.details().get_mut("open_from").map(Value::take)?;
            serde_json::from_value(open_from).ok()
        }
        _ => None,
    }
}
