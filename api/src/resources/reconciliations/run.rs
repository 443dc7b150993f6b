//! `POST /v1/admin/finance/reconciliations`

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Payload},
};
use ledger::ports::statements::StatementReader;
use time::Date;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    upload::{file, read},
    view::ReconciliationView,
};
use crate::{
    answer::at_position,
    body::Params,
    credentials::Caller,
    error::{ApiError, Plain},
    order::idempotency_key,
    reconciliation::{Order, RunError, USUAL_DAYS, reconcile},
    state::AppState,
};

/// How to reconcile.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct ReconciliationParams {
    /// Whose statement: stripe.
    provider: String,
    /// The first day that the statement covers; its first line's unless said.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// The last day that it covers; its last line's unless said.
    #[param(value_type = Option<String>, format = Date)]
    through: Option<Date>,
    /// Days that both sides may be apart, 0 to 30; 3 unless said otherwise.
    days: Option<i64>,
    /// Book payouts and fees that the books lack (1000 and 5000 against 1010).
    book: Option<bool>,
}

/// Compares a provider's statement, the log and the read models; raises an exception for every
/// difference, once, and clears those that it looked for and no longer finds. A statement with a
/// line that cannot be read is refused as a whole, with line and column.
#[utoipa::path(post, path = "/v1/admin/finance/reconciliations", tag = "reconcile",
    params(ReconciliationParams),
    request_body(content = String, content_type = "text/csv",
        description = "Stripe's balance export as CSV, or the list form of \
            /v1/balance_transactions as JSON"),
    responses((status = 200, description = "What was found and done",
        body = ReconciliationView)))]
pub(crate) async fn run(
    state: Data<AppState>,
    request: HttpRequest,
    caller: Caller,
    payload: Payload,
) -> Result<HttpResponse, ApiError> {
    let key = idempotency_key(request.headers())?.ok_or(Plain::KeyRequired)?;
    let asked = Asked::read(&state, request.query_string())?;
    let bytes = file(&state, &request, payload.into_inner()).await?;
    // The same file under the same key is the same run.
    let content = state.ledger.names().fingerprint(caller.org, &[&bytes]);
    let mut name = format!("reconciliation:{}:{key}:", caller.principal()).into_bytes();
    name.extend(content);
    let order = Order {
        org: caller.org,
        actor: caller.actor(),
        run_id: Uuid::new_v5(&caller.org.0, &name),
        provider: asked.reader.provider(),
        from: asked.from,
        through: asked.through,
        days: asked.days,
        dry_run: asked.dry_run,
        book: asked.book,
    };
    let statement = read(asked.reader, bytes).await?;
    let report = reconcile(&state.ledger, &order, statement, &|_| {}).await?;
    Ok(at_position(report.position, &ReconciliationView::of(&order, &report)))
}

struct Asked {
    reader: Arc<dyn StatementReader>,
    from: Option<Date>,
    through: Option<Date>,
    days: i64,
    dry_run: bool,
    book: bool,
}

impl Asked {
    fn read(state: &AppState, query: &str) -> Result<Self, ApiError> {
        let mut params = Params::parse(query);
        let provider = params.text("provider").unwrap_or_default();
        let reader = state.statements.iter().find(|reader| reader.provider() == provider).cloned();
        if reader.is_none() {
            params.wrong("provider", "no statements of this provider are read here".into());
        }
        let (from, through) = (params.day("from"), params.day("through"));
        if from.zip(through).is_some_and(|(from, through)| from > through) {
            params.wrong("through", "lies before from".into());
        }
        let days = params.integer("days", USUAL_DAYS, 0, 30);
        let (dry_run, book) = (params.flag("dry_run"), params.flag("book"));
        params.finish()?;
        let reader = reader.ok_or(Plain::NotFound)?;
        Ok(Self { reader, from, through, days, dry_run, book })
    }
}

impl From<RunError> for ApiError {
    fn from(error: RunError) -> Self {
        match error {
            RunError::Execute(error) => error.into(),
            RunError::Engine(error) => error.into(),
            RunError::Account(refusal) => Self::refused(&refusal),
            RunError::DoesNotFit { .. } => Plain::StatementDoesNotFit.into(),
        }
    }
}
