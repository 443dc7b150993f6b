use ledger::{
    invoice::{
        BillingPeriod, Canceled, ChargeKey, CreditApplied, CreditReleased, Imported, InvoiceEvent,
        InvoiceType, Issued, ItemCut, ItemTotal, ItemType, Line, LineAdded, LineRemoved, Opened,
        OverdueMarked, PaidReported, PaymentFailed, PaymentMethod, PaymentPending, PaymentReversed,
        PaymentSucceeded, ProviderLinked, ReconcileFigures, Reconciled, RefundCreated,
        RefundFailed, RefundSettled, Schedule, Sent, Spread, Standing, Status, TaxComponent,
        TaxOfRate, TaxSnapshot, Totals, TotalsRecalculated, WrittenOff,
    },
    values::{Currency, CycleKey, InvoiceId, Rounding},
};

use super::{at, code, day, id, patient, rate, sealed, usd};

fn totals() -> Totals {
    Totals { subtotal: usd(200), tax: usd(26), taxable_subtotal: usd(200), total: usd(226) }
}

fn items() -> Vec<ItemTotal> {
    vec![ItemTotal { amount: usd(200), item_type: ItemType::PatientActivation }]
}

pub(super) fn taxes() -> Vec<TaxOfRate> {
    vec![TaxOfRate { base: usd(200), rate: rate("0.13"), tax: usd(26) }]
}

pub(super) fn components() -> Vec<TaxComponent> {
    let (base, name) = (usd(200), code("HST"));
    vec![TaxComponent { base, name, rate: rate("0.13"), tax: usd(26) }]
}

pub(super) fn cuts() -> Vec<ItemCut> {
    let item_type = ItemType::PatientActivation;
    vec![ItemCut { amount: usd(200), deferred: usd(0), item_type }]
}

pub(super) fn standing(balance: i64, paid: i64, credit: i64, status: Status) -> Standing {
    Standing { balance: usd(balance), credit: usd(credit), paid: usd(paid), status }
}

fn drafting() -> Vec<InvoiceEvent> {
    let opened = Opened {
        currency: Currency::USD,
        customer_id: Some(sealed("customer_id")),
        invoice_type: InvoiceType::Monthly,
        payment_terms_days: 14,
        period: Some(BillingPeriod { ends_on: day(2, 28), starts_on: day(1, 31) }),
        rounding: Rounding::HalfAwayFromZero,
    };
    let cycle = CycleKey { year: 2026, month: 1 };
    let line = Line {
        charge: Some(ChargeKey { cycle, patient: patient() }),
        covers: Some(BillingPeriod { ends_on: day(3, 2), starts_on: day(2, 2) }),
        description: Some(sealed("description")),
        item_type: ItemType::PatientActivation,
        line_id: id(0x31),
        quantity: 1,
        rate_configured: true,
        service_on: day(2, 2),
        tax_rate: rate("0.13"),
        total_price: usd(200),
        unit_price: usd(200),
    };
    vec![
        opened.into(),
        LineAdded { line, totals: totals() }.into(),
        LineRemoved { line_id: id(0x31), totals: Totals::zero(Currency::USD) }.into(),
        TotalsRecalculated { configured_rate: rate("0.13"), totals: totals() }.into(),
    ]
}

fn issuing() -> Vec<InvoiceEvent> {
    let tax = TaxSnapshot {
        components: components(),
        jurisdiction: Some(code("CA-ON")),
        rounding: Rounding::HalfAwayFromZero,
        taxes: taxes(),
    };
    let schedule = Schedule {
        amount: usd(200),
        ends_on: day(3, 1),
        item_type: ItemType::Subscription,
        spread: Spread::ByDay,
        starts_on: day(2, 2),
    };
    let issued = Issued {
        due_on: day(3, 14),
        issued_on: day(2, 28),
        items: items(),
        number: "INV-202602-00001".to_owned(),
        schedules: vec![schedule],
        tax,
        totals: totals(),
    };
    vec![
        issued.into(),
        Sent { sent_at: at(2, 28) }.into(),
        ProviderLinked { provider_invoice_id: sealed("provider_invoice_id") }.into(),
    ]
}

