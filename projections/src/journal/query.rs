//! What accountants ask.

use ledger::{
    books::EntryKind,
    journal::Account,
    values::{Currency, Money},
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Journal, Row};
use crate::{
    answers::{money, read},
    engine::{EngineError, Snapshot, Word},
};

/// One line, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Names the entry: the event's place in the log.
    pub position: i64,
    /// Place within the entry.
    pub line: i32,
    /// The event.
    pub event_id: Uuid,
    /// What happened.
    pub event_type: String,
    /// The day the entry belongs to.
    pub business_on: Date,
    /// Which account.
    pub account: Account,
    /// On the left.
    pub debit: Money,
    /// On the right.
    pub credit: Money,
    /// The invoice or account it is about.
    pub subject_id: Uuid,
    /// When it was learned.
    pub recorded_at: OffsetDateTime,
    /// What an entry in the books is for; none where an event made it.
    pub entry_kind: Option<EntryKind>,
    /// The entry in the books.
    pub entry_id: Option<Uuid>,
    /// The entry in the books that this one mirrors.
    pub reverses: Option<Uuid>,
}

/// Which stretch of the journal a sum is about; without limits all of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Period {
    /// Up to and with this position.
    pub until_position: Option<i64>,
    /// From this business day on.
    pub from: Option<Date>,
    /// Up to but without this business day.
    pub until: Option<Date>,
}

/// Which entries a sum is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Entries {
    /// All of them.
    #[default]
    All,
    /// All but adjusting entries and their reversals: as it was before the accountant came.
    BeforeAdjusting,
}

/// What an account comes to in one currency.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountBalance {
    /// Which account.
    pub account: Account,
    /// Sum of the debits.
    pub debit: Money,
    /// Sum of the credits.
    pub credit: Money,
    /// Debits less credits.
    pub balance: Money,
}

/// The trial balance of one currency.
#[derive(Debug, Clone, PartialEq)]
pub struct TrialBalance {
    /// The currency.
    pub currency: Currency,
    /// Accounts that were moved, by number.
    pub accounts: Vec<AccountBalance>,
    /// Sum of all debits.
    pub debit: Money,
    /// Sum of all credits; the same.
    pub credit: Money,
}

impl TrialBalance {
    /// Whether debits and credits are the same, as they must be.
    pub fn is_balanced(&self) -> bool {
        self.debit == self.credit
    }
}

/// Lines in order, after the line at `after`, at most `limit`; of one account if asked.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn lines(
    snapshot: &Snapshot,
    account: Option<Account>,
    period: Period,
    after: Option<(i64, i32)>,
    limit: i64,
) -> Result<Vec<Line>, EngineError> {
    let account = account.map(Word);
    let org = snapshot.org().0;
    let Period { until_position, from, until } = period;
    let (position, line) = after.unzip();
    let values: [&(dyn postgres_types::ToSql + Sync); 8] =
        [&org, &account, &until_position, &from, &until, &position, &line, &limit];
    let rows = snapshot.ask::<Journal>(include_str!("lines.sql"), &values).await?;
    Ok(read::<Row>(&rows)?.into_iter().map(answer).collect())
}

/// The entry that an event made; empty where it moved no money.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn entry(snapshot: &Snapshot, position: i64) -> Result<Vec<Line>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand position = $2\norder by line";
    let rows = snapshot.ask::<Journal>(sql, &[&snapshot.org().0, &position]).await?;
    Ok(read::<Row>(&rows)?.into_iter().map(answer).collect())
}

/// The lines of an entry in the books, by its own id; empty where there is none.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn entry_by_hand(snapshot: &Snapshot, entry_id: Uuid) -> Result<Vec<Line>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand entry_id = $2\norder by line";
    let rows = snapshot.ask::<Journal>(sql, &[&snapshot.org().0, &entry_id]).await?;
    Ok(read::<Row>(&rows)?.into_iter().map(answer).collect())
}

/// What accounts come to, by currency and number.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn account_balances(
    snapshot: &Snapshot,
    period: Period,
    entries: Entries,
) -> Result<Vec<AccountBalance>, EngineError> {
    let org = snapshot.org().0;
    let Period { until_position, from, until } = period;
    let before_adjusting = entries == Entries::BeforeAdjusting;
    let values: [&(dyn postgres_types::ToSql + Sync); 5] =
        [&org, &until_position, &from, &until, &before_adjusting];
    let rows = snapshot.ask::<Journal>(include_str!("balances.sql"), &values).await?;
    rows.iter()
        .map(|row| {
            let account: Word<Account> = row.try_get("account")?;
            let currency: Word<Currency> = row.try_get("currency")?;
            let (debit, credit): (i64, i64) =
                (row.try_get("debit_minor")?, row.try_get("credit_minor")?);
            Ok(AccountBalance {
                account: account.0,
                debit: money(debit, currency),
                credit: money(credit, currency),
                balance: money(debit - credit, currency),
            })
        })
        .collect::<Result<_, _>>()
        .map_err(EngineError::database("adding up accounts"))
}

/// The trial balance, one per currency, as of any position up to the snapshot's own.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn trial_balance(
    snapshot: &Snapshot,
    period: Period,
    entries: Entries,
) -> Result<Vec<TrialBalance>, EngineError> {
    let mut balances: Vec<TrialBalance> = Vec::new();
    for account in account_balances(snapshot, period, entries).await? {
        let currency = account.debit.currency();
        let (debit, credit) = (account.debit.minor(), account.credit.minor());
        let zero = Money::zero(currency);
        if balances.last().is_none_or(|balance| balance.currency != currency) {
            let accounts = Vec::new();
            balances.push(TrialBalance { currency, accounts, debit: zero, credit: zero });
        }
        if let Some(balance) = balances.last_mut() {
            balance.debit = Money::from_minor(balance.debit.minor() + debit, currency);
            balance.credit = Money::from_minor(balance.credit.minor() + credit, currency);
            balance.accounts.push(account);
        }
    }
    Ok(balances)
}

pub(super) fn answer(row: Row) -> Line {
    Line {
        position: row.position,
        line: row.line,
        event_id: row.event_id,
        event_type: row.event_type,
        business_on: row.business_on,
        account: row.account.0,
        debit: money(row.debit_minor, row.currency),
        credit: money(row.credit_minor, row.currency),
        subject_id: row.subject_id,
        recorded_at: row.recorded_at,
        entry_kind: row.entry_kind.map(|kind| kind.0),
        entry_id: row.entry_id,
        reverses: row.reverses,
    }
}
