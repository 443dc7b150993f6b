//! Laws: whatever anyone orders, in whatever order and however often.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::{Decider, StoredEvent, recorded::LedgerEvent};

fn some_units() -> impl Strategy<Value = String> {
    (0..9_000_i64).prop_map(|thousandths| Decimal::new(thousandths, 3).to_string())
}

fn some_span() -> impl Strategy<Value = Span> {
    (1..20_u8, 0..12_u8).prop_map(|(first, more)| Span {
        ends_on: MARCH.starts_on.replace_day(first + more).unwrap(),
        starts_on: MARCH.starts_on.replace_day(first).unwrap(),
    })
}

fn any_command() -> impl Strategy<Value = PriorAuthCommand> {
    let certification = prop_oneof![
        Just(Certification::InFull),
        Just(Certification::InPart),
        Just(Certification::Modified)
    ];
    let day = (1..32_u8).prop_map(|day| MARCH.starts_on.replace_day(day).unwrap());
    let day_again = day.clone();
    prop_oneof![
        2 => Just(request()),
        1 => Just(pend()),
        3 => (some_units(), some_span(), certification)
            .prop_map(|(of, span, certification)| approval(&of, span, certification)),
        3 => some_units().prop_map(|of| approve(&of)),
        1 => Just(deny()),
        8 => (1..6_u128, day, some_units()).prop_map(|(line, day, of)| draw(line, day, &of)),
        4 => (1..6_u128, day_again, some_units())
            .prop_map(|(line, day, of)| draw_or_wait(line, day, &of)),
        3 => (1..6_u128).prop_map(give_back),
        1 => (25..32_u8).prop_map(|day| expire(MARCH.starts_on.replace_day(day).unwrap())),
        1 => Just(mark_used()),
        1 => Just(cancel()),
    ]
}

fn any_history() -> impl Strategy<Value = Vec<PriorAuthCommand>> {
    prop::collection::vec(any_command(), 0..30)
        .prop_map(|commands| [request()].into_iter().chain(commands).collect())
}

/// Which states may follow a state (`mod.rs`).
fn may_follow(before: Status, after: Status) -> bool {
    use Status::{
        Approved, Canceled, Denied, Expired, Modified, PartlyApproved, Pended, Requested,
        Unrequested, Used,
    };
    let approved = matches!(after, Approved | PartlyApproved | Modified);
    match before {
        Unrequested => after == Requested,
        Requested => approved || matches!(after, Pended | Denied | Canceled),
        Pended => approved || matches!(after, Denied | Canceled),
        Denied => approved,
        Approved | PartlyApproved | Modified => {
            approved || matches!(after, Used | Expired | Canceled)
        }
        Expired => approved || matches!(after, Used | Canceled),
        Used => approved || after == Canceled,
        Canceled => false,
    }
}

proptest! {
    #[test]
    fn never_more_is_drawn_than_approved(commands in any_history()) {
        let mut auth = PriorAuth::default();
        for command in commands {
            for event in auth.decide(command).unwrap_or_default() {
                auth.apply(event);
            }
            let drawn = auth.drawn.values().fold(Units::ZERO, |sum, drawn| {
                sum.plus(drawn.units).unwrap()
            });
            let approved = auth.approval().map_or(Units::ZERO, |approval| approval.units);
            prop_assert_eq!(approved.minus(drawn), Some(auth.units_left()));
            let span = auth.approval().map(|approval| approval.span);
            let inside = |drawn: &aggregate::Drawn| span.unwrap().contains(drawn.service_on);
            prop_assert!(auth.drawn.values().all(inside));
        }
    }

    #[test]
    fn it_goes_only_where_the_diagram_goes(commands in any_history()) {
        let mut auth = PriorAuth::default();
        for command in commands {
            let before = auth.status();
            for event in auth.decide(command).unwrap_or_default() {
                auth.apply(event);
            }
            prop_assert!(before == auth.status() || may_follow(before, auth.status()));
        }
    }

    #[test]
    fn an_event_heard_twice_changes_nothing_and_is_read_as_it_was_written(
        commands in any_history()
    ) {
        let mut auth = PriorAuth::default();
        for command in commands {
            for event in auth.decide(command).unwrap_or_default() {
                auth.apply(event.clone());
                let once = auth.clone();
                auth.apply(event.clone());
                prop_assert_eq!(&auth, &once);
                let bytes = event.encode().unwrap();
                let read = LedgerEvent::decode(event.name(), event.version(), &bytes).unwrap();
                prop_assert_eq!(read, event.into());
            }
            let kept = serde_json::to_string(&auth).unwrap();
            prop_assert_eq!(&serde_json::from_str::<PriorAuth>(&kept).unwrap(), &auth);
        }
    }

    #[test]
    fn a_command_given_twice_has_no_second_effect(commands in any_history()) {
        let mut auth = PriorAuth::default();
        for command in commands {
            let Ok(events) = auth.decide(command.clone()) else { continue };
            events.into_iter().for_each(|event| auth.apply(event));
            prop_assert_eq!(auth.decide(command).unwrap_or_default(), vec![]);
        }
    }
}
