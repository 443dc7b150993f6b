//! Which read models may be told from the streams of one subject.

use std::collections::BTreeMap;

use projections::{
    claim_filings::ClaimFilings,
    claims::Claims,
    credit_notes::CreditNotes,
    engine::{ReadModel, fold},
    exceptions::Exceptions,
    facesheets::Facesheets,
    invoice_lines::InvoiceLines,
    invoices::Invoices,
    patients::Patients,
    payment_status::PaymentStatus,
    prior_auths::PriorAuths,
    statements::Statements,
    timeline::{Subject, Timeline},
};
use proptest::prelude::*;

use crate::world::{World, steps};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// What the streams of one id give is what the whole log gives of it: only therefore may one
    /// subject be told from its own streams.
    #[test]
    fn models_of_one_subject_need_its_own_streams_only(steps in steps(150)) {
        let world = World::after(1, &steps);
        of_own_streams::<ClaimFilings>(&world, |_| true)?;
        of_own_streams::<Claims>(&world, |_| true)?;
        of_own_streams::<CreditNotes>(&world, |_| true)?;
        of_own_streams::<Exceptions>(&world, |_| true)?;
        of_own_streams::<Facesheets>(&world, |_| true)?;
        of_own_streams::<InvoiceLines>(&world, |_| true)?;
        of_own_streams::<Invoices>(&world, |_| true)?;
        of_own_streams::<Patients>(&world, |_| true)?;
        of_own_streams::<PaymentStatus>(&world, |_| true)?;
        of_own_streams::<PriorAuths>(&world, |_| true)?;
        of_own_streams::<Statements>(&world, |_| true)?;
        let own = |key: &<Timeline as ReadModel>::Key| {
            key.0.0 != Subject::Payment
        };
        of_own_streams::<Timeline>(&world, own)?;
    }
}

fn of_own_streams<M: ReadModel>(
    world: &World,
    of: impl Fn(&M::Key) -> bool,
) -> Result<(), TestCaseError> {
    let mut streams: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for event in &world.events {
        streams.entry(event.aggregate_id).or_default().push(event);
    }
    let mut parts = BTreeMap::new();
    for events in streams.into_values() {
        for (key, row) in fold::<M>(events).into_iter().filter(|(key, _)| of(key)) {
            prop_assert!(parts.insert(key, row).is_none(), "{} takes from two streams", M::NAME);
        }
    }
    let whole: BTreeMap<_, _> =
        fold::<M>(&world.events).into_iter().filter(|(key, _)| of(key)).collect();
    prop_assert!(parts == whole, "{}", M::NAME);
    Ok(())
}
