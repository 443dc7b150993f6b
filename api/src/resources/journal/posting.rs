//! `POST /v1/admin/journal/adjusting-entries`, `…/allowances`, `…/entries/{entry_id}/reverse`

use actix_web::{HttpResponse, http::StatusCode, web};
use ledger::{
    books::{Books, BooksCommand, EntryKind, EntryLine, PostEntry, ReverseEntry, Side, books_id},
    journal::Account,
    store::Outcome,
};
use projections::journal::{self, Journal};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    bodies::{AllowanceBody, EntryBody, ReversalBody},
    entries::{EntryView, entries},
};
use crate::{
    answer,
    error::ApiError,
    order::{Order, Plan},
    reading::reading,
    resources::account::account,
    state::AppState,
};

/// Makes an adjusting entry: the only kind a closed period takes.
#[utoipa::path(post, path = "/v1/admin/journal/adjusting-entries", tag = "journal",
    request_body = EntryBody,
    responses((status = 201, description = "The entry; `entry_id` names it", body = EntryView)))]
pub(crate) async fn adjust(
    state: web::Data<AppState>,
    order: Order<EntryBody>,
) -> Result<HttpResponse, ApiError> {
    let account = account(&state, order.caller.org).await?;
    let body = &order.body;
    let lines = body.lines(account.currency())?;
    let (note, reference) = (
        sealed(&state, &order, "note", body.note.as_deref()).await?,
        sealed(&state, &order, "reference", body.reference.as_deref()).await?,
    );
    let post = PostEntry {
        business_on: body.business_on.unwrap_or_else(|| account.today()),
        entry_id: order.new_id("entry"),
        kind: EntryKind::Adjusting,
        lines,
        note,
        reason_code: body.reason_code.clone(),
        reference,
    };
    posted(&state, &order, post).await
}

/// Books the estimate of what will not come in: 5100 against 1190, or the other way round.
#[utoipa::path(post, path = "/v1/admin/journal/allowances", tag = "journal",
    request_body = AllowanceBody,
    responses((status = 201, description = "The entry; `entry_id` names it", body = EntryView)))]
pub(crate) async fn allow(
    state: web::Data<AppState>,
    order: Order<AllowanceBody>,
) -> Result<HttpResponse, ApiError> {
    let account = account(&state, order.caller.org).await?;
    let body = &order.body;
    let currency = body.currency.unwrap_or_else(|| account.currency());
    let amount = body.amount.money(currency, "/amount")?;
    let (expense, allowance) =
        if body.released { (Side::Credit, Side::Debit) } else { (Side::Debit, Side::Credit) };
    let lines = vec![
        EntryLine { account: Account::CreditLossExpense, amount, side: expense },
        EntryLine { account: Account::CreditLossAllowance, amount, side: allowance },
    ];
    let post = PostEntry {
        business_on: body.business_on.unwrap_or_else(|| account.today()),
        entry_id: order.new_id("entry"),
        kind: EntryKind::Allowance,
        lines,
        note: sealed(&state, &order, "note", body.note.as_deref()).await?,
        reason_code: body.reason_code.clone(),
        reference: None,
    };
    posted(&state, &order, post).await
}

/// Undoes an entry by its exact mirror, once.
#[utoipa::path(post, path = "/v1/admin/journal/entries/{entry_id}/reverse", tag = "journal",
    request_body = ReversalBody,
    responses((status = 201, description = "The mirror; `entry_id` names it", body = EntryView)))]
pub(crate) async fn reverse(
    state: web::Data<AppState>,
    order: Order<ReversalBody>,
    reverses: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    let org = order.caller.org;
    let body = &order.body;
    let business_on = match body.business_on {
        Some(day) => day,
        None => {
            let (books, _) = state.ledger.load::<Books>(org, books_id(org)).await?;
            let entered_on = books.entries().get(&reverses).map(|entry| entry.business_on);
            let today = account(&state, org).await?.today();
            entered_on.map_or(today, |entered_on| entered_on.max(today))
        }
    };
    let reverse = ReverseEntry {
        business_on,
        entry_id: order.new_id("entry"),
        note: sealed(&state, &order, "note", body.note.as_deref()).await?,
        reason_code: body.reason_code.clone(),
        reverses: *reverses,
    };
    let entry_id = reverse.entry_id;
    let plan = Plan::one::<Books>(books_id(org), BooksCommand::ReverseEntry(reverse));
    answered(&state, &order, plan, entry_id).await
}

async fn posted<B>(
    state: &AppState,
    order: &Order<B>,
    post: PostEntry,
) -> Result<HttpResponse, ApiError> {
    let entry_id = post.entry_id;
    let plan = Plan::one::<Books>(books_id(order.caller.org), BooksCommand::PostEntry(post));
    answered(state, order, plan, entry_id).await
}

/// Answers with the entry as the journal has it.
async fn answered<B>(
    state: &AppState,
    order: &Order<B>,
    plan: Plan,
    entry_id: Uuid,
) -> Result<HttpResponse, ApiError> {
    let plan = plan.saying(StatusCode::CREATED, json!({"entry_id": entry_id}));
    let (outcome, status, facts) = plan.carry_out(state, order).await?;
    answer::command(state, order, &outcome, status, facts, async |_| {
        entry_of(state, &outcome).await
    })
    .await
}

async fn entry_of(state: &AppState, outcome: &Outcome) -> Result<Option<Value>, ApiError> {
    let reading = reading::<Journal>(state, outcome.org, Some(outcome.position)).await?;
    let lines = journal::entry(&reading.snapshot, outcome.position).await?;
    reading.snapshot.close().await?;
    entries(lines).first().map(answer::value).transpose()
}

async fn sealed<B>(
    state: &AppState,
    order: &Order<B>,
    field: &str,
    plain: Option<&str>,
) -> Result<Option<ledger::values::Sealed<String>>, ApiError> {
    match plain {
        Some(plain) => Ok(Some(order.seal_own(state, field, plain).await?)),
        None => Ok(None),
    }
}
