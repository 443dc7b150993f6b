//! What the API asks about usage.

use ledger::{operation::Metric, values::CycleKey};
use time::OffsetDateTime;

use super::{Row, UsageDrift, rows::CURRENT};
use crate::{
    answers::read,
    engine::{EngineError, Snapshot},
};

/// One metric, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Usage {
    /// Of what.
    pub metric: Metric,
    /// What the facts come to.
    pub computed: i64,
    /// What a recorded counter says; of workers and storage the latest one.
    pub recorded: Option<i64>,
    /// Recorded less computed.
    pub drift: Option<i64>,
    /// Facts about the month that were recorded after it had ended.
    pub late_facts: i64,
    /// By how much computed has changed since then.
    pub late_change: i64,
    /// When it changed last; `None` where nothing was said yet.
    pub updated_at: Option<OffsetDateTime>,
}

impl Usage {
    /// Nothing was said yet.
    fn none(metric: Metric) -> Self {
        Self {
            metric,
            computed: 0,
            recorded: None,
            drift: None,
            late_facts: 0,
            late_change: 0,
            updated_at: None,
        }
    }

    /// Whether a counter says something else than the facts.
    pub fn drifts(&self) -> bool {
        self.drift.is_some_and(|drift| drift != 0)
    }
}

/// Every metric in a month, in the order of [`Metric::ALL`]; workers and storage as they stand
/// now.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn of_month(snapshot: &Snapshot, month: CycleKey) -> Result<Vec<Usage>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand month in ($2, $3)";
    let (org, month) = (snapshot.org().0, month.to_string());
    let rows = snapshot.ask::<UsageDrift>(sql, &[&org, &month, &CURRENT]).await?;
    let rows = read::<Row>(&rows)?;
    let answer = |metric| {
        let row = rows.iter().find(|row| row.metric.0 == metric);
        row.map_or_else(|| Usage::none(metric), answer)
    };
    Ok(Metric::ALL.into_iter().map(answer).collect())
}

fn answer(row: &Row) -> Usage {
    Usage {
        metric: row.metric.0,
        computed: row.computed,
        recorded: row.recorded,
        drift: row.drift,
        late_facts: row.late_facts,
        late_change: row.late_change,
        updated_at: Some(row.updated_at),
    }
}
