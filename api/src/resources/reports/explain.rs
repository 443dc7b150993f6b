//! What the figures of reports are the sums of.

use std::collections::BTreeMap;

use ledger::{
    invoice::ItemType,
    journal::{Account, AccountClass},
};
use projections::{
    aging::Bucket,
    credit_notes::{self, CreditNotes},
    engine::{
        Worded,
        explain::{Figure, prefix},
    },
    invoices::Invoices,
    journal::{Journal, Row},
    revenue::{self, Revenue},
    tax_snapshot::{self, TaxSnapshot},
};
use time::Date;
use uuid::Uuid;

use crate::{
    body::day_of,
    explaining::{Place, Source},
    resources::journal::{Lines, net},
};

/// Of profit and loss.
pub(super) fn pnl(place: &Place<'_>) -> Option<Source> {
    let lines = Lines::asked(place);
    let (within, field) = place.named();
    let figure = match (within, field) {
        ("/currencies/*/revenue/*", "amount") => lines.of(account(place)?).sum(|row| -net(row)),
        ("/currencies/*/expenses/*", "amount") => lines.of(account(place)?).sum(net),
        ("/currencies/*", "total_revenue") => lines.sum(earned),
        ("/currencies/*", "total_expenses") => lines.sum(spent),
        ("/currencies/*", "net") => lines.sum(|row| earned(row) - spent(row)),
        ("/currencies/*/billed", "subtotal") => billed(place, |row| row.subtotal_minor),
        ("/currencies/*/billed", "tax") => billed(place, |row| row.tax_minor),
        ("/currencies/*/billed", "total") => billed(place, |row| row.total_minor),
        ("/currencies/*/billed", "credited") => credited(place, |row| row.net_minor),
        ("/currencies/*/billed", "credited_tax") => credited(place, |row| row.tax_minor),
        _ => return None,
    };
    Some(figure.into())
}

fn account(place: &Place<'_>) -> Option<Account> {
    place.text("account")?.parse().ok()
}

/// Of the cash that came and went.
pub(super) fn cash(place: &Place<'_>) -> Option<Source> {
    let lines = Lines::asked(place).of(Account::Cash);
    let (within, field) = place.named();
    let lines = match within {
        "/currencies/*" => lines,
        "/currencies/*/days/*" => {
            let day = day_of(place.text("date")?).ok()?;
            Lines { from: Some(day), until: day.next_day(), ..lines }
        }
        _ => return None,
    };
    let value: fn(&Row) -> i64 = match field {
        "received" => |row| row.debit_minor,
        "paid_out" => |row| row.credit_minor,
        "net" => net,
        _ => return None,
    };
    Some(lines.sum(value).into())
}

/// Revenue stands on the right, expenses on the left.
fn earned(row: &Row) -> i64 {
    if row.account.0.class() == AccountClass::Revenue { -net(row) } else { 0 }
}

fn spent(row: &Row) -> i64 {
    if row.account.0.class() == AccountClass::Expense { net(row) } else { 0 }
}

fn billed(place: &Place<'_>, value: fn(&tax_snapshot::Row) -> i64) -> Figure {
    let (currency, (from, until)) = (place.currency(), place.days());
    Figure::sum::<TaxSnapshot>(move |row| {
        let within = is_within(row.issued_on, from, until) && row.currency.0 == currency;
        if within && !row.canceled { value(row) } else { 0 }
    })
}

/// A note counts on the day of its issue, and back on that of its end.
fn credited(place: &Place<'_>, value: fn(&credit_notes::Row) -> i64) -> Figure {
    let (currency, (from, until)) = (place.currency(), place.days());
    Figure::sum::<CreditNotes>(move |row| {
        let on = |day: Date| i64::from(is_within(day, from, until));
        let times = on(row.issued_on) - row.voided_on.map_or(0, on);
        if row.currency.0 == currency { times * value(row) } else { 0 }
    })
}

fn is_within(day: Date, from: Option<Date>, until: Option<Date>) -> bool {
    from.is_none_or(|from| day >= from) && until.is_none_or(|until| day < until)
}

