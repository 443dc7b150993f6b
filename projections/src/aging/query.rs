//! Receivables by age.

use ledger::{
    journal::Account,
    values::{Currency, InvoiceId, Money},
};
use time::Date;
use uuid::Uuid;

use super::bucket::{Bucket, days_past_due};
use crate::{
    answers::money,
    engine::{EngineError, Snapshot, Word},
    invoices::Invoices,
    journal::{Entries, Journal, Period, account_balances},
};

/// What is owed in one currency, by age.
#[derive(Debug, Clone, PartialEq)]
pub struct Aging {
    /// The currency.
    pub currency: Currency,
    /// What invoices owe, by bucket, youngest first; every bucket is there.
    pub buckets: Vec<(Bucket, Money)>,
    /// Booked on the account by hand, without an invoice.
    pub by_hand: Money,
    /// All of it: the balance of account 1100.
    pub receivables: Money,
    /// Unapplied credit, apart: the balance of account 2200.
    pub unapplied: Money,
}

/// One invoice that owes something (or is owed something) on the day.
#[derive(Debug, Clone, PartialEq)]
pub struct AgedInvoice {
    /// Which.
    pub invoice_id: InvoiceId,
    /// Its number.
    pub number: Option<String>,
    /// When payment was due.
    pub due_on: Date,
    /// Days past that; below zero before it.
    pub days_past_due: i64,
    /// Its bucket.
    pub bucket: Bucket,
    /// What it owes.
    pub balance: Money,
}

/// Where a page of invoices goes on: the last one's due date and id.
pub type After = (Date, Uuid);

/// What is owed at the end of a business day, by currency and age; as known at a position, if one
/// is given.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn aging(
    snapshot: &Snapshot,
    as_of: Date,
    until_position: Option<i64>,
) -> Result<Vec<Aging>, EngineError> {
    let period = Period { until_position, from: None, until: as_of.next_day() };
    let balances = account_balances(snapshot, period, Entries::All).await?;
    let balance = |account, currency| {
        let of = balances.iter().filter(|one| one.account == account);
        let mut of = of.filter(|one| one.balance.currency() == currency);
        of.next().map_or(0, |one| one.balance.minor())
    };
    let mut currencies: Vec<Currency> = balances
        .iter()
        .filter(|one| matches!(one.account, Account::Receivables | Account::CustomerCredits))
        .map(|one| one.balance.currency())
        .collect();
    currencies.dedup();
    let due = owed_by_due_date(snapshot, as_of, until_position).await?;
    let of = |currency: Currency| {
        let money = |minor| money(minor, Word(currency));
        let here = || due.iter().filter(move |(of, ..)| *of == currency);
        let sum = |bucket| -> i64 {
            let aged = here().filter(|(_, due_on, _)| {
                due_on.is_some_and(|due_on| Bucket::of(due_on, as_of) == bucket)
            });
            aged.map(|(_, _, minor)| minor).sum()
        };
        let by_hand = here().filter(|(_, due_on, _)| due_on.is_none()).map(|(_, _, minor)| minor);
        Aging {
            currency,
            buckets: Bucket::ALL.map(|bucket| (bucket, money(sum(bucket)))).to_vec(),
            by_hand: money(by_hand.sum()),
            receivables: money(balance(Account::Receivables, currency)),
            unapplied: money(-balance(Account::CustomerCredits, currency)),
        }
    };
    Ok(currencies.into_iter().map(of).collect())
}

/// Currency, due date and sum; no due date where no invoice is behind it.
async fn owed_by_due_date(
    snapshot: &Snapshot,
    as_of: Date,
    until_position: Option<i64>,
) -> Result<Vec<(Currency, Option<Date>, i64)>, EngineError> {
    let sql = with_tables(snapshot, include_str!("by_due_date.sql")).await?;
    let rows = snapshot.query(&sql, &[&snapshot.org().0, &as_of, &until_position]).await?;
    rows.iter()
        .map(|row| {
            let currency: Word<Currency> = row.try_get("currency")?;
            Ok((currency.0, row.try_get("due_on")?, row.try_get("balance_minor")?))
        })
        .collect::<Result<_, _>>()
        .map_err(EngineError::database("adding up receivables"))
}

/// Invoices whose balance on the day is not zero, the oldest due date first, after `after`, at
/// most `limit`; of one currency.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn invoices(
    snapshot: &Snapshot,
    currency: Currency,
    as_of: Date,
    until_position: Option<i64>,
    after: Option<After>,
    limit: i64,
) -> Result<Vec<AgedInvoice>, EngineError> {
    let sql = with_tables(snapshot, include_str!("invoices.sql")).await?;
    let (org, of) = (snapshot.org().0, Word(currency));
    let (due_on, id) = after.unzip();
    let values: [&(dyn postgres_types::ToSql + Sync); 7] =
        [&org, &as_of, &until_position, &of, &due_on, &id, &limit];
    let rows = snapshot.query(&sql, &values).await?;
    rows.iter()
        .map(|row| {
            let due_on: Date = row.try_get("due_on")?;
            Ok(AgedInvoice {
                invoice_id: InvoiceId::new(row.try_get("invoice_id")?),
                number: row.try_get("number")?,
                due_on,
                days_past_due: days_past_due(due_on, as_of),
                bucket: Bucket::of(due_on, as_of),
                balance: money(row.try_get("balance_minor")?, of),
            })
        })
        .collect::<Result<_, _>>()
        .map_err(EngineError::database("listing receivables"))
}

async fn with_tables(snapshot: &Snapshot, sql: &str) -> Result<String, EngineError> {
    let journal = snapshot.model::<Journal>().await?;
    let invoices = snapshot.model::<Invoices>().await?;
    Ok(sql.replace("{journal}", &journal.table).replace("{invoices}", &invoices.table))
}
