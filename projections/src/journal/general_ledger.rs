//! The general ledger: an account's lines with its running balance.

use ledger::{
    journal::Account,
    values::{Currency, Money},
};
use time::Date;

use super::{
    AccountBalance, Entries, Journal, Line, Period, Row,
    query::{account_balances, answer},
};
use crate::{
    answers::{money, read},
    engine::{EngineError, Snapshot, Word},
};

/// An account of the chart and what it comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartAccount {
    /// Which: number, name and class are its own.
    pub account: Account,
    /// What it comes to, by currency; empty where nothing was ever booked.
    pub balances: Vec<AccountBalance>,
}

/// A line and what the account comes to with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Posted {
    /// The line.
    pub line: Line,
    /// Debits less credits up to and with this line.
    pub balance: Money,
}

/// A page of an account.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountPage {
    /// Debits less credits before the period began.
    pub opening: Money,
    /// Lines by business day, then position.
    pub lines: Vec<Posted>,
}

/// Every account of the chart, by number, with what it comes to.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn chart_of_accounts(
    snapshot: &Snapshot,
    period: Period,
) -> Result<Vec<ChartAccount>, EngineError> {
    let all = account_balances(snapshot, period, Entries::All).await?;
    let of = |account: &Account| ChartAccount {
        account: *account,
        balances: all.iter().filter(|balance| balance.account == *account).cloned().collect(),
    };
    Ok(Account::ALL.iter().map(of).collect())
}

/// An account's lines in one currency by business day and position, after the line at `after`
/// (its business day, position and line), at most `limit`, each with the running balance.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn general_ledger(
    snapshot: &Snapshot,
    account: Account,
    currency: Currency,
    period: Period,
    after: Option<(Date, i64, i32)>,
    limit: i64,
) -> Result<AccountPage, EngineError> {
    let (org, account, of) = (snapshot.org().0, Word(account), Word(currency));
    let Period { until_position, from, until } = period;
    let day = after.map(|(day, ..)| day);
    let (position, line) = after.map(|(_, position, line)| (position, line)).unzip();
    let values: [&(dyn postgres_types::ToSql + Sync); 8] =
        [&org, &account, &of, &until_position, &from, &day, &position, &line];
    let rows = snapshot.ask::<Journal>(include_str!("carried.sql"), &values).await?;
    let failed = || EngineError::database("reading an account");
    let sum = |name: &str| -> Result<i64, EngineError> {
        rows.first().map_or(Ok(0), |row| row.try_get(name)).map_err(failed())
    };
    let (opening, mut balance) = (sum("opening_minor")?, sum("carried_minor")?);
    let values: [&(dyn postgres_types::ToSql + Sync); 10] =
        [&org, &account, &of, &until_position, &from, &until, &day, &position, &line, &limit];
    let rows = snapshot.ask::<Journal>(include_str!("account.sql"), &values).await?;
    let lines = read::<Row>(&rows)?.into_iter().map(|row| {
        balance += row.debit_minor - row.credit_minor;
        Posted { line: answer(row), balance: money(balance, of) }
    });
    Ok(AccountPage { lines: lines.collect(), opening: money(opening, of) })
}
