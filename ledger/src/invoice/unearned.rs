//! What of an invoice's lines was billed ahead and is not earned yet.

use super::{CreditLine, Invoice, LinePart, schedules};
use crate::values::{Money, MoneyError, share};

impl Invoice {
    /// The lines that were billed ahead, each with what of it is neither earned nor taken back:
    /// what a credit note takes where service ends early.
    ///
    /// - **Source:** `vectors/journal-entries.json`, A16.
    ///
    /// # Errors
    ///
    /// [`MoneyError`] for sums out of range.
    pub fn unearned_lines(&self) -> Result<Vec<CreditLine>, MoneyError> {
        let (Some(opened), Some(issued)) = (&self.opened, &self.issued) else {
            return Ok(Vec::new());
        };
        let mut unearned = Vec::new();
        for (place, (schedule, earning)) in issued.schedules.iter().zip(&self.earnings).enumerate()
        {
            let of_place = self.lines.iter().filter(|(_, line)| {
                let of =
                    schedules::place_of(&issued.schedules, line, opened.period, issued.issued_on);
                of == Some(place)
            });
            let left: Vec<_> = of_place
                .map(|(line_id, line)| {
                    let (item_type, rate) = (line.item_type(), self.lines.rate_of(line));
                    let minor = line.total().minor();
                    let whole = LinePart { item_type, line_id: *line_id, minor, rate };
                    (*line_id, self.left.of_line(&whole))
                })
                .collect();
            let weights: Vec<i64> = left.iter().map(|(_, minor)| *minor).collect();
            let deferred = earning.deferred(schedule).min(weights.iter().sum());
            let shares = share(deferred, &weights)?;
            let lines = left.iter().zip(shares).filter(|(_, minor)| *minor > 0);
            unearned.extend(lines.map(|((line_id, _), minor)| CreditLine {
                amount: Some(Money::from_minor(minor, opened.currency)),
                line_id: *line_id,
            }));
        }
        Ok(unearned)
    }
}
