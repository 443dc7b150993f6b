//! Which days a report is about.

use projections::journal::Period;
use serde::Serialize;
use time::Date;
use utoipa::{IntoParams, ToSchema};

use crate::{error::ApiError, query::Asked, reading::known, state::AppState};

/// From which day to which.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct PeriodParams {
    /// First business day; from the beginning unless said otherwise.
    from: Option<Date>,
    /// Last business day; to the end unless said otherwise.
    to: Option<Date>,
    /// As it was known at this position; as it is known now unless said otherwise.
    at_position: Option<i64>,
}

/// The days that a report is about.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct Days {
    /// First business day, if one was named.
    pub(super) from: Option<Date>,
    /// Last business day, if one was named.
    pub(super) to: Option<Date>,
}

/// Reads `from`, `to` and `at_position`; nothing else may be left.
pub(crate) async fn period(
    state: &AppState,
    asked: &mut Asked,
) -> Result<(Days, Period), ApiError> {
    let to = asked.last_day("to");
    let params = &mut asked.params;
    let from = params.day("from");
    let until_position: Option<i64> = params.parsed("at_position", "a position is expected");
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        params.wrong("to", "not before from".into());
    }
    std::mem::take(params).finish()?;
    known(state, asked.caller.org, until_position, asked.when).await?;
    asked.when = asked.when.knowing(until_position);
    Ok((Days { from, to }, Period { until_position, from, until: to.and_then(Date::next_day) }))
}
