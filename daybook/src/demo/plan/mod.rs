//! Planning an org's history: pure, and the same every time.

mod books;
mod claims;

use ledger::values::{CycleKey, CycleRule};
use time::{Date, Duration, OffsetDateTime, Time};

use super::dice::Dice;
use super::fates::fate;
use super::operations::tellings;
use super::orgs::DemoOrg;
use super::step::{Deed, Step, What, Which};

/// A planned history.
pub(super) struct Plan {
    /// When the account begins.
    pub(super) opened_at: OffsetDateTime,
    /// What happens, oldest first.
    pub(super) steps: Vec<Step>,
}

/// Plans so many months up to and with a day.
///
/// # Errors
/// When the days lie beyond the calendar.
pub(super) fn plan(org: &DemoOrg, until: Date, months: i64) -> anyhow::Result<Plan> {
    let mut planner = Planner::new(org, until, months)?;
    planner.taxes()?;
    planner.pauses();
    planner.cycles()?;
    planner.patients();
    planner.setup_fee();
    planner.one_offs();
    planner.held_payments();
    tellings(org, planner.first, months).for_each(|(on, what)| planner.push(on, what));
    planner.plans();
    planner.books()?;
    planner.claims();
    let opened_at = planner.instant(planner.first);
    let mut steps = planner.steps;
    // What happens at the same instant keeps the order in which it was planned.
    steps.sort_by_key(|step| step.at);
    steps.retain(|step| step.on <= until && step.at > opened_at);
    Ok(Plan { opened_at, steps })
}

struct Planner<'a> {
    org: &'a DemoOrg,
    rule: CycleRule,
    first: Date,
    until: Date,
    months: i64,
    /// Days of the history.
    days: i64,
    dice: Dice,
    steps: Vec<Step>,
    /// Steps so far, a second each: far less than a working day.
    planned: i64,
}

impl<'a> Planner<'a> {
    fn new(org: &'a DemoOrg, until: Date, months: i64) -> anyhow::Result<Self> {
        let rule = org.cycle_rule()?;
        let mut key = rule.cycle_of(until)?.key;
        for _ in 0..months {
            key = key.previous();
        }
        let first = rule.cycle(key)?.starts_on;
        let days = (until - first).whole_days();
        let dice = Dice::new(org.seed);
        let steps = Vec::new();
        Ok(Self { org, rule, first, until, months, days, dice, steps, planned: 0 })
    }

    fn day(&self, number: i64) -> Date {
        self.first.checked_add(Duration::days(number)).unwrap_or(Date::MAX)
    }

    /// Working hours of a day.
    fn instant(&self, on: Date) -> OffsetDateTime {
        on.with_time(Time::MIDNIGHT).assume_utc() + Duration::hours(self.org.working_hour.into())
    }

    /// Puts a step into working hours; steps of one day follow each other as they were planned.
    fn push(&mut self, on: Date, what: What) {
        self.planned += 1;
        let at = self.instant(on) + Duration::minutes(1) + Duration::seconds(self.planned);
        self.steps.push(Step { at, on, what });
    }

    fn is_paused(&self, number: i64) -> bool {
        self.org.pauses.iter().any(|(from, to)| (*from..=*to).contains(&number))
    }

    /// The first day from this one on that billing does not rest, and a day to be sure.
    fn awake(&self, number: i64) -> i64 {
        let pause = self.org.pauses.iter().find(|(from, to)| (*from..=*to).contains(&number));
        pause.map_or(number, |(_, to)| to + 1)
    }

    fn taxes(&mut self) -> anyhow::Result<()> {
        for (month, jurisdiction, rate) in self.org.tax_laws()? {
            let mut key = self.rule.cycle_of(self.first)?.key;
            for _ in 0..month {
                key = key.next();
            }
            let on = self.rule.cycle(key)?.starts_on;
            let at = self.instant(on) + Duration::seconds(30);
            self.steps.push(Step { at, on, what: What::Tax { jurisdiction, rate } });
        }
        Ok(())
    }

    fn pauses(&mut self) {
        for (from, to) in self.org.pauses {
            let (from, to) = (self.day(*from), self.day(*to));
            let at = self.instant(from);
            self.steps.push(Step { at, on: from, what: What::Pause("renovation") });
            let at = self.instant(to);
            self.steps.push(Step { at, on: to, what: What::Resume });
        }
    }

    /// Cycles begin at midnight, or once a pause has ended; the invoice of the one before goes
    /// out on the same day.
    fn cycles(&mut self) -> anyhow::Result<()> {
        let mut key = self.rule.cycle_of(self.first)?.key;
        let mut previous: Option<CycleKey> = None;
        loop {
            let cycle = self.rule.cycle(key)?;
            if cycle.starts_on > self.until {
                return Ok(());
            }
            let number = (cycle.starts_on - self.first).whole_days();
            let (on, at) = if previous.is_none() || self.is_paused(number) {
                let on = self.day(self.awake(number));
                (on, self.instant(on) + Duration::minutes(1))
            } else {
                (cycle.starts_on, self.rule.starts_at(&cycle)? + Duration::minutes(2))
            };
            self.steps.push(Step { at, on, what: What::Cycle(key) });
            if let Some(previous) = previous {
                self.invoice(on, Which::Monthly(previous), Some(Which::Monthly(key)));
            }
            previous = Some(key);
            key = key.next();
        }
    }

