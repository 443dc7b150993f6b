//! What another system tells about the work itself: who works, what is booked, moved, called off
//! and done; some of it late, and counters that do not always agree.

use std::collections::BTreeMap;

use ledger::Refusal;
use ledger::operation::{
    Activity, Booking, BookingState, Fact, JobCompletion, JobState, Kind, Metric, NpsResponse,
    Operation, OperationCommand, Photo, PhotoState, Record, Storage, UsageCounter, Worker,
    operation_id,
};
use ledger::store::{Context, account_id};
use ledger::subscription::{Subscription, SubscriptionError};
use ledger::values::CycleKey;
use time::{Date, Duration, OffsetDateTime, Time};
use uuid::Uuid;

use super::act::{Actress, Trouble};
use super::dice::Dice;
use super::orgs::DemoOrg;
use super::people;
use super::step::What;

/// What is told on a day: the thing's id there, and the fact.
type Telling = (Date, String, Fact);

const WORKERS: i64 = 5;

/// Everything that is told, by so many months from a day on.
pub(super) fn tellings(
    org: &DemoOrg,
    first: Date,
    months: i64,
) -> impl Iterator<Item = (Date, What)> {
    // Chance of its own: nothing else in the history falls otherwise because of this.
    let mut dice = Dice::new(org.seed ^ 0x6f70);
    let day = |number: i64| first.checked_add(Duration::days(number)).unwrap_or(Date::MAX);
    let at = |number: i64, hours: i64| {
        let midnight = day(number).with_time(Time::MIDNIGHT).assume_utc();
        midnight + Duration::hours(i64::from(org.working_hour) + hours)
    };
    let mut told = Vec::new();
    for number in 1..=WORKERS {
        told.push((day(2), format!("W-{number}"), worker(Activity::Active)));
    }
    told.push((day(95), format!("W-{WORKERS}"), worker(Activity::Inactive)));
    told.push((day(3), "fax-pages".to_owned(), Storage { bytes: 48_000_000 }.into()));
    let mut counted: BTreeMap<CycleKey, i64> = BTreeMap::new();
    for month in 0..=months {
        for number in 0..dice.between(6, 12) {
            let id = format!("B-{month}-{number}");
            let start = month * 30 + dice.between(6, 29);
            // Most are told beforehand, a few long after.
            let heard = if dice.percent(6) { start + 40 } else { start - dice.between(1, 5) };
            let mut starts_at = at(start, number % 6);
            told.push((day(heard), id.clone(), booking(starts_at, BookingState::Confirmed)));
            if dice.percent(12) {
                starts_at += Duration::days(dice.between(8, 26));
                let moved = booking(starts_at, BookingState::Confirmed);
                told.push((day(heard + 1), id.clone(), moved));
            }
            if dice.percent(10) {
                let off = booking(starts_at, BookingState::Canceled);
                told.push((day(heard + 2), id, off));
                continue;
            }
            *counted.entry(month_of(starts_at)).or_default() += 1;
            done(&mut told, &mut dice, &id, starts_at);
        }
    }
    counters(&mut told, &mut dice, &counted);
    told.into_iter().map(|(on, entity, fact)| (on, What::Tell(entity, Box::new(fact))))
}

/// The day after: it is done, seen, and sometimes judged.
fn done(told: &mut Vec<Telling>, dice: &mut Dice, booking: &str, starts_at: OffsetDateTime) {
    let ended_at = starts_at + Duration::hours(2);
    let on = (ended_at + Duration::days(1)).date();
    let minutes = Some(dice.between(60, 150));
    let (state, none) = (JobState::Completed, None);
    let job = JobCompletion { booking: none, completed_at: ended_at, minutes, state, worker: none };
    told.push((on, booking.replace('B', "J"), job.into()));
    let bytes = dice.between(900_000, 4_000_000);
    let photo = Photo { booking: none, bytes, state: PhotoState::Stored, taken_at: ended_at };
    told.push((on, booking.replace('B', "P"), photo.into()));
    if dice.percent(40) {
        let (answered_at, score) = (ended_at + Duration::hours(4), dice.between(4, 10));
        let answer = NpsResponse { answered_at, booking: none, comment: None, lead: none, score };
        told.push((on, booking.replace('B', "N"), answer.into()));
    }
}

/// The other system's own counts, a few days into the next month; now and then one too many.
fn counters(told: &mut Vec<Telling>, dice: &mut Dice, counted: &BTreeMap<CycleKey, i64>) {
    for (month, count) in counted {
        let next = month.next();
        let first = time::Month::try_from(next.month)
            .and_then(|month| Date::from_calendar_date(i32::from(next.year), month, 4));
        let value = count + i64::from(dice.percent(20));
        let counter = UsageCounter { metric: Metric::Bookings, month: *month, value };
        told.push((first.unwrap_or(Date::MAX), format!("bookings:{month}"), counter.into()));
    }
}

fn month_of(at: OffsetDateTime) -> CycleKey {
    let year = i16::try_from(at.year()).unwrap_or(i16::MAX);
    CycleKey { year, month: u8::from(at.month()) }
}

fn worker(state: Activity) -> Fact {
    Worker { name: None, role: None, state, team: None }.into()
}

fn booking(starts_at: OffsetDateTime, state: BookingState) -> Fact {
    Booking {
        address: None,
        ends_at: starts_at + Duration::hours(2),
        invoice_id: None,
        lead: None,
        note: None,
        starts_at,
        state,
        team: None,
        worker: None,
    }
    .into()
}

impl Actress<'_> {
    /// Tells a fact, heard as soon as it is said.
    pub(super) async fn tell(
        &self,
        context: Context,
        entity: &str,
        fact: &Fact,
        now: OffsetDateTime,
    ) -> Result<(), Trouble> {
        let (kind, names) = (fact.kind(), self.ledger.names());
        let subject = match kind {
            Kind::Worker => names.subject(self.id, "worker", entity),
            _ => names.subject(self.id, "org", &self.id.to_string()),
        };
        let entity_id = self.seal(&context, subject, "entity_id", entity).await?;
        let mut fact = fact.clone();
        if let Fact::Worker(worker) = &mut fact {
            // Far from the patients' names.
            let index = 700 + entity.bytes().map(usize::from).sum::<usize>();
            let name = people::name(self.org.seed, index);
            worker.name = Some(self.seal(&context, subject, "name", &name).await?);
        }
        let message = Uuid::new_v5(&context.command_id, b"message");
        let id = operation_id(names, self.id, kind, entity);
        let batch = self.ledger.batch(context).then_from::<Operation, Subscription>(
            id,
            account_id(self.id),
            move |account| {
                let unknown = || Box::new(SubscriptionError::Unknown) as Box<dyn Refusal>;
                Ok(OperationCommand::Record(Box::new(Record {
                    content: message,
                    entity_id: entity_id.clone(),
                    fact: fact.clone(),
                    message,
                    now,
                    said_at: now,
                    time_zone: account.cycle_rule().ok_or_else(unknown)?.time_zone.clone(),
                })))
            },
        );
        self.run(batch).await
    }
}