/// Of ageing, and of the invoices behind it.
pub(super) fn ageing(place: &Place<'_>) -> Option<Source> {
    let as_of: Date = day_of(place.text("as_of")?).ok()?;
    let (from, until) = (None, as_of.next_day());
    let lines = Lines { account: None, currency: place.currency(), from, until };
    let (owed, unapplied) = (lines.of(Account::Receivables), lines.of(Account::CustomerCredits));
    let (within, field) = place.named();
    let aged = match (within, field) {
        ("/currencies/*", "total") => return Some(owed.sum(net).into()),
        ("/currencies/*", "unapplied_credit") => {
            return Some(unapplied.sum(|row| -net(row)).into());
        }
        ("/currencies/*", "by_hand") => None,
        ("/currencies/*/buckets/*", "amount") => Some(Bucket::of_word(place.text("bucket")?)?),
        ("/invoices/*", "balance_due") => {
            let owed = lines_of(place, owed)?;
            return Some(owed.into());
        }
        _ => return None,
    };
    Some(Source::after(move |log| {
        Box::pin(async move {
            let invoices = prefix::<Invoices>(log, None).await?;
            let due =
                |(id, (row, _)): (Uuid, (projections::invoices::Row, i64))| Some((id, row.due_on?));
            let due: BTreeMap<Uuid, Date> = invoices.into_iter().filter_map(due).collect();
            Ok(Figure::sum::<Journal>(move |row| {
                let bucket = due.get(&row.subject_id).map(|due_on| Bucket::of(*due_on, as_of));
                if owed.hold(row) && bucket == aged { net(row) } else { 0 }
            }))
        })
    }))
}

/// The invoices of a page are in the currency that was asked for.
fn lines_of(place: &Place<'_>, owed: Lines) -> Option<Figure> {
    let id = place.id("invoice_id")?;
    let asked = place.param("currency").and_then(|code| code.parse().ok());
    let owed = Lines { currency: asked.unwrap_or(place.question.currency), ..owed };
    Some(Figure::within::<Journal>(("invoice", id), move |row| {
        if owed.hold(row) && row.subject_id == id { net(row) } else { 0 }
    }))
}

/// Of revenue: earned, deferred, billed ahead, and what the coming months will earn.
pub(super) fn revenue(place: &Place<'_>) -> Option<Source> {
    let lines = Lines::asked(place);
    let ahead = lines.of(Account::DeferredRevenue);
    let before = Lines { from: None, until: lines.from, ..ahead };
    let (within, field) = place.named();
    let figure = match (within, field) {
        ("/recognized/*", "amount") => lines.of(account(place)?).sum(|row| -net(row)),
        ("/deferred/*", "opening") if lines.from.is_none() => Figure::default(),
        ("/deferred/*", "opening") => before.sum(|row| -net(row)),
        ("/deferred/*", "added") => ahead.sum(|row| row.credit_minor),
        ("/deferred/*", "released") => ahead.sum(|row| row.debit_minor),
        ("/deferred/*", "closing") => Lines { from: None, ..ahead }.sum(|row| -net(row)),
        ("/billed_ahead/*", "billed") => billed_ahead(place, |row| row.billed_minor)?,
        ("/billed_ahead/*", "recognized") => billed_ahead(place, |row| row.recognized_minor)?,
        ("/billed_ahead/*", "taken_back") => billed_ahead(place, |row| row.cut_minor)?,
        ("/billed_ahead/*", "deferred") => billed_ahead(place, |row| row.deferred_minor)?,
        ("/coming_months/*", _) => coming(place)?,
        _ => return None,
    };
    Some(figure.into())
}

fn billed_ahead(place: &Place<'_>, value: fn(&revenue::Row) -> i64) -> Option<Figure> {
    let item = ItemType::of_word(place.text("item_type")?)?;
    let currency = place.currency();
    Some(Figure::sum::<Revenue>(move |row| {
        let of = row.item_type.0 == item && row.currency.0 == currency;
        if of { value(row) } else { 0 }
    }))
}

/// What a month will earn, and what is left after it.
fn coming(place: &Place<'_>) -> Option<Figure> {
    let item = ItemType::of_word(place.text("item_type")?)?;
    let month: Date = day_of(place.text("month_ends_on")?).ok()?;
    let (currency, today) = (place.currency(), place.question.today);
    let is_left = match place.named().1 {
        "amount" => false,
        "left" => true,
        _ => return None,
    };
    Some(Figure::sum::<Revenue>(move |row| {
        if row.item_type.0 != item || row.currency.0 != currency || row.deferred_minor == 0 {
            return 0;
        }
        let months = row.coming_months(today);
        let earned = |until: bool| -> i64 {
            let of = |(on, _): &&(Date, i64)| if until { *on <= month } else { *on == month };
            months.iter().filter(of).map(|(_, minor)| minor).sum()
        };
        if is_left { row.deferred_minor - earned(true) } else { earned(false) }
    }))
}