fn importing() -> Vec<InvoiceEvent> {
    let cycle = CycleKey { year: 2026, month: 1 };
    let line = Line {
        charge: Some(ChargeKey { cycle, patient: patient() }),
        covers: Some(BillingPeriod { ends_on: day(2, 12), starts_on: day(1, 12) }),
        description: Some(sealed("description")),
        item_type: ItemType::OneOff,
        line_id: id(0x32),
        quantity: 1,
        rate_configured: false,
        service_on: day(1, 12),
        tax_rate: rate("0.13"),
        total_price: usd(200),
        unit_price: usd(200),
    };
    let taxes = vec![TaxOfRate { base: usd(200), rate: rate("0.13"), tax: usd(26) }];
    let components =
        vec![TaxComponent { base: usd(200), name: code("HST"), rate: rate("0.13"), tax: usd(26) }];
    let rounding = Rounding::HalfAwayFromZero;
    let imported = Imported {
        customer_id: Some(sealed("customer_id")),
        due_on: day(2, 11),
        import: id(0x51),
        imported_on: day(3, 1),
        issued_on: day(1, 12),
        line,
        number: "2026/0417".to_owned(),
        rounding,
        standing: standing(126, 100, 0, Status::Partial),
        tax: TaxSnapshot { components, jurisdiction: Some(code("CA-ON")), rounding, taxes },
        totals: totals(),
    };
    vec![imported.into()]
}

fn paying() -> Vec<InvoiceEvent> {
    let pending = PaymentPending {
        amount: usd(250),
        method: PaymentMethod::Check,
        payment_id: id(0x21),
        received_on: day(3, 2),
        reference: Some(sealed("reference")),
    };
    let succeeded = PaymentSucceeded {
        amount: usd(250),
        applied: usd(226),
        credited: usd(24),
        method: PaymentMethod::Check,
        payment_id: id(0x21),
        received_on: day(3, 3),
        reference: Some(sealed("reference")),
        standing: standing(0, 226, 24, Status::Paid),
    };
    let failed = PaymentFailed {
        amount: usd(226),
        failed_on: day(3, 1),
        method: PaymentMethod::Stripe,
        payment_id: id(0x22),
        reason_code: Some(code("card_declined")),
        status: Status::Failed,
    };
    let reversed = PaymentReversed {
        amount: usd(250),
        from_applied: usd(226),
        from_credit: usd(24),
        method: PaymentMethod::Check,
        payment_id: id(0x21),
        reason_code: code("returned"),
        reversed_on: day(3, 9),
        standing: standing(226, 0, 0, Status::Paid),
    };
    vec![pending.into(), succeeded.into(), failed.into(), reversed.into()]
}

fn status() -> Vec<InvoiceEvent> {
    let figures = |status| ReconcileFigures {
        outstanding: usd(226),
        paid: usd(0),
        status,
        succeeded_payments: 0,
    };
    vec![
        PaidReported { reported_on: day(3, 3), status: Status::Paid }.into(),
        Reconciled {
            after: figures(Status::Overdue),
            before: figures(Status::Paid),
            reconciled_on: day(3, 20),
        }
        .into(),
        OverdueMarked { marked_on: day(3, 15) }.into(),
    ]
}

fn giving_back() -> Vec<InvoiceEvent> {
    let created = RefundCreated {
        amount: usd(250),
        components: components(),
        taxes: taxes(),
        created_on: day(3, 5),
        from_credit: usd(24),
        items: cuts(),
        method: PaymentMethod::Check,
        payment_id: id(0x21),
        reason_code: code("goodwill"),
        refund_id: id(0x41),
        standing: standing(0, 0, 0, Status::Paid),
        tax: usd(26),
    };
    let (amount, method, refund_id) = (usd(250), PaymentMethod::Check, id(0x41));
    vec![
        created.into(),
        RefundSettled { amount, method, refund_id, settled_on: day(3, 6) }.into(),
        RefundFailed { amount, failed_on: day(3, 8), method, refund_id, was_settled: true }.into(),
        CreditReleased {
            amount: usd(24),
            standing: standing(0, 226, 0, Status::Paid),
            to: InvoiceId::new(id(0x12)),
        }
        .into(),
        CreditApplied {
            amount: usd(24),
            applied_on: day(3, 7),
            from: InvoiceId::new(id(0x11)),
            standing: standing(202, 24, 0, Status::Partial),
        }
        .into(),
    ]
}

fn closing() -> Vec<InvoiceEvent> {
    vec![
        WrittenOff {
            amount: usd(226),
            note: Some(sealed("note")),
            reason_code: code("uncollectible"),
            standing: standing(0, 0, 0, Status::Failed),
            written_off_on: day(9, 1),
        }
        .into(),
        Canceled {
            canceled_on: day(3, 1),
            components: components(),
            taxes: taxes(),
            items: cuts(),
            reason_code: code("mistake"),
            tax: usd(26),
            total: usd(226),
        }
        .into(),
    ]
}

pub(super) fn events() -> Vec<InvoiceEvent> {
    [drafting(), issuing(), importing(), paying(), status(), giving_back(), closing()].concat()
}
