//! A payment's row along its way.

use super::{Remittances, Row};
use crate::{
    engine::fold,
    testing::remittances::{PAID, remittance},
};

fn row(so_far: usize) -> Row {
    fold::<Remittances>(&remittance(so_far))[&PAID].0.clone()
}

#[test]
fn what_is_parked_is_counted_until_it_is_posted() {
    let waiting = row(2);
    assert_eq!((waiting.claims, waiting.posted, waiting.parked), (1, 0, 0));
    let parked = row(3);
    assert_eq!((parked.posted, parked.parked, parked.parked_minor), (0, 1, 8_000));
    let posted = row(4);
    assert_eq!((posted.posted, posted.parked, posted.parked_minor), (1, 0, 0));
}
