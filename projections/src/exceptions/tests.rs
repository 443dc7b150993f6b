//! Raised, assigned, settled, back again.

use ledger::{
    exception::{Assigned, ExceptionEvent, Raised, Reopened, Resolution, Resolved},
    reconciliation::{Between, Class, Item, Side},
};
use time::macros::date;
use uuid::Uuid;

use super::{Exceptions, Row, Stands};
use crate::{
    engine::{Word, fold},
    testing::{INVOICE, PAYMENT, log, sealed, usd},
};

const ID: Uuid = Uuid::from_u128(70);

fn raised() -> Raised {
    Raised {
        between: Between::LogAndProvider,
        class: Class::Amount,
        happened_on: date!(2026 - 02 - 03),
        invoice_id: Some(INVOICE),
        item: Item::Payment,
        key: Uuid::from_u128(71),
        movement_id: Some(PAYMENT),
        noticed_on: date!(2026 - 02 - 09),
        ours: Side::of(usd(500)),
        owner: "finance".parse().unwrap(),
        provider: "stripe".parse().unwrap(),
        provider_id: Some(sealed("provider_id")),
        run_id: Uuid::from_u128(72),
        theirs: Side::of(usd(400)),
    }
}

fn row(more: Vec<ExceptionEvent>) -> Row {
    let mut events = vec![ExceptionEvent::from(raised())];
    events.extend(more);
    fold::<Exceptions>(&log(ID, events))[&ID].0.clone()
}

fn resolved() -> ExceptionEvent {
    Resolved {
        note: Some(sealed("note")),
        reason_code: "short".parse().unwrap(),
        resolution: Resolution::Corrected,
        resolved_on: date!(2026 - 02 - 11),
        run_id: None,
    }
    .into()
}

#[test]
fn it_is_about_the_gap_between_both_sides() {
    let row = row(vec![]);
    assert_eq!((row.status, row.amount_minor), (Word(Stands::Open), -100));
    assert_eq!((row.ours_minor, row.theirs_minor), (Some(500), Some(400)));
    assert_eq!((row.owner.as_str(), row.raised_position), ("finance", 1));
}

#[test]
fn it_goes_from_desk_to_desk_is_settled_and_comes_back() {
    let assigned = Assigned {
        assigned_on: date!(2026 - 02 - 10),
        owner: "treasury".parse().unwrap(),
        previous: "finance".parse().unwrap(),
    };
    let settled = row(vec![assigned.into(), resolved()]);
    assert_eq!((settled.owner.as_str(), settled.version), ("treasury", 3));
    assert_eq!(settled.status, Word(Stands::Resolved));
    assert_eq!(settled.resolution, Some(Word(Resolution::Corrected)));
    assert!(settled.note.is_some());
    let back = Reopened {
        reason_code: "found_again".parse().unwrap(),
        reopened_on: date!(2026 - 02 - 12),
        run_id: None,
    };
    let back = row(vec![resolved(), back.into()]);
    assert_eq!((back.status, back.times_reopened), (Word(Stands::Open), 1));
    assert_eq!((back.resolution, back.resolved_on), (None, None));
    assert_eq!(back.noticed_on, date!(2026 - 02 - 09), "its age goes on");
}
