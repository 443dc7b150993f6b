//! Laws of the whole ledger: the account, invoices and books of an org, ordered about at random.

mod actions;
mod orders;
mod world;

use std::collections::BTreeSet;

use ledger::recorded::shapes;
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

use actions::{any_action, opening};
use world::World;

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Whatever is ordered, at every position: debits equal credits in every currency; in a
    /// sealed period stand only adjusting entries that came later; what orgs owe and what is
    /// theirs is the same in the books as on the documents.
    #[test]
    fn the_books_hold_at_every_position(
        actions in prop::collection::vec(any_action(), 1..150),
    ) {
        let mut world = World::default();
        for action in opening().into_iter().chain(actions) {
            world.carry_out(&action);
        }
        prop_assert!(world.positions > 0);
    }
}

/// A law over histories in which nothing happens would prove nothing.
#[test]
fn the_histories_hold_every_event_that_can_move_money() {
    let mut runner = TestRunner::deterministic();
    let histories = prop::collection::vec(any_action(), 1..150);
    let mut seen = BTreeSet::new();
    for _ in 0..600 {
        let mut world = World::default();
        let actions = histories.new_tree(&mut runner).unwrap().current();
        for action in opening().into_iter().chain(actions) {
            world.carry_out(&action);
        }
        seen.extend(world.seen);
    }
    let posting = ["billing.books", "billing.subscription.held_payment", "billing.invoice"];
    // These move no money, or need another aggregate's word.
    let silent = [
        "line_removed",
        "totals_recalculated",
        "sent",
        "payment_pending",
        "payment_failed",
        "paid_reported",
        "reconciled",
        "overdue_marked",
        "provider_linked",
    ];
    let missed: Vec<&str> = shapes()
        .map(|(name, _)| name)
        .filter(|name| posting.iter().any(|kind| name.starts_with(kind)))
        .filter(|name| !silent.iter().any(|word| name.ends_with(&format!(".{word}"))))
        .filter(|name| !seen.contains(name))
        .collect();
    assert!(missed.is_empty(), "{missed:?}");
}
