use ledger::{
    invoice::PaymentMethod,
    subscription::{
        Activated, Canceled, CycleStarted, HeldPaymentRegained, HeldPaymentReleased,
        HeldPaymentReturned, HoldReason, Limits, Opened, PastDueMarked, Paused, PaymentHeld,
        PlanChanged, Prices, ProviderLinked, Resumed, SubscriptionEvent, TaxConfigured,
        TrialStarted,
    },
    values::{Currency, CycleKey, CycleRule, Rounding},
};

use super::{at, code, day, id, rate, sealed, usd};

fn limits() -> Limits {
    Limits { bookings: Some(500), storage_bytes: Some(5_000_000_000), workers: Some(12) }
}

fn prices() -> Prices {
    Prices { activation_fee: usd(200), setup_fee: usd(9900) }
}

pub(super) fn events() -> Vec<SubscriptionEvent> {
    let opened = Opened {
        auto_issue: true,
        contact_email: Some(sealed("contact_email")),
        currency: Currency::USD,
        cycle: CycleRule::new(31, "America/Toronto".parse().unwrap()).unwrap(),
        limits: limits(),
        opened_at: at(1, 1),
        payment_terms_days: 14,
        plan: code("standard"),
        prices: prices(),
        rounding: Rounding::HalfAwayFromZero,
    };
    let held = PaymentHeld {
        amount: usd(21_000),
        invoice_id: Some(id(0x11)),
        method: PaymentMethod::Stripe,
        payment_id: id(0x21),
        reason: HoldReason::UnknownInvoice,
        received_on: day(2, 3),
    };
    vec![
        opened.into(),
        PlanChanged { limits: limits(), plan: code("plus"), prices: prices() }.into(),
        TaxConfigured { jurisdiction: code("CA-ON"), rate: rate("0.13"), valid_from: day(1, 1) }
            .into(),
        TrialStarted { ends_on: day(1, 31) }.into(),
        Activated { activated_at: at(2, 1) }.into(),
        PastDueMarked { marked_at: at(3, 1), reason_code: code("unpaid_60_days") }.into(),
        Canceled { canceled_at: at(4, 1), reason_code: code("closed") }.into(),
        Paused { paused_at: at(2, 10), reason_code: code("holiday") }.into(),
        Resumed { reason_code: Some(code("back")), resumed_at: at(2, 20) }.into(),
        ProviderLinked {
            customer_id: sealed("customer_id"),
            subscription_id: Some(sealed("subscription_id")),
        }
        .into(),
        CycleStarted { cycle: CycleKey { year: 2026, month: 2 }, starts_at: at(2, 28) }.into(),
        held.into(),
        HeldPaymentReleased {
            amount: usd(21_000),
            payment_id: id(0x21),
            released_on: day(2, 4),
            to: id(0x12),
        }
        .into(),
        HeldPaymentReturned {
            amount: usd(21_000),
            method: PaymentMethod::Stripe,
            payment_id: id(0x21),
            reason_code: code("not_ours"),
            returned_on: day(2, 5),
        }
        .into(),
        HeldPaymentRegained {
            amount: usd(21_000),
            from: id(0x12),
            payment_id: id(0x21),
            reason_code: code("wrong_invoice"),
            regained_on: day(2, 6),
        }
        .into(),
    ]
}
