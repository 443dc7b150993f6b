//! What the figures of the books are the sums of.

use std::collections::BTreeSet;

use ledger::{books::EntryKind, journal::Account, values::Currency};
use projections::{
    engine::explain::{Figure, Log, prefix},
    journal::{Journal, Row},
};
use time::Date;
use uuid::Uuid;

use crate::explaining::{Place, Source};

/// Lines of the journal in one currency, between two days, and of one account if it is named.
#[derive(Clone, Copy)]
pub(crate) struct Lines {
    pub(crate) account: Option<Account>,
    pub(crate) currency: Currency,
    pub(crate) from: Option<Date>,
    pub(crate) until: Option<Date>,
}

impl Lines {
    /// Of the days that the thing was asked about.
    pub(crate) fn asked(place: &Place<'_>) -> Self {
        let (from, until) = place.days();
        Self { account: None, currency: place.currency(), from, until }
    }

    pub(crate) fn of(self, account: Account) -> Self {
        Self { account: Some(account), ..self }
    }

    pub(crate) fn hold(&self, row: &Row) -> bool {
        self.account.is_none_or(|account| row.account.0 == account)
            && row.currency.0 == self.currency
            && self.from.is_none_or(|from| row.business_on >= from)
            && self.until.is_none_or(|until| row.business_on < until)
    }

    /// The sum of a value over them.
    pub(crate) fn sum(self, value: fn(&Row) -> i64) -> Figure {
        Figure::sum::<Journal>(move |row| if self.hold(row) { value(row) } else { 0 })
    }
}

/// Debits less credits.
pub(crate) fn net(row: &Row) -> i64 {
    row.debit_minor - row.credit_minor
}

fn side(field: &str) -> Option<fn(&Row) -> i64> {
    Some(match field {
        "debit" | "total_debit" => |row| row.debit_minor,
        "credit" | "total_credit" => |row| row.credit_minor,
        "balance" | "difference" => net,
        _ => return None,
    })
}

/// Of the trial balance.
pub(super) fn balance(place: &Place<'_>) -> Option<Source> {
    let (within, field) = place.named();
    let value = side(field)?;
    let lines = match within {
        "/balances/*" => Lines::asked(place),
        "/balances/*/accounts/*" => Lines::asked(place).of(place.text("account")?.parse().ok()?),
        _ => return None,
    };
    let adjusted =
        place.param("adjusting").is_some_and(|word| word.eq_ignore_ascii_case("exclude"));
    if !adjusted {
        return Some(lines.sum(value).into());
    }
    Some(Source::after(move |log| {
        Box::pin(async move {
            let adjusting = adjusting(log).await?;
            Ok(Figure::sum::<Journal>(move |row| {
                let entry = row.entry_kind.is_some_and(|kind| kind.0 == EntryKind::Adjusting);
                let mirror = row.reverses.is_some_and(|entry| adjusting.contains(&entry));
                if lines.hold(row) && !entry && !mirror { value(row) } else { 0 }
            }))
        })
    }))
}

/// The adjusting entries of the books.
async fn adjusting(log: Log<'_>) -> Result<BTreeSet<Uuid>, projections::engine::EngineError> {
    let rows = prefix::<Journal>(log, None).await?;
    let adjusting = rows
        .values()
        .filter(|(row, _)| row.entry_kind.is_some_and(|kind| kind.0 == EntryKind::Adjusting));
    Ok(adjusting.filter_map(|(row, _)| row.entry_id).collect())
}

/// Of an account's page: its lines, and what it came to with each of them.
pub(super) fn posted(place: &Place<'_>) -> Option<Source> {
    let (within, field) = place.named();
    let all = Lines { from: None, ..Lines::asked(place) };
    let account: Account = place.text("account")?.parse().ok()?;
    let lines = Lines { account: Some(account), ..all };
    if (within, field) == ("", "opening_balance") {
        let before = Lines { until: Some(place.days().0.unwrap_or(Date::MIN)), ..lines };
        return Some(before.sum(net).into());
    }
    let value = side(field).filter(|_| within == "/lines/*")?;
    let position = place.number("position")?;
    let rank = rank(place, position)?;
    let (debit, credit) = (place.text("debit")?.to_owned(), place.text("credit")?.to_owned());
    let is_balance = field == "balance";
    Some(Source::after(move |log| {
        Box::pin(async move {
            let rows = prefix::<Journal>(log, None).await?;
            let shown =
                |minor| ledger::values::Money::from_minor(minor, lines.currency).to_string();
            let here = rows.values().map(|(row, _)| row).filter(|row| {
                lines.hold(row)
                    && row.position == position
                    && shown(row.debit_minor) == debit
                    && shown(row.credit_minor) == credit
            });
            let found = here.clone().nth(rank).or_else(|| here.clone().next());
            let Some((day, line)) = found.map(|row| (row.business_on, row.line)) else {
                return Ok(Figure::default());
            };
            Ok(Figure::sum::<Journal>(move |row| {
                let own = (row.position, row.line) == (position, line);
                let until = (row.business_on, row.position, row.line) <= (day, position, line);
                let counts = if is_balance { until } else { own };
                if lines.hold(row) && counts { value(row) } else { 0 }
            }))
        })
    }))
}

/// The how manieth line of its event on this page it is.
fn rank(place: &Place<'_>, position: i64) -> Option<usize> {
    let (at, lines) = (place.place(0)?, place.beside("lines")?.as_array()?);
    let of = |line: &&serde_json::Value| line["position"].as_i64() == Some(position);
    Some(lines.iter().take(at).filter(of).count())
}

/// Of entries: their lines.
pub(super) fn entry(place: &Place<'_>) -> Option<Source> {
    let ("/entries/*/lines/*", field) = place.named() else { return None };
    let value = side(field).filter(|_| field != "balance")?;
    let (position, at) = (place.number("position")?, place.place(0)?);
    if place.param("account").is_none() && place.param("cursor").is_none() {
        let key = (position, i32::try_from(at).ok()?);
        return Some(Figure::of::<Journal>(key, None, value).into());
    }
    let account: Account = place.text("account")?.parse().ok()?;
    let currency = place.currency();
    Some(
        Figure::sum::<Journal>(move |row| {
            let of = row.position == position && row.account.0 == account;
            if of && row.currency.0 == currency { value(row) } else { 0 }
        })
        .into(),
    )
}
