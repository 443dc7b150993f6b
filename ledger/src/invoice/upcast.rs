//! How older shapes of an invoice's events become today's.

use serde::{Deserialize, Serialize};
use time::{Date, Duration};
use uuid::Uuid;

use super::{
    Canceled, ChargeKey, Issued, ItemCut, ItemTotal, ItemType, Line, LineAdded, PaymentMethod,
    RefundCreated, Schedule, Spread, Standing, TaxOfRate, TaxSnapshot, Totals,
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
    let schedules = old
        .items
        .iter()
        .filter_map(|item| default_schedule(item.item_type, item.amount, old.issued_on))
        .collect();
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

/// How an item that is billed ahead is spread where nothing else is said; nothing for the rest.
pub(super) fn default_schedule(item_type: ItemType, amount: Money, from: Date) -> Option<Schedule> {
    let (months, spread) = match item_type {
        ItemType::SetupFee => (12, Spread::ByMonth),
        ItemType::Subscription => (1, Spread::ByDay),
        ItemType::PatientActivation | ItemType::OneOff => return None,
    };
    let ends_on = months_after(from, months).checked_sub(Duration::DAY).unwrap_or(from);
    Some(Schedule { amount, ends_on, item_type, spread, starts_on: from })
}

/// The same day some months later, the month's last day where it has no such day.
fn months_after(from: Date, months: i32) -> Date {
    let month = from.year() * 12 + i32::from(u8::from(from.month())) - 1 + months;
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12));
    let month = u8::try_from(month).ok().and_then(|month| time::Month::try_from(month + 1).ok());
    let Some(month) = month else { return from };
    let day = from.day().min(month.length(year));
    Date::from_calendar_date(year, month, day).unwrap_or(from)
}

/// Items of v1 say nothing of what was earned; nothing was recognised then.
pub(super) fn cuts(items: Vec<ItemTotal>) -> Vec<ItemCut> {
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
        created_on: old.created_on,
        from_credit: old.from_credit,
        items: cuts(old.items),
        method: old.method,
        payment_id: old.payment_id,
        reason_code: old.reason_code,
        refund_id: old.refund_id,
        standing: old.standing,
        tax: old.tax,
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
        items: cuts(old.items),
        reason_code: old.reason_code,
        tax: old.tax,
        total: old.total,
    }
}
