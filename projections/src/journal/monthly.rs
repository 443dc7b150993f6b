//! What accounts were moved by, month by month.

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

/// How an account was moved in one month, in one currency.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthAmount {
    /// The month's first day.
    pub month_starts_on: Date,
    /// Which account.
    pub account: Account,
    /// Sum of the debits.
    pub debit: Money,
    /// Sum of the credits.
    pub credit: Money,
}

/// Movements of every account by month of the business day, then currency and number: what was
/// billed ahead (credits of 2000), earned (debits of 2000, credits of revenue), and so on.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn by_month(
    snapshot: &Snapshot,
    period: Period,
) -> Result<Vec<MonthAmount>, EngineError> {
    let org = snapshot.org().0;
    let Period { until_position, from, until } = period;
    let values: [&(dyn postgres_types::ToSql + Sync); 4] = [&org, &until_position, &from, &until];
    let rows = snapshot.ask::<Journal>(include_str!("by_month.sql"), &values).await?;
    rows.iter()
        .map(|row| {
            let account: Word<Account> = row.try_get("account")?;
            let currency: Word<Currency> = row.try_get("currency")?;
            Ok(MonthAmount {
                month_starts_on: row.try_get("month_starts_on")?,
                account: account.0,
                debit: money(row.try_get("debit_minor")?, currency),
                credit: money(row.try_get("credit_minor")?, currency),
            })
        })
        .collect::<Result<_, _>>()
        .map_err(EngineError::database("adding up months"))
}
