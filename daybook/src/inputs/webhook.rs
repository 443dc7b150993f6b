//! Webhooks: whoever has not the secret makes none that passes.

use adapters::stripe::{StripeWebhook, TOLERANCE_SECONDS, WebhookSecret, signed};
use ledger::ports::payments::{ProviderFact, Unverified, WebhookProvider};
use time::{Duration, OffsetDateTime};

const SECRET: &str = "whsec_of_the_fuzz_targets";
/// When it is, in seconds since 1970.
const NOW: i64 = 1_780_000_000;

/// A webhook: the signature up to the first line end, then the body.
///
/// # Panics
///
/// When a forged, a stale or another body's signature passes, or a genuine one does not; when an
/// amount is below zero; when the same JSON, written otherwise, says something else.
pub fn webhook(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (signature, body) = bytes.split_at(end);
    let body = body.get(1..).unwrap_or_default();
    let provider = StripeWebhook::new(vec![WebhookSecret::new(SECRET)]);
    let now = OffsetDateTime::UNIX_EPOCH + Duration::seconds(NOW);
    forged(&provider, signature, body, now);
    genuine(&provider, body, now);
    translated(&provider, body);
}

fn forged(provider: &StripeWebhook, signature: &[u8], body: &[u8], now: OffsetDateTime) {
    // Also with the time of this moment, so that nothing but the secret is missing.
    let fresh = [format!("t={NOW},v1=").as_bytes(), signature].concat();
    for header in [None, Some(signature), Some(fresh.as_slice())] {
        let passes = provider.verify(header, body, now).is_ok();
        assert!(!passes, "forged: {:?}", header.map(String::from_utf8_lossy));
    }
}

fn genuine(provider: &StripeWebhook, body: &[u8], now: OffsetDateTime) {
    let secret = WebhookSecret::new(SECRET);
    let header = signed(&secret, NOW, body);
    let verify = |body: &[u8], now| provider.verify(Some(header.as_bytes()), body, now);
    assert_eq!(verify(body, now), Ok(()), "genuine, and refused");
    for seconds in [-TOLERANCE_SECONDS - 1, TOLERANCE_SECONDS + 1] {
        let stale = verify(body, now + Duration::seconds(seconds));
        assert!(matches!(stale, Err(Unverified::OutOfTolerance { .. })), "{seconds} s: {stale:?}");
    }
    let mut longer = body.to_vec();
    longer.push(b' ');
    assert_eq!(verify(&longer, now), Err(Unverified::Mismatch), "another body");
    let other = signed(&WebhookSecret::new(format!("{SECRET}2")), NOW, body);
    let other = provider.verify(Some(other.as_bytes()), body, now);
    assert_eq!(other, Err(Unverified::Mismatch), "another secret");
}

fn translated(provider: &StripeWebhook, body: &[u8]) {
    let Ok(event) = provider.translate(body) else { return };
    let written = serde_json::from_slice::<serde_json::Value>(body)
        .and_then(|value| serde_json::to_vec_pretty(&value));
    let Ok(written) = written else { panic!("it was JSON a moment ago") };
    assert_eq!(provider.translate(&written).as_ref(), Ok(&event), "written otherwise");
    let amounts = match &event.fact {
        ProviderFact::InvoiceLinked(_) | ProviderFact::Ignored => Vec::new(),
        ProviderFact::InvoicePaid(paid) => vec![paid.amount_minor],
        ProviderFact::PaymentAttached(attached) => vec![attached.amount_minor],
        ProviderFact::PaymentFailed(failed) => vec![failed.amount_minor],
        ProviderFact::Refund(refund) => vec![refund.amount_minor],
        ProviderFact::ChargeRefunded(charge) => vec![charge.charged_minor],
        ProviderFact::Dispute(dispute) => {
            vec![dispute.amount_minor, dispute.fee_minor, dispute.fee_returned_minor]
        }
    };
    assert!(amounts.iter().all(|amount| *amount >= 0), "{:?}", event.fact);
}
