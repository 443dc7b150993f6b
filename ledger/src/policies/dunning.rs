//! A payment that failed is told once per invoice (contract S2.5).

use time::OffsetDateTime;
use uuid::Uuid;

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
        vec![Reaction::message(payment_failed(event.aggregate_id, event.occurred_at))]
    }

    fn on_refusal(_state: &mut (), _event: &Recorded, _refused: &Refused<'_>) -> Answer {
        Answer::Fail
    }
}

/// What is told of an invoice's failed payments. The same key whenever it is asked for, so that
/// whoever looks later for what was not told cannot tell it twice.
pub fn payment_failed(invoice_id: Uuid, occurred_at: OffsetDateTime) -> NewMessage {
    NewMessage {
        dedupe_key: format!("invoice:{invoice_id}:dunning:payment_failed"),
        lane: String::new(),
        message: Message::InvoicePaymentFailed { invoice_id },
        occurred_at,
    }
}
