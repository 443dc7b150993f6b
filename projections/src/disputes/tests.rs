//! Disputes begin and end.

use ledger::invoice::{DisputeLost, InvoiceEvent, Status};
use time::macros::date;

use super::{DisputeStatus, Disputes, Row};
use crate::{
    engine::fold,
    testing::{DISPUTE, PAYMENT, dispute_opened, invoice, issued, opened, paid, standing, usd},
};

fn row(events: Vec<InvoiceEvent>) -> Row {
    let mut all = vec![opened(), issued(400, 20), paid(420, standing(420, 0, 0, Status::Paid))];
    all.extend(events);
    fold::<Disputes>(&invoice(all))[&DISPUTE].0.clone()
}

#[test]
fn a_dispute_is_open_until_the_bank_has_decided() {
    let open = row(vec![dispute_opened()]);
    assert_eq!(
        (open.status.0, open.amount_minor, open.fee_minor),
        (DisputeStatus::Open, 420, 1_500)
    );
    let lost = DisputeLost {
        amount: usd(420),
        closed_on: date!(2026 - 04 - 01),
        dispute_id: DISPUTE,
        loss: usd(400),
        payment_id: PAYMENT,
        standing: standing(0, 0, 0, Status::Failed),
    };
    let closed = row(vec![dispute_opened(), lost.into()]);
    assert_eq!((closed.status.0, closed.loss_minor), (DisputeStatus::Lost, 400));
    assert_eq!(closed.closed_on, Some(date!(2026 - 04 - 01)));
}
