//! The founder's figures, over all read models of statements (contract S4.2, S4.8).

use std::collections::BTreeMap;

use ledger::values::{Currency, Money};
use rust_decimal::Decimal;
use time::{Date, OffsetDateTime};

use super::Statements;
use crate::{
    answers::money,
    billing_audit_logs::BillingAuditLogs,
    engine::{EngineError, Snapshot, Word},
    payment_plans::PaymentPlans,
    statement_deliveries::StatementDeliveries,
    statement_escalations::StatementEscalations,
};

/// A part of a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// The part.
    pub part: i64,
    /// The whole.
    pub whole: i64,
}

impl Share {
    /// The part of one, to four places; `None` where there is no whole.
    pub fn rate(self) -> Option<Decimal> {
        let mut rate = Decimal::from(self.part).checked_div(Decimal::from(self.whole))?;
        rate.rescale(4);
        Some(rate)
    }
}

/// The founder's figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Metrics {
    /// Drawn up today.
    pub generated_today: i64,
    /// Sent for the first time today.
    pub sent_today: i64,
    /// Levels that were reached and are not settled.
    pub active_escalations: i64,
    /// Of those, at the third level.
    pub level_3_escalations: i64,
    /// What is due on all statements that went out or may, by currency.
    pub outstanding: Vec<Money>,
    /// Acts of the agent today.
    pub ai_actions_today: i64,
    /// What letters cost today, by currency.
    pub mail_cost_today: Vec<Money>,
    /// How many statements stand where.
    pub by_state: BTreeMap<String, i64>,
    /// E-mails that succeeded, of those whose end is known.
    pub email_success: Share,
    /// Statements the agent sent without anybody's approval, of those that were sent.
    pub autonomy: Share,
    /// Statements that the founder took over, of those that the agent drew up.
    pub overrides: Share,
    /// Failed e-mails that a letter followed, of all e-mails.
    pub failover: Share,
    /// Statements that were paid after a level was reached, of those that reached one.
    pub escalation_effectiveness: Share,
    /// Plans that were accepted, of those that were answered.
    pub plan_acceptance: Share,
}

/// The figures of a day, which lasts `from` that instant and ends before `to`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn metrics(
    snapshot: &Snapshot,
    today: Date,
    (from, to): (OffsetDateTime, OffsetDateTime),
) -> Result<Metrics, EngineError> {
    let org = snapshot.org().0;
    let counts = "select (count(*) filter (where statement_date = $2))::int8,\n\
        (count(*) filter (where sent_at >= $3 and sent_at < $4))::int8,\n\
        (count(*) filter (where sent_by = 'agent' and not released\n\
        and not founder_override))::int8,\n\
        (count(*) filter (where sent_at is not null))::int8,\n\
        (count(*) filter (where ai_generated and founder_override))::int8,\n\
        (count(*) filter (where ai_generated))::int8,\n\
        (count(*) filter (where was_escalated and lifecycle_state = 'paid'))::int8,\n\
        (count(*) filter (where was_escalated))::int8\nfrom {table}\nwhere org_id = $1";
    let rows = snapshot.ask::<Statements>(counts, &[&org, &today, &from, &to]).await?;
    let [generated, sent, alone, all_sent, taken, by_agent, paid, escalated] = numbers(&rows)?;
    let deliveries = "select (count(*) filter (where channel = 'email' and success))::int8,\n\
        (count(*) filter (where channel = 'email' and success is not null))::int8,\n\
        (count(*) filter (where purpose = 'failover'))::int8,\n\
        (count(*) filter (where channel = 'email'))::int8\nfrom {table}\nwhere org_id = $1";
    let rows = snapshot.ask::<StatementDeliveries>(deliveries, &[&org]).await?;
    let [arrived, known, letters, emails] = numbers(&rows)?;
    let levels = "select (count(*) filter (where resolution is null))::int8,\n\
        (count(*) filter (where resolution is null and level >= 3))::int8\n\
        from {table}\nwhere org_id = $1";
    let rows = snapshot.ask::<StatementEscalations>(levels, &[&org]).await?;
    let [active_escalations, level_3_escalations] = numbers(&rows)?;
    let plans = "select (count(*) filter (where accepted_on is not null))::int8,\n\
        (count(*) filter (where accepted_on is not null or state = 'declined'))::int8\n\
        from {table}\nwhere org_id = $1";
    let [accepted, answered] = numbers(&snapshot.ask::<PaymentPlans>(plans, &[&org]).await?)?;
    let acts = "select count(*)::int8\nfrom {table}\nwhere org_id = $1\nand acted_by = 'agent'\n\
        and happened_at >= $2\nand happened_at < $3";
    let rows = snapshot.ask::<BillingAuditLogs>(acts, &[&org, &from, &to]).await?;
    let [ai_actions_today] = numbers(&rows)?;
    Ok(Metrics {
        generated_today: generated,
        sent_today: sent,
        active_escalations,
        level_3_escalations,
        outstanding: outstanding(snapshot).await?,
        ai_actions_today,
        mail_cost_today: mail_cost(snapshot, from, to).await?,
        by_state: by_state(snapshot).await?,
        email_success: Share { part: arrived, whole: known },
        autonomy: Share { part: alone, whole: all_sent },
        overrides: Share { part: taken, whole: by_agent },
        failover: Share { part: letters, whole: emails },
        escalation_effectiveness: Share { part: paid, whole: escalated },
        plan_acceptance: Share { part: accepted, whole: answered },
    })
}

