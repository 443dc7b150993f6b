//! `POST /v1/founder-billing/statements/{id}/send`

use actix_web::{HttpResponse, http::StatusCode, web, web::Data};
use ledger::{
    recorded::LedgerEvent,
    statement::{
        Authority, Channel, Dispatch, History, Pick, Purpose, Statement, StatementCommand,
        StatementEvent, delivery_id,
    },
    store::Outcome,
    values::{OrgId, StatementId},
};
use projections::statement_deliveries::{self, StatementDeliveries};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{
    deliveries::{DeliveryView, opened},
    orders::give,
};
use crate::{
    answer::{self, command},
    body::{Fields, FromBody, one_of},
    error::ApiError,
    order::Order,
    reading::reading,
    resources::account::account,
    state::AppState,
};

const CHANNELS: &[(&str, Channel)] = &[
    ("email", Channel::Email),
    ("physical_mail", Channel::PhysicalMail),
    ("sms", Channel::Sms),
    ("patient_portal", Channel::PatientPortal),
];

/// In which way.
#[derive(Debug, ToSchema)]
pub(crate) struct SendBody {
    /// email, physical_mail, sms or patient_portal; the agent chooses unless said otherwise.
    #[schema(value_type = Option<String>)]
    channel: Option<Channel>,
}

impl FromBody for SendBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { channel: fields.optional("channel", one_of(CHANNELS))? })
    }
}

/// Sends a statement on the founder's word, which also releases one that waits; the agent chooses
/// the channel and says why. Whether it succeeded is null until its carrier says so.
#[utoipa::path(post, path = "/v1/founder-billing/statements/{id}/send", tag = "founder billing",
    request_body = SendBody,
    responses((status = 200, description = "The delivery", body = DeliveryView)))]
pub(crate) async fn send(
    state: Data<AppState>,
    order: Order<SendBody>,
    id: web::Path<StatementId>,
) -> Result<HttpResponse, ApiError> {
    let (caller, id) = (order.caller, *id);
    let (statement, _) = state.ledger.load::<Statement>(caller.org, id).await?;
    let first = statement.deliveries().next().is_none();
    let sent_on = account(&state, caller.org).await?.today();
    let given = StatementCommand::Send(Box::new(Dispatch {
        by: Authority::founder(),
        history: history(&state, caller.org, &statement).await?,
        level: None,
        pick: order.body.channel.map_or(Pick::Best, Pick::Channel),
        purpose: if first { Purpose::Statement } else { Purpose::Resend },
        replaces: None,
        sent_at: order.context.occurred_at,
        sent_on,
    }));
    let outcome = give(&state, &order, id, given).await?;
    let (number, facts) = began(id, &outcome);
    command(&state, &order, &outcome, StatusCode::OK, facts, async |reached| {
        let reading =
            reading::<StatementDeliveries>(&state, caller.org, Some(reached.position)).await?;
        let mut found =
            statement_deliveries::list(&reading.snapshot, Some(id.uuid()), None, 200).await?;
        reading.snapshot.close().await?;
        // A repeated request is answered with the latest delivery.
        found.retain(|entry| number.is_none_or(|number| entry.row.delivery == i32::from(number)));
        found.truncate(1);
        let view = opened(&state, &caller, found).await?.pop();
        view.map(|view| answer::value(&view)).transpose()
    })
    .await
}

/// What became of earlier letters to the patient: advice for the choice, never a condition.
async fn history(state: &AppState, org: OrgId, statement: &Statement) -> Result<History, ApiError> {
    let Some(patient) = statement.patient() else { return Ok(History::default()) };
    let reading = reading::<StatementDeliveries>(state, org, None).await?;
    let history = statement_deliveries::history(&reading.snapshot, &patient.0).await?;
    reading.snapshot.close().await?;
    Ok(history)
}

/// The delivery that began.
fn began(id: StatementId, outcome: &Outcome) -> (Option<u16>, Value) {
    let sent = outcome.decided.iter().find_map(|event| {
        let LedgerEvent::Statement(StatementEvent::Sent(sent)) = event else { return None };
        Some(sent)
    });
    let facts = sent.map_or(Value::Null, |sent| {
        json!({
            "id": delivery_id(id, sent.delivery),
            "statement_id": id,
            "channel": sent.channel.word(),
            "channel_selection_reason": sent.selection_reason(),
        })
    });
    (sent.map(|sent| sent.delivery), facts)
}
