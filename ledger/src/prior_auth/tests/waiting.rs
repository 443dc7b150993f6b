//! Claim lines that want units which the payer has not allowed yet.

use proptest::prelude::*;

use super::*;
use crate::Decider;

const DAY: Date = date!(2026 - 03 - 05);

fn deferred(number: u128, of: &str, waiting: &str) -> PriorAuthEvent {
    let (units, units_waiting) = (units(of), units(waiting));
    DrawDeferred { claim_line_id: line(number), service_on: DAY, units, units_waiting }.into()
}

fn released(number: u128, of: &str, waiting: &str) -> PriorAuthEvent {
    let (units, units_waiting) = (units(of), units(waiting));
    DrawReleased { claim_line_id: line(number), units, units_waiting }.into()
}

#[test]
fn a_line_before_the_approval_waits_and_takes_its_units_with_it() {
    given(&[request()])
        .when(draw_or_wait(1, DAY, "2"))
        .then_expect_events(vec![deferred(1, "2", "2")]);
    let known = [request(), draw_or_wait(1, DAY, "2"), draw_or_wait(2, DAY, "7")];
    let events = history(&[&known[..], &[approve("8")]].concat()).split_off(known.len() + 1);
    assert_eq!(events, [released(1, "2", "7"), drawn(1, DAY, "2", "6")]);
    // The second is too large; an extension lets it in.
    let all = after(&[&known[..], &[approve("8"), approve("10")]].concat());
    assert_eq!((all.units_left(), all.waiting()), (units("1"), &[][..]));
}

#[test]
fn waiting_twice_is_waiting_once_and_with_other_units_it_is_refused() {
    let known = [request(), draw_or_wait(1, DAY, "2")];
    given(&known).when(draw_or_wait(1, DAY, "2")).then_expect_events(vec![]);
    let error = PriorAuthError::DrawnOtherwise {
        claim_line_id: line(1),
        service_on: DAY,
        units: units("2"),
    };
    given(&known).when(draw_or_wait(1, DAY, "3")).then_expect_error(error);
}

#[test]
fn other_days_may_come_and_a_canceled_authorization_may_not() {
    let outside = date!(2026 - 04 - 02);
    let known = [request(), approve("8"), draw_or_wait(1, outside, "2")];
    let april = Span { ends_on: date!(2026 - 04 - 30), ..MARCH };
    let longer = approval("8", april, Certification::InFull);
    assert_eq!(after(&[&known[..], &[longer]].concat()).units_left(), units("6"));
    given(&[request(), cancel()])
        .when(draw_or_wait(1, DAY, "2"))
        .then_expect_error(PriorAuthError::NotApproved { status: Status::Canceled });
    given(&[]).when(draw_or_wait(1, DAY, "2")).then_expect_error(PriorAuthError::Unknown);
}

#[test]
fn what_a_line_gives_back_goes_to_whoever_waits() {
    let known = [request(), approve("8"), draw(1, DAY, "5"), draw_or_wait(2, DAY, "4")];
    let then = after(&[&known[..], &[give_back(1)]].concat());
    assert_eq!((then.units_left(), then.waiting()), (units("4"), &[][..]));
    assert!(then.drawn_by(line(2)).is_some());
}

#[test]
fn a_line_that_stands_no_longer_waits_no_longer() {
    let known = [request(), draw_or_wait(1, DAY, "2"), draw_or_wait(2, DAY, "3")];
    given(&known).when(give_back(1)).then_expect_events(vec![released(1, "2", "3")]);
    let approved = after(&[&known[..], &[give_back(1), approve("8")]].concat());
    assert_eq!((approved.units_left(), approved.drawn_by(line(1))), (units("5"), None));
}

/// A draw as the policy gives it: now, or waiting.
fn wanted(number: u128, thousandths: i64) -> PriorAuthCommand {
    let of = rust_decimal::Decimal::new(thousandths, 3).to_string();
    draw_or_wait(number, DAY, &of)
}

proptest! {
    /// The payer's word may come before, between or after the claims, and grow until it suffices.
    #[test]
    fn the_order_of_claims_and_approvals_does_not_change_what_is_used(
        wants in prop::collection::vec(1..4_000_i64, 0..8),
        first in 1..12_000_i64,
        (one, other) in (0..9_usize, 0..9_usize),
        suffices in any::<bool>(),
    ) {
        let total: i64 = wants.iter().sum();
        let claims: Vec<PriorAuthCommand> =
            (1..).zip(&wants).map(|(number, want)| wanted(number, *want)).collect();
        let of = |thousandths: i64| approve(&rust_decimal::Decimal::new(thousandths, 3).to_string());
        let mut words = vec![(one.min(claims.len()), of(first))];
        if suffices && total > first {
            words.push((one.max(other).min(claims.len()), of(total)));
        }
        let mut mixed = vec![request()];
        for place in 0..=claims.len() {
            let here = words.iter().filter(|(at, _)| *at == place);
            mixed.extend(here.map(|(_, word)| word.clone()));
            mixed.extend(claims.get(place).cloned());
        }
        let words = words.iter().map(|(_, word)| word.clone());
        let in_order: Vec<_> = [request()].into_iter().chain(words).chain(claims).collect();
        let (mixed, in_order) = (after(&mixed), after(&in_order));
        prop_assert_eq!(mixed.units_left(), in_order.units_left());
        prop_assert_eq!(&mixed.drawn, &in_order.drawn);
        prop_assert_eq!(mixed.waiting(), in_order.waiting());
    }

    /// Whoever waits cannot have it: nobody is forgotten.
    #[test]
    fn nobody_waits_for_what_is_there(
        steps in prop::collection::vec((1..7_u128, 1..4_000_i64, 0..4_u8), 0..30)
    ) {
        let mut auth = PriorAuth::default();
        let mut approved = 0;
        for (number, want, what) in [(0, 0, 9)].into_iter().chain(steps) {
            let command = match what {
                9 => request(),
                0 => give_back(number),
                1 => {
                    approved += want;
                    approve(&rust_decimal::Decimal::new(approved, 3).to_string())
                }
                _ => wanted(number, want),
            };
            for event in auth.decide(command).unwrap_or_default() {
                auth.apply(event);
            }
            let can_have = |draw: &Draw| auth.approval().is_some() && draw.units <= auth.units_left();
            prop_assert!(!auth.waiting().iter().any(can_have), "{:?}", auth.waiting());
            prop_assert!(auth.waiting().iter().all(|draw| !auth.drawn.contains_key(&draw.claim_line_id)));
        }
    }
}
