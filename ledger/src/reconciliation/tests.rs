//! A clean statement of a random history raises nothing; each fault raises its class.

use proptest::prelude::*;
use time::{Date, Duration, OffsetDateTime, macros::date};
use uuid::Uuid;

use super::*;
use crate::{
    books::{EntryKind, EntryLine, Side as Column},
    journal::Account,
    values::{Currency, Money, OrgId},
};

const ORG: OrgId = OrgId(Uuid::from_u128(0xda1b));
const TERMS: Terms = Terms { from: date!(2026 - 01 - 01), through: date!(2026 - 12 - 31), days: 3 };

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD)
}

/// As the store would name a provider's object.
fn name(id: &str) -> Uuid {
    Uuid::new_v5(&ORG.0, id.as_bytes())
}

fn at(day: Date) -> OffsetDateTime {
    day.midnight().assume_utc()
}

fn movement(kind: LineKind, number: u128, amount: Money, on: Date) -> Movement {
    Movement {
        kind,
        id: Uuid::from_u128(number),
        payment_id: Some(Uuid::from_u128(number)),
        invoice_id: Some(Uuid::from_u128(number + 1_000)),
        names: Vec::new(),
        amount,
        fee: None,
        tax: None,
        on,
        state: MovementState::Settled,
    }
}

fn line(kind: LineKind, number: u128, gross: Money, on: Date) -> Line {
    Line {
        id: format!("txn_{kind:?}{number}"),
        kind,
        source: Some(format!("obj_{kind:?}{number}")),
        references: Vec::new(),
        gross,
        fee: Money::zero(gross.currency()),
        net: gross,
        tax: None,
        created: at(on),
        available_on: None,
        status: LineStatus::Available,
        payout: None,
        org: None,
        invoice_id: None,
        refund_id: None,
    }
}

fn named(line: &Line) -> NamedLine {
    let mut named = NamedLine::new(line.clone(), line.created.date(), name);
    named.names.push(entry_id(ORG, line.kind, named.object));
    named.names.push(entry_id(ORG, LineKind::Fee, named.name));
    named
}

fn run(lines: &[Line], movements: &[Movement]) -> Vec<Difference> {
    compare(&lines.iter().map(named).collect::<Vec<_>>(), movements, &TERMS).differences
}

fn classes(differences: &[Difference]) -> Vec<Class> {
    differences.iter().map(|difference| difference.class).collect()
}

/// A history in numbers: what, how much, on which day, and whether the log knows the provider's
/// name of it.
type Step = (u8, u16, u16, bool);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec((0_u8..6, 1_u16..60_000, 10_u16..340, any::<bool>()), 1..40)
}

/// The log of a history, and the clean statement of it.
fn history(steps: &[Step]) -> (Vec<Line>, Vec<Movement>) {
    let (mut lines, mut movements) = (Vec::new(), Vec::new());
    for (number, (what, amount, day, known)) in (1_u128..).zip(steps) {
        let on = TERMS.from + Duration::days(i64::from(*day));
        let (kind, sign) = match what {
            0 | 1 => (LineKind::Charge, 1),
            2 => (LineKind::Refund, -1),
            3 => (LineKind::Dispute, -1),
            4 => (LineKind::DisputeReversal, 1),
            _ => (LineKind::Payout, -1),
        };
        let amount = usd(sign * i64::from(*amount));
        let mut stated = line(kind, number, amount, on);
        let mut moved = movement(kind, number, amount, on);
        if kind == LineKind::Payout {
            moved.id = entry_id(ORG, kind, name(stated.source.as_deref().unwrap()));
        } else if *known {
            moved.names.push(name(stated.source.as_deref().unwrap()));
        } else {
            stated.invoice_id = moved.invoice_id;
        }
        if kind == LineKind::Charge {
            (moved.tax, stated.tax) = (Some(usd(5)), Some(usd(5)));
        }
        lines.push(stated);
        movements.push(moved);
    }
    (lines, movements)
}

