//! `/v1/founder-billing/payment-plans` and `…/statements/{id}/payment-plans`

use actix_web::{HttpResponse, http::StatusCode, web, web::Data};
use ledger::{
    statement::{AcceptPlan, Authority, CancelPlan, DeclinePlan, OfferPlan, StatementCommand},
    store::Outcome,
    values::{Code, StatementId},
};
use projections::{
    engine::Snapshot,
    payment_plans::{self, Entry, PaymentPlans},
};
use serde_json::json;
use time::{Date, Duration};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{deliveries::OfStatementParams, orders::give, plan_view::PlanTermsView};
use crate::{
    answer::{self, command},
    body::{Fields, FromBody, NoBody, code, day, integer},
    credentials::Caller,
    error::ApiError,
    order::Order,
    paging::{self, List, Page},
    query::Asked,
    reading::reading,
    resources::account::account,
    state::AppState,
};

/// What is offered.
#[derive(Debug, ToSchema)]
pub(crate) struct OfferBody {
    /// How many monthly instalments, 1 to 120.
    months: u16,
    /// The last day to pay the first one; in 30 days unless said otherwise.
    first_due_date: Option<Date>,
}

impl FromBody for OfferBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let months = fields.required("months", integer(1, 120));
        let first_due_date = fields.optional("first_due_date", day);
        Some(Self { months: u16::try_from(months?).ok()?, first_due_date: first_due_date? })
    }
}

/// Why a plan no longer holds.
#[derive(Debug, ToSchema)]
pub(crate) struct CancelPlanBody {
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "patient_asked")]
    reason_code: Code,
}

impl FromBody for CancelPlanBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { reason_code: fields.required("reason_code", code)? })
    }
}

/// Answers with the plan.
async fn answered<B>(
    state: &AppState,
    order: &Order<B>,
    outcome: &Outcome,
    status: StatusCode,
    plan: Uuid,
) -> Result<HttpResponse, ApiError> {
    let org = order.caller.org;
    command(state, order, outcome, status, json!({"plan_id": plan}), async |reached| {
        let reading = reading::<PaymentPlans>(state, org, Some(reached.position)).await?;
        let found = payment_plans::get(&reading.snapshot, plan).await?;
        reading.snapshot.close().await?;
        found.map(|entry| answer::value(&PlanTermsView::from(&entry))).transpose()
    })
    .await
}

/// Offers instalments on the founder's word.
#[utoipa::path(post, path = "/v1/founder-billing/statements/{id}/payment-plans",
    tag = "founder billing", request_body = OfferBody,
    responses((status = 201, description = "The plan", body = PlanTermsView)))]
pub(crate) async fn offer(
    state: Data<AppState>,
    order: Order<OfferBody>,
    id: web::Path<StatementId>,
) -> Result<HttpResponse, ApiError> {
    let offered_on = account(&state, order.caller.org).await?.today();
    let plan_id = order.new_id("plan");
    let usual = offered_on.saturating_add(Duration::days(30));
    let given = StatementCommand::OfferPlan(OfferPlan {
        by: Authority::founder(),
        first_due_on: order.body.first_due_date.unwrap_or(usual),
        months: order.body.months,
        offered_on,
        plan_id,
    });
    let outcome = give(&state, &order, *id, given).await?;
    answered(&state, &order, &outcome, StatusCode::CREATED, plan_id).await
}

/// Notes that the patient accepts.
#[utoipa::path(post, path = "/v1/founder-billing/statements/{id}/payment-plans/{plan_id}/accept",
    tag = "founder billing",
    responses((status = 200, description = "The plan", body = PlanTermsView)))]
pub(crate) async fn accept(
    state: Data<AppState>,
    order: Order<NoBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, plan_id) = path.into_inner();
    let id = StatementId::new(id);
    let accepted_on = account(&state, order.caller.org).await?.today();
    let given = StatementCommand::AcceptPlan(AcceptPlan { accepted_on, plan_id });
    let outcome = give(&state, &order, id, given).await?;
    answered(&state, &order, &outcome, StatusCode::OK, plan_id).await
}

/// Notes that the patient declines.
#[utoipa::path(post, path = "/v1/founder-billing/statements/{id}/payment-plans/{plan_id}/decline",
    tag = "founder billing",
    responses((status = 200, description = "The plan", body = PlanTermsView)))]
pub(crate) async fn decline(
    state: Data<AppState>,
    order: Order<NoBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, plan_id) = path.into_inner();
    let id = StatementId::new(id);
    let declined_on = account(&state, order.caller.org).await?.today();
    let given = StatementCommand::DeclinePlan(DeclinePlan { declined_on, plan_id });
    let outcome = give(&state, &order, id, given).await?;
    answered(&state, &order, &outcome, StatusCode::OK, plan_id).await
}

/// Ends a plan.
#[utoipa::path(post, path = "/v1/founder-billing/statements/{id}/payment-plans/{plan_id}/cancel",
    tag = "founder billing", request_body = CancelPlanBody,
    responses((status = 200, description = "The plan", body = PlanTermsView)))]
pub(crate) async fn cancel(
    state: Data<AppState>,
    order: Order<CancelPlanBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, plan_id) = path.into_inner();
    let id = StatementId::new(id);
    let canceled_on = account(&state, order.caller.org).await?.today();
    let (by, reason_code) = (Authority::founder(), order.body.reason_code.clone());
    let given = StatementCommand::CancelPlan(CancelPlan { by, canceled_on, plan_id, reason_code });
    let outcome = give(&state, &order, id, given).await?;
    answered(&state, &order, &outcome, StatusCode::OK, plan_id).await
}

/// Plans, the latest first, with their instalments.
#[utoipa::path(get, path = "/v1/founder-billing/payment-plans", tag = "founder billing",
    params(OfStatementParams),
    responses((status = 200, description = "A page of them", body = Vec<PlanTermsView>)))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let statement = asked.params.parsed("statement_id", "a UUID is expected");
    let page = Page::<i64>::read(&state, &mut asked, "payment-plans", &statement)?;
    let org = asked.caller.org;
    let reading = reading::<PaymentPlans>(&state, org, asked.when).await?;
    paging::list(state, asked, page, reading, PlanList { statement }).await
}

struct PlanList {
    statement: Option<Uuid>,
}

impl List for PlanList {
    type Key = i64;
    type Item = Entry;
    type View = PlanTermsView;
    type Page = Vec<PlanTermsView>;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Entry>, ApiError> {
        Ok(payment_plans::list(snapshot, self.statement, after, limit).await?)
    }

    fn key(entry: &Entry) -> i64 {
        entry.row.offered_position
    }

    async fn show(
        &self,
        _: &AppState,
        _: &Caller,
        found: Vec<Entry>,
    ) -> Result<Vec<PlanTermsView>, ApiError> {
        Ok(found.iter().map(PlanTermsView::from).collect())
    }

    fn page(&self, plans: Vec<PlanTermsView>, _: Option<String>) -> Vec<PlanTermsView> {
        plans
    }
}
