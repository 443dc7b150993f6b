//! `/v1/admin/finance/revenue`: what was billed ahead is earned.

mod recognize;
mod run;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) use recognize::{EarnedView, earned};
pub(crate) use run::{deferred_invoices, earn_all};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![endpoint!(recognize::recognize, recognize::__path_recognize)]
}
