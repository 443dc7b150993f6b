//! An exception, as finance sees it.

use actix_web::{HttpResponse, http::StatusCode};
use ledger::{
    exception::{Exception, ExceptionCommand, ExceptionError},
    values::{ExceptionId, Money},
};
use projections::{
    engine::{Streams, Worded},
    exceptions::{self, Entry, Exceptions, Said},
};
use serde::Serialize;
use serde_json::Value;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::{self, command, instant},
    credentials::Caller,
    error::ApiError,
    order::Order,
    people::open,
    reading::reading,
    state::AppState,
    when::When,
};

/// What one side says.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExceptionSide {
    /// How much, as a decimal number.
    amount: Option<String>,
    /// ISO 4217.
    currency: Option<String>,
    /// Which day.
    on: Option<Date>,
    /// How it stands.
    status: Option<String>,
}

impl From<Said> for ExceptionSide {
    fn from(said: Said) -> Self {
        let (amount, currency) = spelt(said.amount);
        Self { amount, currency, on: said.on, status: said.status }
    }
}

fn spelt(amount: Option<Money>) -> (Option<String>, Option<String>) {
    let decimal = amount.map(|amount| amount.decimal().to_string());
    (decimal, amount.map(|amount| amount.currency().to_string()))
}

/// Something that does not fit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExceptionView {
    /// Which.
    exception_id: Uuid,
    /// open or resolved.
    status: String,
    /// missing_here, missing_there, amount, currency, timing, status, duplicate or tax.
    class: &'static str,
    /// log_and_provider or log_and_read_model.
    between: &'static str,
    /// About what: payment, refund, dispute, invoice, ….
    item: &'static str,
    /// Whose statement.
    provider: String,
    /// The desk that owns it.
    owner: String,
    /// What it is about: the gap, or the amount that is there.
    amount: Option<String>,
    /// ISO 4217.
    currency: Option<String>,
    /// What the log says.
    ours: ExceptionSide,
    /// What the other side says.
    theirs: ExceptionSide,
    /// The invoice, if it is about one.
    invoice_id: Option<Uuid>,
    /// Our payment, refund, dispute or entry.
    movement_id: Option<Uuid>,
    /// The provider's id; masked for some roles.
    provider_id: Option<String>,
    /// The day that it is about.
    happened_on: Date,
    /// The day it was noticed.
    noticed_on: Date,
    /// Days from then until it was settled, or until today.
    age_days: i64,
    /// accepted, cleared, corrected, not_ours or provider_error; null while it is open.
    resolution: Option<&'static str>,
    /// Why it was settled or reopened.
    reason_code: Option<String>,
    /// The remark of who settled it; masked for some roles.
    note: Option<String>,
    /// The day it was settled.
    resolved_on: Option<Date>,
    /// How often it came back.
    times_reopened: i64,
    /// The run that raised it.
    run_id: Uuid,
    /// When it was raised.
    created_at: String,
    /// When it changed last.
    updated_at: String,
    /// The version, as in `ETag`.
    pub(super) version: i64,
}

impl ExceptionView {
    fn of(entry: Entry, today: Date, provider_id: Option<String>, note: Option<String>) -> Self {
        let (amount, currency) = spelt(entry.amount);
        Self {
            exception_id: entry.exception_id.uuid(),
            status: entry.status.word().to_owned(),
            class: entry.class.word(),
            between: entry.between.word(),
            item: entry.item.word(),
            age_days: entry.age_days(today),
            provider: entry.provider,
            owner: entry.owner,
            amount,
            currency,
            ours: entry.ours.into(),
            theirs: entry.theirs.into(),
            invoice_id: entry.invoice_id,
            movement_id: entry.movement_id,
            provider_id,
            happened_on: entry.happened_on,
            noticed_on: entry.noticed_on,
            resolution: entry.resolution.map(|resolution| resolution.word()),
            reason_code: entry.reason_code,
            note,
            resolved_on: entry.resolved_on,
            times_reopened: entry.times_reopened,
            run_id: entry.run_id,
            created_at: instant(entry.created_at),
            updated_at: instant(entry.updated_at),
            version: entry.version,
        }
    }
}

/// Exceptions with what their caller may see of them.
pub(super) async fn opened(
    state: &AppState,
    caller: &Caller,
    found: Vec<Entry>,
    today: Date,
) -> Result<Vec<ExceptionView>, ApiError> {
    let sealed: Vec<_> =
        found.iter().flat_map(|entry| [entry.provider_id.as_ref(), entry.note.as_ref()]).collect();
    let mut plain = open(state, caller, &sealed).await?.into_iter();
    let view = |entry| {
        let provider_id = plain.next().flatten();
        ExceptionView::of(entry, today, provider_id, plain.next().flatten())
    };
    Ok(found.into_iter().map(view).collect())
}

/// One exception, at a position.
pub(super) async fn one(
    state: &AppState,
    caller: &Caller,
    id: ExceptionId,
    today: Date,
    when: impl Into<When>,
) -> Result<(ExceptionView, i64), ApiError> {
    let when = when.into().of(Streams::of(id));
    let reading = reading::<Exceptions>(state, caller.org, when).await?;
    let found = exceptions::get(&reading.snapshot, id).await?;
    reading.snapshot.close().await?;
    let found = found.ok_or_else(|| ApiError::refused(&ExceptionError::Unknown))?;
    let view = opened(state, caller, vec![found], today).await?.pop();
    let view = view.ok_or_else(|| ApiError::refused(&ExceptionError::Unknown))?;
    Ok((view, reading.position))
}

/// Gives a command and answers with the exception.
pub(super) async fn give<B>(
    state: &AppState,
    order: &Order<B>,
    id: ExceptionId,
    today: Date,
    given: ExceptionCommand,
) -> Result<HttpResponse, ApiError> {
    let outcome = order.execute::<Exception>(state, id, given).await?;
    command(state, order, &outcome, StatusCode::OK, Value::Null, async |reached| {
        let (view, _) = one(state, &order.caller, id, today, Some(reached.position)).await?;
        Ok(Some(answer::value(&view)?))
    })
    .await
}
