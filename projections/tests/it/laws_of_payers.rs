//! Laws of what payers and patients owe. No database.

use std::collections::BTreeMap;

use ledger::{
    Decider,
    claim::Claim,
    journal::{Account, postings},
    recorded::{LedgerEvent, Recorded},
};
use projections::{
    claims::Claims,
    engine::fold,
    prior_auths::PriorAuths,
    remittance_claims::{RemittanceClaims, Stands},
    remittances::Remittances,
};
use proptest::prelude::*;
use time::{Date, macros::date};
use uuid::Uuid;

use crate::world::{
    World,
    claims::{content, draft, submit},
    remittances::{answer, receive, reversal},
    steps,
};

const DAY: Date = date!(2026 - 03 - 10);

/// What an account comes to by what happened to claims and payments of payers.
fn balance(events: &[Recorded], account: Account) -> i64 {
    let ours = events
        .iter()
        .filter(|it| matches!(it.event, LedgerEvent::Claim(_) | LedgerEvent::Remittance(_)));
    let lines = ours.flat_map(|event| postings(&event.event));
    let here = lines.filter(|line| line.account == account);
    here.map(|line| line.debit_minor - line.credit_minor).sum()
}

fn hear<A: Decider>(state: &mut A, event: A::Event) {
    state.apply(event);
}

/// Every claim after each of its own events, with the event's position.
fn along_the_way(events: &[Recorded], mut look: impl FnMut(&BTreeMap<Uuid, Claim>, i64)) {
    let mut claims: BTreeMap<Uuid, Claim> = BTreeMap::new();
    for event in events {
        if let LedgerEvent::Claim(happened) = &event.event {
            hear(claims.entry(event.aggregate_id).or_default(), happened.clone());
            look(&claims, event.position);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// What is owed is what was charged less what was paid, taken off and given up.
    #[test]
    fn no_money_of_a_claim_comes_or_goes_unseen(steps in steps(300)) {
        let world = World::after(1, &steps);
        let mut wrong = None;
        along_the_way(&world.events, |claims, position| {
            for money in claims.values().filter_map(Claim::money) {
                let minor = |amount: ledger::values::Money| amount.minor();
                let owed = minor(money.insurance_balance) + minor(money.patient_balance);
                let left = minor(money.charge)
                    - minor(money.insurance_paid)
                    - minor(money.adjusted_insurance)
                    - minor(money.adjusted_patient)
                    - minor(money.patient_paid);
                if owed != left {
                    wrong = wrong.or(Some((position, owed, left)));
                }
            }
        });
        prop_assert_eq!(wrong, None);
    }

    /// The books say of payers what the claims say.
    #[test]
    fn the_books_agree_with_the_claims(steps in steps(300)) {
        let world = World::after(1, &steps);
        let mut sums = (0, 0, 0);
        along_the_way(&world.events, |claims, _| {
            sums = claims.values().filter_map(Claim::money).fold((0, 0, 0), |sums, money| {
                (
                    sums.0 + money.insurance_balance.minor(),
                    // The patient's own money is entered where it comes in.
                    sums.1 + money.patient_balance.minor() + money.patient_paid.minor(),
                    sums.2 + money.insurance_paid.minor(),
                )
            });
        });
        let (insurance, patient, paid) = sums;
        prop_assert_eq!(balance(&world.events, Account::InsuranceReceivables), insurance);
        prop_assert_eq!(balance(&world.events, Account::PatientReceivables), patient);
        let deposits: i64 = world.remittances.values().filter_map(|(held, _)| held.deposit())
            .map(|deposit| deposit.amount.minor())
            .sum();
        prop_assert_eq!(balance(&world.events, Account::Cash), deposits);
        prop_assert!(paid >= 0);
    }

    /// The read models tell what claims and payments know.
    #[test]
    fn rows_of_claims_and_payments_say_what_they_say(steps in steps(300)) {
        let world = World::after(1, &steps);
        let rows = fold::<Claims>(&world.events);
        for (id, (claim, version)) in &world.claims {
            let Some(money) = claim.money() else { continue };
            let (row, _) = &rows[id];
            prop_assert_eq!((row.version, row.status.0), (*version, money.status));
            prop_assert_eq!(row.submission, i32::from(claim.submission()));
            let figures = (row.charge_minor, row.insurance_balance_minor, row.patient_balance_minor);
            let known = (money.charge, money.insurance_balance, money.patient_balance);
            prop_assert_eq!(figures, (known.0.minor(), known.1.minor(), known.2.minor()));
        }
        let auths = fold::<PriorAuths>(&world.events);
        for (id, (auth, _)) in &world.prior_auths {
            let Some((row, _)) = auths.get(id) else { continue };
            prop_assert_eq!(row.status.0, auth.status());
            prop_assert_eq!(&row.units_left, &auth.units_left().to_string());
        }
        let payments = fold::<Remittances>(&world.events);
        let parts = fold::<RemittanceClaims>(&world.events);
        for (id, (held, _)) in &world.remittances {
            let Some((row, _)) = payments.get(id) else { continue };
            let waiting = i64::try_from(held.waiting().len()).unwrap();
            prop_assert_eq!(row.claims - row.posted, waiting);
            let parked = held.waiting().values().filter(|it| it.parked.is_some());
            let paid: i64 = parked.clone().map(|it| it.advised.advice.paid.minor()).sum();
            prop_assert_eq!(row.parked, i64::try_from(parked.count()).unwrap());
            prop_assert_eq!(row.parked_minor, paid);
            let posted = parts.iter().filter(|((of, _), _)| of == id);
            let posted = posted.filter(|(_, (part, _))| part.status.0 == Stands::Posted).count();
            prop_assert_eq!(row.posted, i64::try_from(posted).unwrap());
        }
    }

    /// In order, before the claim, or twice: the balance is the same, and nothing is left over.
    #[test]
    fn the_order_in_which_things_come_does_not_matter(
        charge in 3_u16..900, kind in 3_u16..9, back in any::<bool>(), late in any::<bool>(),
    ) {
        let mut content = content(1, charge * 2, DAY);
        content.billing_npi = "1234567893".parse().ok();
        let total: i64 = content.lines.iter().map(|line| line.charge.minor()).sum();
        let first = answer(1, total, kind);
        let mut payments = vec![receive("EFT1", vec![first.clone()], DAY)];
        if back {
            payments.push(receive("EFT2", vec![reversal(&first)], DAY));
        }
        let mut ends = Vec::new();
        for order in [false, true] {
            let mut world = World::new(1);
            let filed = |world: &mut World| {
                let claim = world.claim_of(1);
                for command in [draft(content.clone()), submit(7, DAY)] {
                    world.give(|world| &mut world.claims, claim, command);
                }
            };
            let paid = |world: &mut World| {
                let mut payments = payments.clone();
                if order && late {
                    payments.reverse();
                }
                for payment in payments.iter().chain(&payments) {
                    world.receive(payment.clone());
                    world.post_waiting(1);
                }
            };
            if order { paid(&mut world); filed(&mut world); } else { filed(&mut world); paid(&mut world); }
            for _ in 0..3 {
                world.post_waiting(1);
            }
            let waiting: usize = world.remittances.values().map(|(it, _)| it.waiting().len()).sum();
            prop_assert_eq!(waiting, 0);
            let claim = world.claim_of(1).uuid();
            let standing = *world.claims[&claim].0.money().unwrap();
            let unapplied = balance(&world.events, Account::CustomerCredits);
            ends.push((standing, unapplied, balance(&world.events, Account::InsuranceClearing)));
        }
        prop_assert_eq!(ends[0], ends[1]);
    }
}
