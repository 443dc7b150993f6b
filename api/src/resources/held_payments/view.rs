//! A held payment, as callers see it after a command.

use ledger::{
    store::account_id,
    subscription::{HeldPayment, Subscription, Whereabouts},
    values::OrgId,
};
use serde::Serialize;
use serde_json::Value;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{answer, error::ApiError, state::AppState};

/// A payment that fitted no invoice, wherever it is now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HeldView {
    /// Names the payment.
    payment_id: Uuid,
    /// held, released or returned.
    status: &'static str,
    /// How much.
    amount: String,
    /// ISO 4217.
    currency: String,
    /// stripe, card, bank_transfer, check, cash or other.
    #[schema(value_type = String)]
    method: Value,
    /// The day it was received.
    received_on: Date,
    /// The day of its last move.
    moved_on: Date,
    /// The invoice that has it.
    invoice_id: Option<Uuid>,
}

impl HeldView {
    fn of(payment_id: Uuid, held: &HeldPayment) -> Result<Self, ApiError> {
        let (status, invoice_id) = match held.whereabouts {
            Whereabouts::Held { .. } => ("held", None),
            Whereabouts::Released { to } => ("released", Some(to)),
            Whereabouts::Returned => ("returned", None),
        };
        Ok(Self {
            payment_id,
            status,
            amount: held.amount.to_string(),
            currency: held.amount.currency().to_string(),
            method: answer::value(&held.method)?,
            received_on: held.received_on,
            moved_on: held.moved_on,
            invoice_id,
        })
    }
}

/// The payment as the account knows it.
pub(super) async fn held(
    state: &AppState,
    org: OrgId,
    payment_id: Uuid,
) -> Result<HeldPayment, ApiError> {
    let (account, _) = state.ledger.load::<Subscription>(org, account_id(org)).await?;
    let held = account.held_payment(payment_id);
    held.copied().map_err(|refusal| ApiError::refused(&refusal))
}

/// The same, rendered.
pub(super) async fn rendered(
    state: &AppState,
    org: OrgId,
    payment_id: Uuid,
) -> Result<Option<Value>, ApiError> {
    let held = held(state, org, payment_id).await?;
    answer::value(&HeldView::of(payment_id, &held)?).map(Some)
}
