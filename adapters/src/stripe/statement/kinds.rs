//! Stripe's categories and types in our words.

use ledger::reconciliation::LineKind;

/// What a line is about, by its reporting category, or else by its type and its source.
///
/// - **Source:** Stripe, "Reporting categories" and "Balance transaction types". What moves the
///   balance in another way (transfers, top-ups, reserves) is an adjustment that somebody owns.
pub(super) fn kind(category: &str, kind: &str, source: Option<&str>, gross: i64) -> LineKind {
    let by_category = match category {
        "charge" => Some(LineKind::Charge),
        "charge_failure" => Some(LineKind::ChargeFailure),
        "refund" => Some(LineKind::Refund),
        "refund_failure" => Some(LineKind::RefundFailure),
        "dispute" => Some(LineKind::Dispute),
        "dispute_reversal" => Some(LineKind::DisputeReversal),
        "fee" | "tax" | "network_cost" => Some(LineKind::Fee),
        "payout" => Some(LineKind::Payout),
        "payout_reversal" => Some(LineKind::PayoutReversal),
        "" => None,
        _ => Some(LineKind::Adjustment),
    };
    by_category.unwrap_or_else(|| match kind {
        "charge" | "payment" => LineKind::Charge,
        "payment_reversal" => LineKind::ChargeFailure,
        "refund" | "payment_refund" => LineKind::Refund,
        "refund_failure" | "payment_failure_refund" => LineKind::RefundFailure,
        "stripe_fee" | "stripe_fx_fee" | "tax_fee" | "network_cost" => LineKind::Fee,
        "payout" => LineKind::Payout,
        "payout_cancel" | "payout_failure" => LineKind::PayoutReversal,
        "adjustment" if source.is_some_and(is_dispute) && gross < 0 => LineKind::Dispute,
        "adjustment" if source.is_some_and(is_dispute) => LineKind::DisputeReversal,
        _ => LineKind::Adjustment,
    })
}

fn is_dispute(source: &str) -> bool {
    source.starts_with("dp_") || source.starts_with("du_")
}
