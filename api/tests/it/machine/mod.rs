//! The whole service as a state machine: random commands over HTTP, allowed and not, said twice,
//! said too late; after each the answers are those of a model in memory.
//!
//! - `model.rs`: what should be. `drive.rs`: what is. `look.rs`: the two compared.
//!
//! `PROPTEST_CASES` makes it longer.

mod drive;
mod look;
mod model;

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

/// An order to the service, about one of the invoices.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Verb {
    Draft(i64),
    Line(i64),
    Issue,
    Pay(i64),
    Refund(Index, i64),
    Note(Option<i64>),
    WriteOff,
    Unwrite,
    Cancel,
}

/// How it is said.
#[derive(Debug, Clone, Copy)]
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
    pub(crate) verb: Verb,
    /// Which invoice; sometimes none that there is.
    pub(crate) which: Index,
    pub(crate) manner: Manner,
    /// What is asked about the past afterwards.
    pub(crate) back: Option<Index>,
}

fn verb() -> impl Strategy<Value = Verb> {
    let minor = || prop_oneof![8 => 1..12_000_i64, 1 => Just(0_i64), 1 => Just(5_000_i64)];
    prop_oneof![
        4 => (1..12_000_i64).prop_map(Verb::Draft),
        2 => (1..5_000_i64).prop_map(Verb::Line),
        5 => Just(Verb::Issue),
        6 => minor().prop_map(Verb::Pay),
        3 => (any::<Index>(), minor()).prop_map(|(which, minor)| Verb::Refund(which, minor)),
        3 => proptest::option::weighted(0.8, minor()).prop_map(Verb::Note),
        2 => Just(Verb::WriteOff),
        2 => Just(Verb::Unwrite),
        2 => Just(Verb::Cancel),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let manner = prop_oneof![
        6 => Just(Manner::Plainly),
        2 => Just(Manner::Twice),
        1 => Just(Manner::KeyReused),
        1 => Just(Manner::Fresh),
        1 => Just(Manner::Stale),
        1 => Just(Manner::Dry),
    ];
    let back = proptest::option::weighted(0.3, any::<Index>());
    (verb(), any::<Index>(), manner, back).prop_map(|(verb, which, manner, back)| Step {
        verb,
        which,
        manner,
        back,
    })
}

#[test]
fn the_service_answers_what_a_model_of_it_answers() {
    let config = Config::default();
    let cases = if config.cases == UNSAID { CASES } else { config.cases };
    let config = Config { cases, max_shrink_iters: 200, failure_persistence: None, ..config };
    let system = actix_web::rt::System::new();
    let world = system.block_on(World::new());
    let mut runner = TestRunner::new(config);
    let outcome = runner.run(&vec(step(), 8..28), |steps| {
        system.block_on(drive::history(&world, steps));
        Ok(())
    });
    outcome.unwrap();
    system.block_on(async move { drop(world) });
}