proptest! {
    #[test]
    fn a_clean_statement_in_whatever_order_raises_nothing(steps in steps(), turn in 0_usize..40) {
        let (mut lines, movements) = history(&steps);
        prop_assert_eq!(run(&lines, &movements), vec![]);
        let count = lines.len();
        lines.rotate_left(turn % count);
        lines.reverse();
        prop_assert_eq!(run(&lines, &movements), vec![]);
    }

    #[test]
    fn every_fault_raises_its_class_and_nothing_else(
        steps in steps(), which in 0_usize..40, fault in 0_u8..9,
    ) {
        let (mut lines, mut movements) = history(&steps);
        let which = which % lines.len();
        let learned = lines[which].kind == LineKind::Payout;
        let expected = match fault {
            0 => {
                lines.remove(which);
                Some(Class::MissingThere)
            }
            1 => {
                movements.remove(which);
                // A payout is learned from the statement: an entry is proposed for it.
                (!learned).then_some(Class::MissingHere)
            }
            2 => {
                lines.push(lines[which].clone());
                Some(Class::Duplicate)
            }
            3 => {
                let again = Line { id: "txn_again".to_owned(), ..lines[which].clone() };
                let by_name = !learned && movements[which].names.is_empty();
                lines.push(again);
                // Known by its invoice only, a second line is another payment of it.
                Some(if by_name { Class::MissingHere } else { Class::Duplicate })
            }
            4 => {
                lines[which].gross = usd(lines[which].gross.minor() + 1);
                Some(Class::Amount)
            }
            5 => {
                let minor = lines[which].gross.minor();
                lines[which].gross = Money::from_minor(minor, "CAD".parse().unwrap());
                Some(Class::Currency)
            }
            6 => {
                lines[which].created += Duration::days(TERMS.days + 1);
                // A payout is booked on a day of our own.
                (!learned).then_some(Class::Timing)
            }
            7 => {
                lines[which].status = LineStatus::Failed;
                Some(Class::Status)
            }
            _ => {
                movements[which].state = MovementState::Pending;
                Some(Class::Status)
            }
        };
        let found = run(&lines, &movements);
        prop_assert_eq!(classes(&found), expected.into_iter().collect::<Vec<_>>());
        // Found again, in another order, it is the same difference.
        lines.reverse();
        let again = run(&lines, &movements);
        let keys = |found: &[Difference]| -> Vec<Uuid> {
            found.iter().map(|difference| difference.exception_id(ORG, "stripe").uuid()).collect()
        };
        prop_assert_eq!(keys(&found), keys(&again));
    }

    /// Entries balance, name the payout, and are proposed once.
    #[test]
    fn what_is_proposed_balances_and_is_proposed_until_it_is_booked(steps in steps()) {
        let (lines, _) = history(&steps);
        let named: Vec<NamedLine> = lines.iter().map(named).collect();
        let proposals = propose(ORG, &named, &[], true);
        let payouts = lines.iter().filter(|line| line.kind == LineKind::Payout).count();
        prop_assert_eq!(proposals.len(), payouts);
        let mut booked = Vec::new();
        for proposal in &proposals {
            let sum: i64 = proposal.lines.iter().map(|line| match line.side {
                Column::Debit => line.amount.minor(),
                Column::Credit => -line.amount.minor(),
            }).sum();
            prop_assert_eq!(sum, 0);
            let on = proposal.business_on;
            booked.push(Movement {
                id: proposal.entry_id,
                ..movement(LineKind::Payout, 0, usd(-1), on)
            });
        }
        prop_assert!(propose(ORG, &named, &booked, true).is_empty());
    }
}