    /// From issue to the end.
    fn invoice(&mut self, on: Date, which: Which, next: Option<Which>) {
        self.push(on, What::Invoice(which, Deed::Issue));
        self.push(on, What::Invoice(which, Deed::Send));
        // Credit of a monthly invoice waits until the next one is issued.
        let next_is_later = matches!(which, Which::Monthly(_));
        for (after, deed) in fate(&mut self.dice, next) {
            let wait = match deed {
                Deed::MoveCredit(_) if next_is_later => after.max(33),
                _ => after,
            };
            let on = on.checked_add(Duration::days(wait)).unwrap_or(Date::MAX);
            self.push(on, What::Invoice(which, deed));
        }
    }

    /// Many in the first weeks, then some every month; some leave, some come back.
    fn patients(&mut self) {
        let mut number = 0;
        for month in 0..=self.months {
            let coming = match month {
                0 => self.org.patients,
                _ => self.dice.between(3, 6),
            };
            for _ in 0..coming {
                let day = month * 30 + self.dice.between(1, 28);
                self.one_patient(number, day);
                number += 1;
            }
        }
    }

    fn one_patient(&mut self, index: usize, day: i64) {
        let mut day = self.awake(day);
        self.push(self.day(day), What::Activate(index));
        // Some change their minds more than once.
        for _ in 0..3 {
            if !self.dice.percent(28) {
                return;
            }
            day += self.dice.between(25, 200);
            day = self.awake(day);
            self.push(self.day(day), What::Deactivate(index));
            if !self.dice.percent(45) {
                return;
            }
            day += self.dice.between(4, 90);
            day = self.awake(day);
            self.push(self.day(day), What::Activate(index));
        }
    }

    fn setup_fee(&mut self) {
        let on = self.day(1);
        self.push(on, What::Invoice(Which::SetupFee, Deed::Draft(Vec::new())));
        self.invoice(on, Which::SetupFee, None);
    }

    /// A few single charges every month, some with several lines.
    fn one_offs(&mut self) {
        let mut number = 0;
        for month in 0..=self.months {
            for _ in 0..self.dice.between(2, 5) {
                number += 1;
                let which = Which::OneOff(number);
                let day = month * 30 + self.dice.between(2, 29);
                let on = self.day(day);
                let lines = self.lines();
                self.push(on, What::Invoice(which, Deed::Draft(lines)));
                self.invoice(on, which, None);
            }
        }
    }

    fn lines(&mut self) -> Vec<i64> {
        let typical = self.org.charge_minor;
        let count = self.dice.between(1, 3);
        // Prices end in round figures.
        let price = |dice: &mut Dice| dice.between(4, 30) * typical / 1_000 * 50;
        (0..count).map(|_| price(&mut self.dice).max(50)).collect()
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::super::orgs::ORGS;
    use super::super::step::Correction;
    use super::*;

    const UNTIL: Date = date!(2026 - 06 - 30);

    #[test]
    fn a_history_is_the_same_every_time_and_in_order() {
        for org in &ORGS {
            let (one, other) = (plan(org, UNTIL, 18).unwrap(), plan(org, UNTIL, 18).unwrap());
            assert_eq!(one.steps, other.steps);
            assert!(one.steps.is_sorted_by_key(|step| step.at));
            assert!(one.steps.iter().all(|step| step.on <= UNTIL && step.at > one.opened_at));
        }
    }

    #[test]
    fn a_history_has_eighteen_whole_cycles_and_the_running_one() {
        for org in &ORGS {
            let steps = plan(org, UNTIL, 18).unwrap().steps;
            let cycles = steps.iter().filter(|step| matches!(step.what, What::Cycle(_)));
            assert_eq!(cycles.count(), 19, "{}", org.name);
        }
    }

    #[test]
    fn nobody_is_activated_while_billing_rests() {
        for org in &ORGS {
            let mut resting = false;
            for step in plan(org, UNTIL, 18).unwrap().steps {
                match step.what {
                    What::Pause(_) => resting = true,
                    What::Resume => resting = false,
                    What::Activate(_) | What::Cycle(_) => assert!(!resting, "{step:?}"),
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn every_kind_of_trouble_happens_somewhere() {
        let steps: Vec<What> = ORGS
            .iter()
            .flat_map(|org| plan(org, UNTIL, 18).unwrap().steps)
            .map(|step| step.what)
            .collect();
        let happens = |what: fn(&Deed) -> bool| {
            steps.iter().any(|step| matches!(step, What::Invoice(_, deed) if what(deed)))
        };
        assert!(happens(|deed| matches!(deed, Deed::Overdue)));
        assert!(happens(|deed| matches!(deed, Deed::ReportPaid)));
        assert!(happens(|deed| matches!(deed, Deed::Reverse(_))));
        assert!(happens(|deed| matches!(deed, Deed::Reconcile)));
        assert!(happens(|deed| matches!(deed, Deed::SettleRefund(_))));
        assert!(happens(|deed| matches!(deed, Deed::FailRefund(_))));
        assert!(happens(|deed| matches!(deed, Deed::RefundCredit(_))));
        assert!(happens(|deed| matches!(deed, Deed::MoveCredit(_))));
        assert!(happens(|deed| matches!(deed, Deed::WriteOff(_))));
        assert!(happens(|deed| matches!(deed, Deed::Cancel(_))));
        let corrected = |what: fn(&Correction) -> bool| {
            steps.iter().any(
                |step| matches!(step, What::Invoice(_, Deed::Correct(correction)) if what(correction)),
            )
        };
        assert!(corrected(|how| matches!(how, Correction::CreditNote { .. })));
        assert!(corrected(|how| matches!(how, Correction::VoidCreditNote(_))));
        assert!(corrected(|how| matches!(how, Correction::CancelRefund(_))));
        assert!(corrected(|how| matches!(how, Correction::ReverseWriteOff)));
        assert!(corrected(|how| matches!(how, Correction::WinDispute)));
        assert!(corrected(|how| matches!(how, Correction::LoseDispute)));
    }
}
