//! How older shapes of an invoice's events become today's.

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::{
    Canceled, ChargeKey, Issued, ItemCut, ItemTotal, ItemType, Line, LineAdded, PaymentMethod,
    RefundCreated, Schedule, Standing, TaxOfRate, TaxSnapshot, Totals, schedules::default_stretch,
};
use crate::values::{Code, Money, Rate, Rounding, Sealed};

/// `billing.invoice.line_added` v1: a line did not say which days it covers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineAddedV1 {
    line: LineV1,
    totals: Totals,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LineV1 {
    charge: Option<ChargeKey>,
    description: Option<Sealed<String>>,
    item_type: ItemType,
    line_id: Uuid,
    quantity: i64,
    rate_configured: bool,
    service_on: Date,
    tax_rate: Rate,
    total_price: Money,
    unit_price: Money,
}

/// A line of v1 covers what its invoice covers.
pub(super) fn line_added_v1(old: LineAddedV1) -> LineAdded {
    let LineAddedV1 { line, totals } = old;
    let line = Line {
        charge: line.charge,
        covers: None,
        description: line.description,
        item_type: line.item_type,
        line_id: line.line_id,
        quantity: line.quantity,
        rate_configured: line.rate_configured,
        service_on: line.service_on,
        tax_rate: line.tax_rate,
        total_price: line.total_price,
        unit_price: line.unit_price,
    };
    LineAdded { line, totals }
}

/// `billing.invoice.issued` v1: neither schedules nor named parts of the tax.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IssuedV1 {
    due_on: Date,
    issued_on: Date,
    items: Vec<ItemTotal>,
    number: String,
    tax: TaxSnapshotV1,
    totals: Totals,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TaxSnapshotV1 {
    jurisdiction: Option<Code>,
    rounding: Rounding,
    taxes: Vec<TaxOfRate>,
}

/// What v1 billed ahead is spread from the day of issue: a plan's fee over one month, a set-up
/// fee over twelve.
pub(super) fn issued_v1(old: IssuedV1) -> Issued {
    let schedule = |item: &ItemTotal| {
        let (spread, starts_on, ends_on) = default_stretch(item.item_type, old.issued_on)?;
        let ItemTotal { amount, item_type } = *item;
        Some(Schedule { amount, ends_on, item_type, spread, starts_on })
    };
    let schedules = old.items.iter().filter_map(schedule).collect();
    let tax = TaxSnapshot {
        components: Vec::new(),
        jurisdiction: old.tax.jurisdiction,
        rounding: old.tax.rounding,
        taxes: old.tax.taxes,
    };
    Issued {
        due_on: old.due_on,
        issued_on: old.issued_on,
        items: old.items,
        number: old.number,
        schedules,
        tax,
        totals: old.totals,
    }
}

/// Items of v1 say nothing of what was earned; nothing was recognised then.
fn cuts(items: Vec<ItemTotal>) -> Vec<ItemCut> {
    let cut = |item: ItemTotal| ItemCut {
        amount: item.amount,
        deferred: match item.item_type {
            ItemType::SetupFee | ItemType::Subscription => item.amount,
            ItemType::PatientActivation | ItemType::OneOff => Money::zero(item.amount.currency()),
        },
        item_type: item.item_type,
    };
    items.into_iter().map(cut).collect()
}

/// `billing.invoice.refund_created` v1: not told apart what was earned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RefundCreatedV1 {
    amount: Money,
    created_on: Date,
    from_credit: Money,
    items: Vec<ItemTotal>,
    method: PaymentMethod,
    payment_id: Uuid,
    reason_code: Code,
    refund_id: Uuid,
    standing: Standing,
    tax: Money,
}

/// See [`cuts`].
pub(super) fn refund_created_v1(old: RefundCreatedV1) -> RefundCreated {
    RefundCreated {
        amount: old.amount,
        components: Vec::new(),
        created_on: old.created_on,
        from_credit: old.from_credit,
        items: cuts(old.items),
        method: old.method,
        payment_id: old.payment_id,
        reason_code: old.reason_code,
        refund_id: old.refund_id,
        standing: old.standing,
        tax: old.tax,
        taxes: Vec::new(),
    }
}

/// `billing.invoice.canceled` v1: not told apart what was earned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CanceledV1 {
    canceled_on: Date,
    items: Vec<ItemTotal>,
    reason_code: Code,
    tax: Money,
    total: Money,
}

/// See [`cuts`].
pub(super) fn canceled_v1(old: CanceledV1) -> Canceled {
    Canceled {
        canceled_on: old.canceled_on,
        components: Vec::new(),
        items: cuts(old.items),
        reason_code: old.reason_code,
        tax: old.tax,
        taxes: Vec::new(),
        total: old.total,
    }
}