/// `vectors/journal-entries.json` A7.
#[test]
fn a_payout_carries_the_fees_of_what_it_paid_out() {
    let day = date!(2026 - 03 - 04);
    let mut charge = line(LineKind::Charge, 1, usd(18_270), day);
    charge.fee = usd(573);
    charge.payout = Some("po_1".to_owned());
    let mut payout = line(LineKind::Payout, 2, usd(-17_697), day);
    payout.source = Some("po_1".to_owned());
    let lines: Vec<NamedLine> = [&charge, &payout].into_iter().map(named).collect();
    let proposals = propose(ORG, &lines, &[], true);
    let [proposal] = proposals.as_slice() else { panic!("{proposals:?}") };
    assert_eq!((proposal.kind, proposal.reference.as_str()), (EntryKind::Payout, "po_1"));
    let entry = |account, minor, side| EntryLine { account, amount: usd(minor), side };
    assert_eq!(
        proposal.lines,
        [
            entry(Account::Cash, 17_697, Column::Debit),
            entry(Account::ProcessingFees, 573, Column::Debit),
            entry(Account::StripeClearing, 18_270, Column::Credit),
        ]
    );
    // Without payouts in the statement the fee is booked for itself, and is no line of its own.
    charge.payout = None;
    let lines = [named(&charge)];
    assert!(propose(ORG, &lines, &[], true).is_empty(), "it waits for its payout");
    let proposals = propose(ORG, &lines, &[], false);
    let booked =
        Movement { id: proposals[0].entry_id, ..movement(LineKind::Fee, 0, usd(-573), day) };
    let charged = movement(LineKind::Charge, 1, usd(18_270), day);
    assert!(propose(ORG, &lines, std::slice::from_ref(&booked), false).is_empty());
    assert!(classes(&compare(&lines, &[charged, booked], &TERMS).differences).is_empty());
}

#[test]
fn a_payment_without_a_name_is_matched_by_its_amount_where_only_one_fits() {
    let day = date!(2026 - 03 - 04);
    let charge = line(LineKind::Charge, 1, usd(500), day);
    let paid = movement(LineKind::Charge, 7, usd(500), day);
    assert!(run(std::slice::from_ref(&charge), std::slice::from_ref(&paid)).is_empty());
    let twin = line(LineKind::Charge, 2, usd(500), day);
    let found = run(&[charge, twin], &[paid]);
    assert_eq!(
        classes(&found),
        [Class::MissingHere, Class::MissingHere, Class::MissingThere],
        "nobody guesses"
    );
}

#[test]
fn a_refund_is_matched_by_the_payment_that_its_line_names() {
    let day = date!(2026 - 03 - 04);
    let mut paid = movement(LineKind::Charge, 1, usd(500), day);
    paid.names.push(name("obj_Charge1"));
    let mut returned = movement(LineKind::Refund, 2, usd(-200), day);
    returned.payment_id = paid.payment_id;
    let mut refund = line(LineKind::Refund, 3, usd(-200), day);
    let charge = line(LineKind::Charge, 1, usd(500), day);
    let both = [paid, returned];
    assert_eq!(
        classes(&run(&[charge.clone(), refund.clone()], &both)),
        [Class::MissingHere, Class::MissingThere]
    );
    refund.references.push("obj_Charge1".to_owned());
    assert!(run(&[charge, refund], &both).is_empty());
}

#[test]
fn taxes_and_fees_that_differ_are_told_apart() {
    let day = date!(2026 - 03 - 04);
    let mut charge = line(LineKind::Charge, 1, usd(500), day);
    charge.tax = Some(usd(24));
    let mut paid = movement(LineKind::Charge, 1, usd(500), day);
    paid.names.push(name("obj_Charge1"));
    paid.tax = Some(usd(25));
    assert_eq!(classes(&run(&[charge], &[paid])), [Class::Tax]);
    let mut dispute = line(LineKind::Dispute, 2, usd(-500), day);
    dispute.fee = usd(1_500);
    let mut disputed = movement(LineKind::Dispute, 2, usd(-500), day);
    disputed.names.push(name("obj_Dispute2"));
    disputed.fee = Some(usd(1_000));
    assert_eq!(classes(&run(&[dispute], &[disputed])), [Class::Amount]);
}

#[test]
fn what_may_stand_in_the_neighbouring_statement_is_not_missed() {
    for (on, missed) in [
        (date!(2025 - 12 - 31), false),
        (date!(2026 - 01 - 02), false),
        (date!(2026 - 01 - 04), true),
        (date!(2026 - 12 - 28), true),
        (date!(2026 - 12 - 30), false),
    ] {
        let found = run(&[], &[movement(LineKind::Charge, 1, usd(500), on)]);
        assert_eq!(!found.is_empty(), missed, "{on}");
        assert_eq!(TERMS.would_find(Class::MissingThere, on), missed);
    }
}
