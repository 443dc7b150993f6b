//! `GET /v1/billing/account/plan` and `PUT /v1/billing/account/plan`

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use ledger::{
    Refusal,
    store::{Outcome, account_id},
    subscription::{ChangePlan, Limits, Subscription, SubscriptionCommand, SubscriptionError},
    values::{Code, Money},
};
use serde_json::Value;
use utoipa::ToSchema;

use super::{account, account_when, view::PlanView};
use crate::{
    answer::{self, of_version},
    body::{Amount, FieldError, Fields, FromBody, code, integer},
    error::ApiError,
    order::Order,
    query::Asked,
    reading::reached,
    state::AppState,
};

/// The largest whole number that JSON carries exactly.
const MOST: i64 = 9_007_199_254_740_991;

/// What shall change; what is not said stays.
#[derive(Debug, ToSchema)]
pub(crate) struct PlanBody {
    /// The plan.
    #[schema(value_type = Option<String>)]
    plan: Option<Code>,
    /// For each patient and cycle.
    #[schema(value_type = Option<String>, example = "2.00")]
    activation_fee: Option<Amount>,
    /// For setting the org up.
    #[schema(value_type = Option<String>)]
    setup_fee: Option<Amount>,
    /// What the plan includes; given, it replaces all of them.
    limits: Option<LimitsBody>,
}

/// What a plan includes; missing is unlimited.
#[derive(Debug, ToSchema)]
pub(crate) struct LimitsBody {
    bookings: Option<i64>,
    storage_bytes: Option<i64>,
    workers: Option<i64>,
}

impl FromBody for LimitsBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let bookings = fields.optional("bookings", integer(0, MOST));
        let storage_bytes = fields.optional("storage_bytes", integer(0, MOST));
        let workers = fields.optional("workers", integer(0, MOST));
        Some(Self { bookings: bookings?, storage_bytes: storage_bytes?, workers: workers? })
    }
}

impl FromBody for PlanBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let plan = fields.optional("plan", code);
        let activation_fee = fields.optional("activation_fee", Amount::read);
        let setup_fee = fields.optional("setup_fee", Amount::read);
        let limits =
            if fields.has("limits") { fields.object("limits").map(Some) } else { Some(None) };
        Some(Self {
            plan: plan?,
            activation_fee: activation_fee?,
            setup_fee: setup_fee?,
            limits: limits?,
        })
    }
}

/// The plan, its prices, and what is configured with it.
#[utoipa::path(get, path = "/v1/billing/account/plan", tag = "account", responses(
    (status = 200, description = "The plan", body = PlanView),
))]
pub(crate) async fn show(state: Data<AppState>, asked: Asked) -> Result<HttpResponse, ApiError> {
    asked.params.finish()?;
    let account = account_when(&state, asked.caller.org, asked.when).await?;
    reached(account.position, asked.when)?;
    Ok(of_version(account.position, account.version, &PlanView::of(&account)?))
}

/// Changes plan, prices or limits. Charges that were made keep their price.
#[utoipa::path(put, path = "/v1/billing/account/plan", tag = "account", request_body = PlanBody,
    responses((status = 200, description = "The plan now", body = PlanView)))]
pub(crate) async fn change(
    state: Data<AppState>,
    order: Order<PlanBody>,
) -> Result<HttpResponse, ApiError> {
    let id = account_id(order.caller.org);
    let currency = account(&state, order.caller.org).await?.currency();
    let price = |name: &str, amount: &Option<Amount>| -> Result<Option<Money>, ApiError> {
        let Some(amount) = amount else { return Ok(None) };
        amount.in_currency(currency).map(Some).map_err(|detail| {
            let pointer = format!("/{name}");
            ApiError::InvalidBody(vec![FieldError { pointer, code: "invalid", detail }])
        })
    };
    let body = &order.body;
    let change = Change {
        plan: body.plan.clone(),
        activation_fee: price("activation_fee", &body.activation_fee)?,
        setup_fee: price("setup_fee", &body.setup_fee)?,
        limits: body.limits.as_ref().map(|limits| Limits {
            bookings: limits.bookings,
            storage_bytes: limits.storage_bytes,
            workers: limits.workers,
        }),
    };
    let batch = order.batch_on(&state, id).then_from::<Subscription, Subscription>(
        id,
        id,
        move |account| change.on(account),
    );
    let outcome = batch.run().await?;
    plan_answered(&state, &order, &outcome, StatusCode::OK).await
}

struct Change {
    plan: Option<Code>,
    activation_fee: Option<Money>,
    setup_fee: Option<Money>,
    limits: Option<Limits>,
}

impl Change {
    /// What is not said stays as it is at the very position of the append.
    fn on(&self, account: &Subscription) -> Result<SubscriptionCommand, Box<dyn Refusal>> {
        let unknown = || Box::new(SubscriptionError::Unknown) as Box<dyn Refusal>;
        let terms = account.account().ok_or_else(unknown)?;
        let mut prices = terms.prices.clone();
        prices.activation_fee = self.activation_fee.unwrap_or(prices.activation_fee);
        prices.setup_fee = self.setup_fee.unwrap_or(prices.setup_fee);
        Ok(SubscriptionCommand::ChangePlan(ChangePlan {
            limits: self.limits.clone().unwrap_or_else(|| terms.limits.clone()),
            plan: self.plan.clone().unwrap_or_else(|| terms.plan.clone()),
            prices,
        }))
    }
}

/// Answers with the plan.
pub(super) async fn plan_answered<B>(
    state: &AppState,
    order: &Order<B>,
    outcome: &Outcome,
    status: StatusCode,
) -> Result<HttpResponse, ApiError> {
    let org = order.caller.org;
    answer::command(state, order, outcome, status, Value::Null, async |_| {
        answer::value(&PlanView::of(&account(state, org).await?)?).map(Some)
    })
    .await
}
