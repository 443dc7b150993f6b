//! A payment that failed is told once per invoice (contract S2.5).

use super::{Answer, Policy, Reaction, Refused};
use crate::{
    correspondence::Message,
    invoice::InvoiceEvent,
    recorded::{LedgerEvent, Recorded},
    store::outbox::NewMessage,
};

/// The policy.
///
/// - **Source:** contract S2.5 (`dedupe_key=invoice:{id}:dunning:payment_failed`).
#[derive(Debug, Clone, Copy)]
pub struct Dunning;

impl Policy for Dunning {
    const NAME: &'static str = "dunning";
    const VERSION: i32 = 1;
    type State = ();

    fn hears(event_type: &str) -> bool {
        event_type == "billing.invoice.payment_failed"
    }

    fn key(event: &Recorded) -> Option<String> {
        Some(event.aggregate_id.to_string())
    }

    fn react(_state: &mut (), event: &Recorded) -> Vec<Reaction> {
        let LedgerEvent::Invoice(InvoiceEvent::PaymentFailed(_)) = &event.event else {
            return vec![];
        };
        let invoice_id = event.aggregate_id;
        vec![Reaction::message(NewMessage {
            dedupe_key: format!("invoice:{invoice_id}:dunning:payment_failed"),
            lane: String::new(),
            message: Message::InvoicePaymentFailed { invoice_id },
            occurred_at: event.occurred_at,
        })]
    }

    fn on_refusal(_state: &mut (), _event: &Recorded, _refused: &Refused<'_>) -> Answer {
        Answer::Fail
    }
}
