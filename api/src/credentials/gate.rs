//! The gate before every route: from where, who asks, may they, not too often, and in the right
//! form.

use actix_web::{
    Error, HttpMessage, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header,
    middleware::Next,
    web::Data,
};
use ledger::store::tenants::{Credential, OrgStanding, PresentedKey};

use super::Caller;
use crate::{
    edge::Matched,
    error::{ApiError, Plain},
    order::idempotency_key,
    past,
    roles::{Access, Kind, Rule},
    state::AppState,
};

/// Checks a request against the rule of the route that matched, then lets it through.
pub(crate) async fn gate(
    rule: &'static Rule,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    request.extensions_mut().insert(Matched(rule));
    let Some(state) = request.app_data::<Data<AppState>>().cloned() else {
        return Err(ApiError::Failed("the service has no state".to_owned()).into());
    };
    if let Err(error) = admit(rule, &request, &state).await {
        return Ok(request.into_response(error.error_response()));
    }
    let of_the_past = match past::admit(rule, request.query_string()) {
        Ok(of_the_past) => of_the_past,
        Err(error) => return Ok(request.into_response(error.error_response())),
    };
    let vouched = |answer: ServiceResponse<_>| match of_the_past {
        true => past::vouch(answer.map_into_boxed_body()),
        false => answer.map_into_boxed_body(),
    };
    let limit = state.limits.request_timeout;
    if rule.kind == Kind::Stream {
        return next.call(request).await.map(vouched);
    }
    let plain_request = request.request().clone();
    match tokio::time::timeout(limit, next.call(request)).await {
        Ok(answer) => answer.map(vouched),
        Err(_) => {
            let problem = ApiError::from(Plain::TimedOut).error_response();
            Ok(ServiceResponse::new(plain_request, problem))
        }
    }
}

async fn admit(
    rule: &'static Rule,
    request: &ServiceRequest,
    state: &AppState,
) -> Result<(), ApiError> {
    if !state.doors.admits(rule.pattern, request.peer_addr().map(|peer| peer.ip())) {
        return Err(Plain::AddressNotAllowed.into());
    }
    match rule.access {
        Access::Public => return Ok(()),
        Access::Operator => return admit_operator(request, state),
        Access::Roles(_) => {}
    }
    let presented = presented(request).and_then(PresentedKey::parse);
    let presented = presented.ok_or(Plain::Unauthorized)?;
    let found = state.keys.verify(&state.ledger, &presented).await?;
    let Credential { org, key } = found.ok_or(Plain::Unauthorized)?;
    if !key.is_valid_at(state.ledger.clock().now()) {
        return Err(Plain::Unauthorized.into());
    }
    match org.standing() {
        OrgStanding::Open => {}
        OrgStanding::Suspended => return Err(Plain::OrgSuspended.into()),
        OrgStanding::Closed => return Err(Plain::OrgClosed.into()),
    }
    let own_limit = key.rate_limit_per_minute.and_then(|limit| u32::try_from(limit).ok());
    let per_minute = own_limit.unwrap_or(state.limits.requests_per_minute);
    state.limiter.admit(key.id, per_minute).map_err(|retry_after_seconds| {
        ApiError::RateLimited { retry_after_seconds, code: "rate_limited" }
    })?;
    state.keys.note(&state.ledger, org.id, key.id);
    if !rule.admits(key.role) {
        return Err(Plain::Forbidden.into());
    }
    if rule.kind == Kind::KeyedCommand && idempotency_key(request.headers())?.is_none() {
        return Err(Plain::KeyRequired.into());
    }
    let caller = Caller { org: org.id, role: key.role, key_id: key.id, route: rule.pattern };
    request.extensions_mut().insert(caller);
    Ok(())
}

/// An org's key is no operator's, however mighty its role; and the operator's token opens no org.
fn admit_operator(request: &ServiceRequest, state: &AppState) -> Result<(), ApiError> {
    let presented = presented(request).ok_or(Plain::Unauthorized)?;
    match &state.operator {
        Some(token) if token.is(presented) => Ok(()),
        _ if PresentedKey::parse(presented).is_some() => Err(Plain::Forbidden.into()),
        _ => Err(Plain::Unauthorized.into()),
    }
}

/// `Authorization: Bearer …`, or `X-Api-Key`.
fn presented(request: &ServiceRequest) -> Option<&str> {
    let headers = request.headers();
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let (scheme, credential) = value.to_str().ok()?.split_once(' ')?;
        return scheme.eq_ignore_ascii_case("bearer").then(|| credential.trim());
    }
    headers.get("x-api-key")?.to_str().ok()
}
