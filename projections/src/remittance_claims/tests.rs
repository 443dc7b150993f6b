//! A claim of a payment along its way.

use ledger::remittance::ParkReason;

use super::{RemittanceClaims, Row, Stands};
use crate::{
    engine::{Word, fold},
    testing::remittances::{PAID, remittance},
};

fn row(so_far: usize) -> Row {
    fold::<RemittanceClaims>(&remittance(so_far))[&(PAID, 1)].0.clone()
}

#[test]
fn a_claim_of_a_payment_waits_is_parked_and_is_posted() {
    assert_eq!(row(2).status.0, Stands::Waiting);
    let parked = row(3);
    assert_eq!(parked.status.0, Stands::Parked);
    assert_eq!(parked.reason, Some(Word(ParkReason::UnknownClaim)));
    let posted = row(4);
    assert_eq!((posted.status.0, posted.reason), (Stands::Posted, parked.reason));
}
