//! A statement, as the founder sees it.

use ledger::{
    statement::{HoldReason, StatementError},
    values::{Id, StatementId},
};
use projections::{
    engine::{Streams, Worded},
    statements::{self, Entry, ItemisedCharge, Statements},
};
use serde::Serialize;
use serde_json::{Number, Value};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::figures::amount;
use crate::{
    answer::instant, body::ForeignId, credentials::Caller, error::ApiError, people::open,
    reading::reading, state::AppState, when::When,
};

/// One line of a statement.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ItemizedChargeView {
    /// In words.
    description: Option<String>,
    /// When it was done.
    date: Date,
    /// What it costs.
    #[schema(value_type = f64)]
    amount: Number,
    /// As a procedure code.
    procedure: Option<String>,
}

/// A patient's statement.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatementView {
    /// Which.
    id: Uuid,
    /// `STMT-YYYYMM-NNNNN`.
    statement_number: String,
    /// The caller's own id of the patient, as it was sent.
    patient_id: Value,
    /// The caller's own id of the call, as it was sent.
    call_id: Value,
    /// The claim that holds the money.
    claim_id: Option<Uuid>,
    /// The day of the statement.
    statement_date: Date,
    /// The last day to pay.
    due_date: Date,
    /// ISO 4217, of all amounts.
    currency: String,
    /// What it all costs.
    #[schema(value_type = f64)]
    total_charges: Number,
    /// What payers paid.
    #[schema(value_type = f64)]
    insurance_paid: Number,
    /// What payers are still asked for.
    #[schema(value_type = f64)]
    insurance_pending: Number,
    /// Taken off.
    #[schema(value_type = f64)]
    adjustments: Number,
    /// What is the patient's to pay in all.
    #[schema(value_type = f64)]
    patient_responsibility: Number,
    /// What the patient paid.
    #[schema(value_type = f64)]
    patient_paid: Number,
    /// What is due.
    #[schema(value_type = f64)]
    balance_due: Number,
    /// drafted, finalized, sent, delivered, opened, paid, escalated, failed or voided.
    lifecycle_state: String,
    /// Whether the agent drew it up.
    ai_generated: bool,
    /// When the agent approved it.
    ai_approved_at: Option<String>,
    /// Whether the founder took it over.
    founder_override: bool,
    /// Whether it waits for the founder.
    requires_founder_approval: bool,
    /// Why it waits: above_threshold, by_hand or no_contact for the founder; not_entitled until the
    /// account is in order.
    hold_reason: Option<String>,
    /// The statement in its place.
    superseded_by: Option<Uuid>,
    /// What was done, line by line.
    itemized_charges: Vec<ItemizedChargeView>,
    /// When it was sent first.
    sent_at: Option<String>,
    /// When it was drawn up.
    created_at: String,
    /// When it changed last.
    updated_at: String,
    /// The version, as in `ETag`.
    pub(super) version: i64,
}

/// Statements with what is sealed in them.
pub(super) async fn opened(
    state: &AppState,
    caller: &Caller,
    found: Vec<Entry>,
) -> Result<Vec<StatementView>, ApiError> {
    let mut sealed = Vec::new();
    for entry in &found {
        sealed.extend([entry.patient_id.as_ref(), entry.call_id.as_ref()]);
        sealed.extend(entry.itemized_charges.iter().map(|charge| charge.description.as_ref()));
    }
    let mut plain = open(state, caller, &sealed).await?.into_iter();
    let mut views = Vec::with_capacity(found.len());
    for entry in found {
        let mut next = || plain.next().flatten();
        let foreign = |text: Option<String>, sealed: Option<&_>| {
            text.zip(sealed).map_or(Value::Null, |(text, sealed)| ForeignId::opened(sealed, &text))
        };
        let patient_id = foreign(next(), entry.patient_id.as_ref());
        let call_id = foreign(next(), entry.call_id.as_ref());
        let charge = |charge: &ItemisedCharge| ItemizedChargeView {
            description: next(),
            date: charge.service_on,
            amount: amount(charge.amount),
            procedure: charge.procedure.clone(),
        };
        let itemized_charges = entry.itemized_charges.iter().map(charge).collect();
        views.push(StatementView::of(&entry, patient_id, call_id, itemized_charges));
    }
    Ok(views)
}

impl StatementView {
    fn of(
        entry: &Entry,
        patient_id: Value,
        call_id: Value,
        itemized_charges: Vec<ItemizedChargeView>,
    ) -> Self {
        Self {
            id: entry.statement_id.uuid(),
            statement_number: entry.statement_number.clone(),
            patient_id,
            call_id,
            claim_id: entry.claim_id.map(Id::uuid),
            statement_date: entry.statement_date,
            due_date: entry.due_date,
            currency: entry.balance_due.currency().to_string(),
            total_charges: amount(entry.total_charges),
            insurance_paid: amount(entry.insurance_paid),
            insurance_pending: amount(entry.insurance_pending),
            adjustments: amount(entry.adjustments),
            patient_responsibility: amount(entry.patient_responsibility),
            patient_paid: amount(entry.patient_paid),
            balance_due: amount(entry.balance_due),
            lifecycle_state: entry.lifecycle_state.word().to_owned(),
            ai_generated: entry.ai_generated,
            ai_approved_at: entry.ai_approved_at.map(instant),
            founder_override: entry.founder_override,
            requires_founder_approval: entry
                .held
                .is_some_and(|held| held != HoldReason::NotEntitled),
            hold_reason: entry.held.map(|held| Worded::word(&held).to_owned()),
            superseded_by: entry.superseded_by,
            itemized_charges,
            sent_at: entry.sent_at.map(instant),
            created_at: instant(entry.created_at),
            updated_at: instant(entry.updated_at),
            version: entry.version,
        }
    }
}

/// One statement, at a position.
pub(super) async fn one(
    state: &AppState,
    caller: &Caller,
    id: StatementId,
    when: impl Into<When>,
) -> Result<(StatementView, i64), ApiError> {
    let when = when.into().of(Streams::of(id));
    let reading = reading::<Statements>(state, caller.org, when).await?;
    let found = statements::get(&reading.snapshot, id).await?;
    reading.snapshot.close().await?;
    let unknown = || ApiError::refused(&StatementError::Unknown);
    let view = opened(state, caller, vec![found.ok_or_else(unknown)?]).await?.pop();
    Ok((view.ok_or_else(unknown)?, reading.position))
}
