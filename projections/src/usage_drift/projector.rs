//! What each event means for the usage of a month.

use ledger::{
    operation::{Metric, OperationEvent, Standing},
    patient_activation::PatientActivationEvent,
    recorded::{LedgerEvent, Recorded},
    values::CycleKey,
};
use time::OffsetDateTime;

use super::{Row, rows::CURRENT};
use crate::engine::{ReadModel, Word};

/// See the module.
pub struct UsageDrift;

/// What an event means for one metric and month, and when it was learned.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    key: (Word<Metric>, String),
    at: OffsetDateTime,
    what: What,
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    Counted { delta: i64, late: bool },
    LateFact,
    Counter { value: i64 },
}

impl ReadModel for UsageDrift {
    const NAME: &'static str = "usage_drift";
    const VERSION: i32 = 1;
    type Key = (Word<Metric>, String);
    type Change = Change;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        event_type.starts_with("billing.operation.")
            || event_type == "billing.patient_activation.cycle_billed"
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(Self::Key, Change)>) {
        let mut tell = |metric, month, what| {
            let key = key(metric, month);
            out.extend([(key.clone(), Change { key, at: event.recorded_at, what })]);
        };
        match &event.event {
            LedgerEvent::Operation(happened) => of_operation(happened, &mut tell),
            LedgerEvent::PatientActivation(PatientActivationEvent::CycleBilled(billed)) => {
                let what = What::Counted { delta: 1, late: false };
                tell(Metric::PatientActivations, Some(billed.cycle), what);
            }
            LedgerEvent::PatientActivation(
                PatientActivationEvent::Activated(_)
                | PatientActivationEvent::Deactivated(_)
                | PatientActivationEvent::Reactivated(_),
            )
            | LedgerEvent::Books(_)
            | LedgerEvent::Claim(_)
            | LedgerEvent::Delegation(_)
            | LedgerEvent::Exception(_)
            | LedgerEvent::Facesheet(_)
            | LedgerEvent::Import(_)
            | LedgerEvent::Switch(_)
            | LedgerEvent::Invoice(_)
            | LedgerEvent::PriorAuth(_)
            | LedgerEvent::Remittance(_)
            | LedgerEvent::Statement(_)
            | LedgerEvent::Subject(_)
            | LedgerEvent::Subscription(_) => {}
        }
    }

    fn fold(row: &mut Option<Row>, change: Change) {
        let row = row.get_or_insert_with(|| begun(&change));
        row.updated_at = change.at;
        // Saturation is beyond any number of things there can be.
        match change.what {
            What::Counted { delta, late } => {
                row.computed = row.computed.saturating_add(delta);
                if late {
                    row.late_change = row.late_change.saturating_add(delta);
                }
            }
            What::LateFact => row.late_facts += 1,
            What::Counter { value } => row.recorded = Some(value),
        }
        row.drift = row.recorded.map(|recorded| recorded.saturating_sub(row.computed));
    }
}

fn of_operation(happened: &OperationEvent, tell: &mut impl FnMut(Metric, Option<CycleKey>, What)) {
    let note = happened.note();
    for change in &note.changes {
        let what = What::Counted { delta: change.delta, late: change.late };
        tell(change.metric, change.month, what);
    }
    for late in &note.late {
        tell(late.metric, Some(late.month), What::LateFact);
    }
    if let OperationEvent::UsageCounterRecorded(counter) = happened
        && note.standing != Standing::Superseded
    {
        let fact = &counter.fact;
        tell(fact.metric, Some(fact.month), What::Counter { value: fact.value });
    }
}

fn key(metric: Metric, month: Option<CycleKey>) -> (Word<Metric>, String) {
    let month = month.filter(|_| !metric.is_current());
    (Word(metric), month.map_or_else(|| CURRENT.to_owned(), |month| month.to_string()))
}

fn begun(change: &Change) -> Row {
    let (metric, month) = change.key.clone();
    Row {
        metric,
        month,
        computed: 0,
        recorded: None,
        drift: None,
        late_facts: 0,
        late_change: 0,
        updated_at: change.at,
    }
}
