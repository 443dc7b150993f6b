//! What one account was moved by, day by day.

use ledger::{
    journal::Account,
    values::{Currency, Money},
};
use time::Date;

use super::{Journal, Period};
use crate::{
    answers::money,
    engine::{EngineError, Snapshot, Word},
};

/// How an account was moved on one business day, in one currency.
#[derive(Debug, Clone, PartialEq)]
pub struct DayAmount {
    /// The day.
    pub on: Date,
    /// Sum of the debits.
    pub debit: Money,
    /// Sum of the credits.
    pub credit: Money,
}

/// Movements of an account by currency and business day; days without any are left out.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn by_day(
    snapshot: &Snapshot,
    account: Account,
    period: Period,
) -> Result<Vec<DayAmount>, EngineError> {
    let (org, account) = (snapshot.org().0, Word(account));
    let Period { until_position, from, until } = period;
    let values: [&(dyn postgres_types::ToSql + Sync); 5] =
        [&org, &account, &until_position, &from, &until];
    let rows = snapshot.ask::<Journal>(include_str!("by_day.sql"), &values).await?;
    rows.iter()
        .map(|row| {
            let currency: Word<Currency> = row.try_get("currency")?;
            Ok(DayAmount {
                on: row.try_get("business_on")?,
                debit: money(row.try_get("debit_minor")?, currency),
                credit: money(row.try_get("credit_minor")?, currency),
            })
        })
        .collect::<Result<_, _>>()
        .map_err(EngineError::database("adding up days"))
}
