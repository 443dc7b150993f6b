//! What the agent and the post do, across orgs: for metrics and alerts (contract S4.8).
//!
//! Bounded: the last week of statements and deliveries, the last month of levels and plans, each
//! through an index of its own, and the levels that are open.

use ledger::{
    store::Ledger,
    values::{Currency, Money, OrgId},
};

use crate::engine::EngineError;

/// Rows of orgs, and of all orgs by currency.
const MOST: i64 = 200;

/// The figures of an org and currency, or of all orgs in that currency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Activity {
    /// Whose; `None` for all orgs together.
    pub org: Option<OrgId>,
    /// `None` for what has no amount.
    pub currency: Option<Currency>,
    /// Statements that the agent drew up in the last week.
    pub generated: i64,
    /// Of those, taken over by the founder.
    pub overridden: i64,
    /// Statements of the last week that were sent.
    pub sent: i64,
    /// Of those, by the agent without anybody's approval.
    pub sent_by_agent: i64,
    /// E-mails of the last week.
    pub emails: i64,
    /// Of those, with a known end.
    pub emails_known: i64,
    /// Of those, with a good one.
    pub emails_succeeded: i64,
    /// Letters of the last week that followed a failed e-mail.
    pub failovers: i64,
    /// What letters of the last day cost.
    pub mail_cost: Option<Money>,
    /// Third levels that are open.
    pub level_3: i64,
    /// Levels reached in the last month.
    pub escalations: i64,
    /// Of those, settled by payment.
    pub escalations_paid: i64,
    /// Plans answered in the last month.
    pub plans_answered: i64,
    /// Of those, accepted.
    pub plans_accepted: i64,
}

/// All orgs together, by currency, and the orgs with the most to look at.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn across_orgs(ledger: &Ledger) -> Result<Vec<Activity>, EngineError> {
    let doing = "measuring statements";
    let failed = || EngineError::database(doing);
    let mut client = ledger.relay_pool().get().await.map_err(EngineError::pool(doing))?;
    let transaction = client.transaction().await.map_err(failed())?;
    transaction.batch_execute("set local row_security = off").await.map_err(failed())?;
    let statement = transaction.prepare_cached(include_str!("across_orgs.sql")).await;
    let rows = transaction.query(&statement.map_err(failed())?, &[&MOST]).await.map_err(failed())?;
    transaction.commit().await.map_err(failed())?;
    rows.iter().map(activity).collect::<Result<_, _>>().map_err(failed())
}

fn activity(row: &tokio_postgres::Row) -> Result<Activity, tokio_postgres::Error> {
    let org: Option<uuid::Uuid> = row.try_get(0)?;
    let currency: &str = row.try_get(1)?;
    let currency: Option<Currency> = currency.parse().ok();
    let cost: i64 = row.try_get(10)?;
    Ok(Activity {
        org: org.map(OrgId),
        currency,
        generated: row.try_get(2)?,
        overridden: row.try_get(3)?,
        sent: row.try_get(4)?,
        sent_by_agent: row.try_get(5)?,
        emails: row.try_get(6)?,
        emails_known: row.try_get(7)?,
        emails_succeeded: row.try_get(8)?,
        failovers: row.try_get(9)?,
        mail_cost: currency.map(|currency| Money::from_minor(cost, currency)),
        level_3: row.try_get(11)?,
        escalations: row.try_get(12)?,
        escalations_paid: row.try_get(13)?,
        plans_answered: row.try_get(14)?,
        plans_accepted: row.try_get(15)?,
    })
}
