//! The whole service as a state machine: random commands over HTTP, allowed and not, said twice,
//! said too late; after each the answers are those of a model in memory.
//!
//! - The model: `accounts.rs` (pauses, and whom the org bills for), `authorizations.rs` (units, and
//!   the claims that take them), `claims.rs` and `claiming.rs` (with what payers answer),
//!   `invoices.rs` with `crediting.rs` (credit that moves), `disputing.rs` (money that banks take
//!   back) and `giving_up.rs`, `statements.rs` and `plans.rs` (instalments); `state.rs` holds them
//!   together, and what one does to another.
//! - `requests.rs`: how an order is said. `drive.rs`: says it. `look.rs`: model and service
//!   compared, now and as of before. `closing.rs`: lists, books and past, once all is done.
//!
//! `PROPTEST_CASES` makes it longer.

mod accounts;
mod authorizations;
mod claiming;
mod claims;
mod closing;
mod crediting;
mod disputing;
mod drive;
mod giving_up;
mod invoices;
mod look;
mod plans;
mod requests;
mod state;
mod statements;

use proptest::{
    collection::vec,
    prelude::*,
    sample::Index,
    test_runner::{Config, TestRunner},
};

use crate::support::World;

/// Histories of a usual run.
const CASES: u32 = 8;
/// What proptest itself would say.
const UNSAID: u32 = 256;
/// Orders that most histories begin with.
const BEGINNINGS: usize = 12;

/// An order to the service.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Order {
    Account(accounts::Verb),
    Authorization(authorizations::Verb),
    Claim(claims::Verb),
    Invoice(invoices::Verb),
    Statement(statements::Verb),
}

/// How it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Once.
    Plainly,
    /// Twice, by the same key.
    Twice,
    /// Once, and then something else by the same key.
    KeyReused,
    /// On condition of the version that stands.
    Fresh,
    /// On condition of a version that was.
    Stale,
    /// Only to see what would happen.
    Dry,
}

#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) order: Order,
    /// About which of its kind; sometimes none that there is.
    pub(crate) which: Index,
    pub(crate) manner: Manner,
    /// What is asked about the past afterwards.
    pub(crate) back: Option<Index>,
}

/// An amount, seldom none.
pub(crate) fn minor() -> impl Strategy<Value = i64> {
    prop_oneof![4 => 1..12_000_i64, 4 => 1..2_000_i64, 1 => Just(0_i64), 1 => Just(5_000_i64)]
}

/// What a history is mostly about: what happens to few things happens to them often.
#[derive(Debug, Clone, Copy)]
enum Focus {
    Everything,
    Invoices,
    Claims,
}

fn order(focus: Focus) -> impl Strategy<Value = Order> {
    let [invoices, claims] = match focus {
        Focus::Everything => [8, 8],
        Focus::Invoices => [60, 1],
        Focus::Claims => [1, 40],
    };
    prop_oneof![
        2 => accounts::verb().prop_map(Order::Account),
        4 => authorizations::verb().prop_map(Order::Authorization),
        claims => claims::verb().prop_map(Order::Claim),
        invoices => invoices::verb().prop_map(Order::Invoice),
        4 => statements::verb().prop_map(Order::Statement),
    ]
}

fn step(focus: Focus) -> impl Strategy<Value = Step> {
    let manner = prop_oneof![
        6 => Just(Manner::Plainly),
        2 => Just(Manner::Twice),
        1 => Just(Manner::KeyReused),
        1 => Just(Manner::Fresh),
        1 => Just(Manner::Stale),
        1 => Just(Manner::Dry),
    ];
    let back = proptest::option::weighted(0.3, any::<Index>());
    (order(focus), any::<Index>(), manner, back).prop_map(|(order, which, manner, back)| Step {
        order,
        which,
        manner,
        back,
    })
}

/// What most histories begin with, so that orders are about something.
fn beginnings(by: Index) -> [Order; BEGINNINGS] {
    let claim = claims::Verb::Draft { charge: 20_000, units: 3, by: Some(by) };
    [
        Order::Authorization(authorizations::Verb::Request(8)),
        Order::Authorization(authorizations::Verb::Approve(8)),
        Order::Claim(claim),
        Order::Claim(claims::Verb::Submit { anew: false }),
        Order::Claim(claims::Verb::Answer(Some((50, 50)))),
        Order::Invoice(invoices::Verb::Draft(5_000)),
        Order::Invoice(invoices::Verb::Issue),
        Order::Invoice(invoices::Verb::Pay(9_000)),
        Order::Invoice(invoices::Verb::Draft(8_000)),
        Order::Invoice(invoices::Verb::Issue),
        Order::Statement(statements::Verb::Generate(9_000, 0)),
        Order::Statement(statements::Verb::Offer(3)),
    ]
}

/// Every history begins with something that claims can draw from.
fn history() -> impl Strategy<Value = Vec<Step>> {
    let begun = prop_oneof![1 => Just(2), 4 => Just(BEGINNINGS)];
    let which = vec(any::<Index>(), BEGINNINGS);
    let focus = prop_oneof![Just(Focus::Everything), Just(Focus::Invoices), Just(Focus::Claims)];
    let steps = focus.prop_flat_map(|focus| vec(step(focus), 60..110));
    (begun, which, steps).prop_map(|(begun, which, steps)| {
        let first = beginnings(which[0]).into_iter().zip(which).take(begun);
        let plainly = |(order, which)| Step { order, which, manner: Manner::Plainly, back: None };
        first.map(plainly).chain(steps).collect()
    })
}

#[test]
fn the_service_answers_what_a_model_of_it_answers() {
    let config = Config::default();
    let cases = if config.cases == UNSAID { CASES } else { config.cases };
    let config = Config { cases, max_shrink_iters: 60, failure_persistence: None, ..config };
    let system = actix_web::rt::System::new();
    let (world, other) = system.block_on(async {
        let world = World::new().await;
        let other = world.tenant().await;
        (world, other)
    });
    let mut runner = TestRunner::new(config);
    let outcome = runner.run(&history(), |steps| {
        system.block_on(drive::history(&world, &other, steps));
        Ok(())
    });
    outcome.unwrap();
    system.block_on(async move { drop(world) });
}
