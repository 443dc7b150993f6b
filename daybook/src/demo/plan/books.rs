//! What finance does besides invoices: held payments, the plan billed ahead, months closed.

use time::Duration;

use super::Planner;
use crate::demo::step::{Deed, What, Which};

impl Planner<'_> {
    /// Three are held; the first finds its invoice, the second goes back, the third waits.
    pub(super) fn held_payments(&mut self) {
        for number in 1..=3 {
            let day = self.days * number / 4;
            self.push(self.day(day), What::Hold(number));
            let later = self.day(day + 20);
            match number {
                1 => self.push(later, What::ResolveHeld(1, Some(Which::SetupFee))),
                2 => self.push(later, What::ResolveHeld(2, None)),
                _ => {}
            }
        }
    }

    /// The plan is billed a year ahead.
    pub(super) fn plans(&mut self) {
        for year in 1..=2 {
            let (on, which) = (self.day(3 + (year - 1) * 365), Which::Plan(year));
            let price = self.org.charge_minor * 14;
            self.push(on, What::Invoice(which, Deed::Draft(vec![price])));
            self.invoice(on, which, None);
        }
    }

    /// Every month: what was billed ahead is earned, what will not come in is estimated, Stripe
    /// pays out, and the books of the month before are closed. The last two months stay open.
    pub(super) fn books(&mut self) -> anyhow::Result<()> {
        let mut first = self.first.replace_day(1)?;
        loop {
            let next = (first + Duration::days(31)).replace_day(1)?;
            let last = next - Duration::DAY;
            if last > self.until {
                return Ok(());
            }
            self.push(last, What::Allowance);
            self.push(next + Duration::days(1), What::Recognize(last));
            self.push(next + Duration::days(4), What::Payout);
            if self.until - last > Duration::days(62) {
                self.push(next + Duration::days(9), What::Close(last));
            }
            first = next;
        }
    }
}