async fn outstanding(snapshot: &Snapshot) -> Result<Vec<Money>, EngineError> {
    let sql = "select currency, sum(balance_due_minor)::int8\nfrom {table}\nwhere org_id = $1\n\
        and lifecycle_state not in ('drafted', 'voided')\nand balance_due_minor > 0\n\
        group by currency\norder by currency";
    amounts(&snapshot.ask::<Statements>(sql, &[&snapshot.org().0]).await?)
}

async fn mail_cost(
    snapshot: &Snapshot,
    from: OffsetDateTime,
    to: OffsetDateTime,
) -> Result<Vec<Money>, EngineError> {
    let sql = "select currency, sum(cost_minor)::int8\nfrom {table}\nwhere org_id = $1\n\
        and cost_minor is not null\nand attempted_at >= $2\nand attempted_at < $3\n\
        group by currency\norder by currency";
    let org = snapshot.org().0;
    amounts(&snapshot.ask::<StatementDeliveries>(sql, &[&org, &from, &to]).await?)
}

async fn by_state(snapshot: &Snapshot) -> Result<BTreeMap<String, i64>, EngineError> {
    let sql = "select lifecycle_state, count(*)::int8\nfrom {table}\nwhere org_id = $1\n\
        group by lifecycle_state";
    let rows = snapshot.ask::<Statements>(sql, &[&snapshot.org().0]).await?;
    let one = |row: &tokio_postgres::Row| Ok((row.try_get(0)?, row.try_get(1)?));
    rows.iter().map(one).collect::<Result<_, _>>().map_err(failed())
}

fn amounts(rows: &[tokio_postgres::Row]) -> Result<Vec<Money>, EngineError> {
    let one = |row: &tokio_postgres::Row| {
        let currency: Word<Currency> = row.try_get(0)?;
        Ok(money(row.try_get(1)?, currency))
    };
    rows.iter().map(one).collect::<Result<_, _>>().map_err(failed())
}

/// The numbers of the one row.
fn numbers<const N: usize>(rows: &[tokio_postgres::Row]) -> Result<[i64; N], EngineError> {
    let mut numbers = [0; N];
    if let Some(row) = rows.first() {
        for (place, number) in numbers.iter_mut().enumerate() {
            *number = row.try_get(place).map_err(failed())?;
        }
    }
    Ok(numbers)
}

fn failed() -> impl FnOnce(tokio_postgres::Error) -> EngineError {
    EngineError::database("reading the founder's figures")
}
