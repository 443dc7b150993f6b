//! `DELETE /v1/billing/prior-auth/{auth_id}`

use actix_web::{HttpResponse, web};
use ledger::{
    prior_auth::{Cancel, Expire, MarkUsed, PriorAuth, PriorAuthCommand},
    values::{Code, PriorAuthId},
};
use utoipa::{IntoParams, ToSchema};

use super::view::{AuthorizationView, done};
use crate::{
    body::{FieldError, Fields, FromBody, code, one_of},
    error::ApiError,
    order::{Order, Plan},
    resources::account::account,
    state::AppState,
};

/// How it ends.
#[derive(Debug, Clone, Copy)]
pub(crate) enum End {
    Canceled,
    Expired,
    Used,
}

const ENDS: &[(&str, End)] = &[
    ("canceled", End::Canceled),
    ("cancelled", End::Canceled),
    ("expired", End::Expired),
    ("used", End::Used),
];

/// How it ends; in the body or in the query, the body wins.
#[derive(Debug, ToSchema)]
pub(crate) struct EndBody {
    /// expired (its last day has passed), used or canceled (withdrawn for good).
    #[schema(value_type = Option<String>, example = "used")]
    reason: Option<End>,
    /// Why it is canceled.
    #[schema(value_type = Option<String>, max_length = 64)]
    reason_code: Option<Code>,
}

/// How it ends.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct EndParams {
    /// expired, used or canceled; where the body does not say it.
    reason: Option<String>,
}

impl FromBody for EndBody {
    const IN_QUERY: &'static [&'static str] = &["reason"];

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let reason = fields.optional("reason", one_of(ENDS));
        let reason_code = fields.optional("reason_code", code);
        Some(Self { reason: reason?, reason_code: reason_code? })
    }
}

/// Says that it is expired, used up or withdrawn. What was drawn stays drawn.
#[utoipa::path(delete, path = "/v1/billing/prior-auth/{auth_id}", tag = "prior-auth",
    params(EndParams), request_body = EndBody,
    responses((status = 200, description = "The authorization", body = AuthorizationView)))]
pub(crate) async fn end(
    state: web::Data<AppState>,
    order: Order<EndBody>,
    id: web::Path<PriorAuthId>,
) -> Result<HttpResponse, ApiError> {
    let today = account(&state, order.caller.org).await?.today();
    let command = match order.body.reason {
        Some(End::Expired) => PriorAuthCommand::Expire(Expire { today }),
        Some(End::Used) => PriorAuthCommand::MarkUsed(MarkUsed { used_on: today }),
        Some(End::Canceled) => {
            let given = order.body.reason_code.clone();
            let reason_code =
                given.map_or_else(|| "canceled".parse().map_err(|_| missing()), Ok)?;
            PriorAuthCommand::Cancel(Cancel { canceled_on: today, reason_code })
        }
        None => return Err(missing()),
    };
    done(&state, &order, Plan::one::<PriorAuth>(*id, command), *id).await
}

fn missing() -> ApiError {
    let pointer = "/reason".to_owned();
    let detail = "expired, used or canceled, in the body or in the query".into();
    ApiError::InvalidBody(vec![FieldError { pointer, code: "required", detail }])
}
