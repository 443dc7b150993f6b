//! What each event means for an exception's row.

use ledger::{
    exception::{ExceptionEvent, Raised},
    recorded::{LedgerEvent, Recorded},
    values::{Code, Money},
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Row, Stands};
use crate::{
    answers::closed,
    engine::{ReadModel, Word},
};

/// See the module.
pub struct Exceptions;

/// What an event means for an exception, and its envelope.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    id: Uuid,
    at: OffsetDateTime,
    position: i64,
    sequence: i64,
    what: Box<ExceptionEvent>,
}

impl ReadModel for Exceptions {
    const NAME: &'static str = "exceptions";
    const VERSION: i32 = 1;
    type Key = Uuid;
    type Change = Change;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        event_type.starts_with("billing.exception.")
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(Uuid, Change)>) {
        let LedgerEvent::Exception(happened) = &event.event else { return };
        let change = Change {
            id: event.aggregate_id,
            at: event.recorded_at,
            position: event.position,
            sequence: event.sequence,
            what: Box::new(happened.clone()),
        };
        out.extend([(event.aggregate_id, change)]);
    }

    fn fold(row: &mut Option<Row>, change: Change) {
        if let (None, ExceptionEvent::Raised(raised)) = (&row, &*change.what) {
            *row = Some(begun(raised, &change));
        }
        let row = row.as_mut().expect("an exception is raised before anything else happens");
        row.updated_at = change.at;
        row.version = change.sequence;
        match *change.what {
            ExceptionEvent::Raised(_) => {}
            ExceptionEvent::Assigned(event) => row.owner = event.owner.to_string(),
            ExceptionEvent::Resolved(event) => {
                row.status = Word(Stands::Resolved);
                row.resolution = Some(Word(event.resolution));
                row.reason_code = Some(event.reason_code.to_string());
                row.resolved_on = Some(event.resolved_on);
                row.note = event.note.as_ref().map(closed);
            }
            ExceptionEvent::Reopened(event) => {
                row.status = Word(Stands::Open);
                row.resolution = None;
                row.reason_code = Some(event.reason_code.to_string());
                row.resolved_on = None;
                row.times_reopened += 1;
            }
        }
    }
}

fn begun(raised: &Raised, change: &Change) -> Row {
    let (ours, theirs) = (&raised.ours, &raised.theirs);
    let amount = at_stake(ours.amount, theirs.amount);
    let minor = |amount: Option<Money>| amount.map(Money::minor);
    let currency = |amount: Option<Money>| amount.map(|amount| Word(amount.currency()));
    let word = |status: &Option<Code>| status.as_ref().map(ToString::to_string);
    Row {
        exception_id: change.id,
        status: Word(Stands::Open),
        class: Word(raised.class),
        between_sides: Word(raised.between),
        item: Word(raised.item),
        provider: raised.provider.to_string(),
        owner: raised.owner.to_string(),
        amount_minor: amount.map_or(0, Money::minor),
        currency: currency(amount),
        ours_minor: minor(ours.amount),
        ours_currency: currency(ours.amount),
        ours_on: ours.on,
        ours_status: word(&ours.status),
        theirs_minor: minor(theirs.amount),
        theirs_currency: currency(theirs.amount),
        theirs_on: theirs.on,
        theirs_status: word(&theirs.status),
        invoice_id: raised.invoice_id,
        movement_id: raised.movement_id,
        happened_on: raised.happened_on,
        noticed_on: raised.noticed_on,
        resolution: None,
        reason_code: None,
        resolved_on: None,
        times_reopened: 0,
        run_id: raised.run_id,
        created_at: change.at,
        updated_at: change.at,
        version: change.sequence,
        raised_position: change.position,
        provider_id: raised.provider_id.as_ref().map(closed),
        note: None,
    }
}

/// The gap where both sides name different amounts of one currency, else the amount that is there.
fn at_stake(ours: Option<Money>, theirs: Option<Money>) -> Option<Money> {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => {
            theirs.minus(ours).ok().filter(|gap| !gap.is_zero()).or(Some(theirs))
        }
        (one, other) => other.or(one),
    }
}
