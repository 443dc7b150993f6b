//! Sealing periods and opening them again.

use time::{Date, util::days_in_month};

use super::{Books, BooksError, ClosePeriod, Decision, PeriodClosed, PeriodReopened, ReopenPeriod};

impl Books {
    /// Seals a month that is over.
    pub(super) fn close(&self, command: ClosePeriod) -> Decision {
        let ClosePeriod { note, through, today } = command;
        let month_ends_on = month_end(through);
        if through != month_ends_on {
            return Err(BooksError::NotAMonthEnd { month_ends_on, through });
        }
        let previous = self.closed_through();
        if previous.is_some_and(|closed_through| through <= closed_through) {
            return Ok(vec![]);
        }
        if through >= today {
            return Err(BooksError::PeriodNotOver { through, today });
        }
        if let Some(closed_through) = previous {
            let next = month_end(closed_through.next_day().unwrap_or(closed_through));
            if through != next {
                return Err(BooksError::PeriodSkipped { closed_through, next, through });
            }
        }
        Ok(vec![PeriodClosed { closed_through: through, note, previous }.into()])
    }

    /// Opens the last sealed period again.
    pub(super) fn reopen(&self, ReopenPeriod { reason_code, through }: ReopenPeriod) -> Decision {
        match self.closed_through() {
            Some(closed_through) if through == closed_through => {
                let closed_through = self.closed.range(..through).next_back().copied();
                Ok(vec![PeriodReopened { closed_through, reason_code, was: through }.into()])
            }
            Some(closed_through) if through < closed_through => {
                Err(BooksError::NotTheLastPeriod { closed_through, through })
            }
            // Opened again before: that it was sealed once is all that can be asked.
            Some(_) | None if self.reopened.contains(&through) => Ok(vec![]),
            Some(_) | None => Err(BooksError::NotClosed { through }),
        }
    }
}

/// The last day of the day's month.
fn month_end(day: Date) -> Date {
    day.replace_day(days_in_month(day.month(), day.year())).unwrap_or(day)
}
