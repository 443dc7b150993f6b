//! From what was sent to what the ledger keeps: people sealed, amounts in the org's currency.

use ledger::{
    claim::{Content, Coverage, ServiceLine},
    values::{ClaimId, Code, Currency, PriorAuthId},
};
use uuid::Uuid;

use super::body::{ClaimBody, LineBody};
use crate::{body::FieldError, error::ApiError, order::Order, state::AppState};

/// What a body says under an account; `within` is the JSON pointer of the body's claim.
pub(super) async fn content<B>(
    state: &AppState,
    order: &Order<B>,
    body: &ClaimBody,
    (id, account): (ClaimId, Code),
    (currency, within): (Currency, &str),
) -> Result<Content, ApiError> {
    let named = body.patient_id.as_str();
    let who = ("patient", named);
    let patient_id = order.seal(state, who, &body.patient_id.field("patient_id"), named).await?;
    let mut diagnoses = Vec::with_capacity(body.diagnoses.len());
    for (place, diagnosis) in body.diagnoses.iter().enumerate() {
        diagnoses.push(order.seal(state, who, &format!("diagnoses.{place}"), diagnosis).await?);
    }
    let mut payers = Vec::with_capacity(body.payers.len());
    for (place, payer) in body.payers.iter().enumerate() {
        let field = format!("payers.{place}.member_id");
        let member_id = match &payer.member_id {
            Some(member) => Some(order.seal(state, who, &field, member).await?),
            None => None,
        };
        let filing_code = payer.filing_code.clone().map_or_else(commercial, Ok)?;
        payers.push(Coverage { filing_code, member_id, payer_id: payer.payer_id.clone() });
    }
    let mut lines = Vec::with_capacity(body.lines.len());
    for (place, sent) in body.lines.iter().enumerate() {
        let pointer = format!("{within}/lines/{place}/charge");
        lines.push(line(sent, (id, place), currency, &pointer)?);
    }
    Ok(Content {
        account,
        billing_npi: body.billing_npi,
        currency,
        diagnoses,
        lines,
        patient: state.ledger.names().anonymous_ref(order.caller.org, named),
        patient_id,
        payers,
        place_of_service: body.place_of_service.clone(),
        rendering_npi: body.rendering_npi,
    })
}

fn line(
    sent: &LineBody,
    (claim, place): (ClaimId, usize),
    currency: Currency,
    pointer: &str,
) -> Result<ServiceLine, ApiError> {
    // The n-th line stays the n-th line when the claim is written anew.
    let of_place = || Uuid::new_v5(&claim.uuid(), format!("line:{place}").as_bytes());
    Ok(ServiceLine {
        charge: sent.charge.money(currency, pointer)?,
        diagnosis_pointers: sent.diagnosis_pointers.clone(),
        line_id: sent.line_id.unwrap_or_else(of_place),
        modifiers: sent.modifiers.clone(),
        place_of_service: sent.place_of_service.clone(),
        prior_auth_id: sent.prior_auth_id.map(PriorAuthId::new),
        procedure: sent.procedure.clone(),
        service_ends_on: sent.service_ends_on.unwrap_or(sent.service_starts_on),
        service_starts_on: sent.service_starts_on,
        units: sent.units,
    })
}

fn commercial() -> Result<Code, ApiError> {
    "CI".parse().map_err(|_| wrong("/payers", "a filing code is expected"))
}

/// An account that nobody gave: the claim's own, of 17 characters.
pub(super) fn made_up(drawn: Uuid) -> Result<Code, ApiError> {
    let account = format!("C{:016X}", drawn.as_u128() >> 64);
    account.parse().map_err(|_| wrong("/account", "an account is expected"))
}

fn wrong(pointer: &str, detail: &'static str) -> ApiError {
    let (pointer, detail) = (pointer.to_owned(), detail.into());
    ApiError::InvalidBody(vec![FieldError { pointer, code: "invalid", detail }])
}
