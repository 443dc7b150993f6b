//! `GET /v1/founder-billing/deliveries`

use actix_web::{HttpResponse, web::Data};
use ledger::statement::Channel;
use projections::{
    engine::Snapshot,
    statement_deliveries::{self, Entry, StatementDeliveries},
};
use serde::Serialize;
use serde_json::Number;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::figures::amount;
use crate::{
    answer::instant,
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    people::open,
    query::Asked,
    reading::reading,
    state::AppState,
};

/// Which of them.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct OfStatementParams {
    /// Of this statement.
    statement_id: Option<Uuid>,
    /// Of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// An attempt to bring a statement to its patient.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeliveryView {
    /// Which.
    id: Uuid,
    /// Of which statement.
    statement_id: Uuid,
    /// Counts the statement's deliveries, from 1.
    delivery: i32,
    /// email, physical_mail, sms or patient_portal.
    channel: &'static str,
    /// statement, resend, follow_up or failover.
    purpose: String,
    /// Whether the letter is certified.
    certified: bool,
    /// When it was handed over.
    sent_at: String,
    /// When its carrier took it, or it failed.
    attempted_at: Option<String>,
    /// When it arrived.
    delivered_at: Option<String>,
    /// When it was opened.
    opened_at: Option<String>,
    /// Null until it is known.
    success: Option<bool>,
    /// Why it failed, as a code.
    failure_reason: Option<String>,
    /// Where an e-mail goes.
    email_address: Option<String>,
    /// The e-mail service's id of it.
    postmark_message_id: Option<String>,
    /// Where a letter goes.
    physical_address: Option<String>,
    /// The letter service's id of it.
    lob_mail_id: Option<String>,
    /// Where a text message goes.
    phone: Option<String>,
    /// Whether the agent's rule chose the channel.
    ai_selected_channel: bool,
    /// Why this channel.
    channel_selection_reason: String,
    /// How often delivery was tried before.
    retry_count: i32,
    /// When a letter follows.
    next_retry_at: Option<String>,
    /// What a letter costs.
    #[schema(value_type = Option<f64>)]
    cost: Option<Number>,
}

/// Deliveries with what is sealed in them.
pub(super) async fn opened(
    state: &AppState,
    caller: &Caller,
    found: Vec<Entry>,
) -> Result<Vec<DeliveryView>, ApiError> {
    let sealed: Vec<_> = found
        .iter()
        .flat_map(|entry| {
            [entry.email_address.as_ref(), entry.physical_address.as_ref(), entry.phone.as_ref()]
        })
        .collect();
    let mut plain = open(state, caller, &sealed).await?.into_iter();
    let view = |entry: &Entry| {
        let mut next = || plain.next().flatten();
        DeliveryView::of(entry, [next(), next(), next()])
    };
    Ok(found.iter().map(view).collect())
}

impl DeliveryView {
    fn of(entry: &Entry, [email_address, physical_address, phone]: [Option<String>; 3]) -> Self {
        let (row, channel) = (&entry.row, entry.channel());
        let carried_by = |by: Channel| row.message_id.clone().filter(|_| channel == by);
        Self {
            id: row.delivery_id,
            statement_id: row.statement_id,
            delivery: row.delivery,
            channel: channel.word(),
            purpose: projections::engine::Worded::word(&entry.purpose()).to_owned(),
            certified: row.certified,
            sent_at: instant(row.sent_at),
            attempted_at: row.attempted_at.map(instant),
            delivered_at: row.delivered_at.map(instant),
            opened_at: row.opened_at.map(instant),
            success: row.success,
            failure_reason: row.failure_reason.clone(),
            email_address,
            postmark_message_id: carried_by(Channel::Email),
            physical_address,
            lob_mail_id: carried_by(Channel::PhysicalMail),
            phone,
            ai_selected_channel: row.ai_selected_channel,
            channel_selection_reason: row.channel_selection_reason.clone(),
            retry_count: row.retry_count,
            next_retry_at: row.next_retry_at.map(instant),
            cost: entry.cost.map(amount),
        }
    }
}

/// Deliveries, the latest first.
#[utoipa::path(get, path = "/v1/founder-billing/deliveries", tag = "founder billing",
    params(OfStatementParams),
    responses((status = 200, description = "A page of them", body = Vec<DeliveryView>)))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let statement = asked.params.parsed("statement_id", "a UUID is expected");
    let page = Page::<i64>::read(&state, &mut asked, "deliveries", &statement)?;
    let org = asked.caller.org;
    let reading = reading::<StatementDeliveries>(&state, org, asked.when).await?;
    paging::list(state, asked, page, reading, DeliveryList { statement }).await
}

struct DeliveryList {
    statement: Option<Uuid>,
}

impl List for DeliveryList {
    type Key = i64;
    type Item = Entry;
    type View = DeliveryView;
    type Page = Vec<DeliveryView>;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Entry>, ApiError> {
        Ok(statement_deliveries::list(snapshot, self.statement, after, limit).await?)
    }

    fn key(entry: &Entry) -> i64 {
        entry.row.sent_position
    }

    async fn show(
        &self,
        state: &AppState,
        caller: &Caller,
        found: Vec<Entry>,
    ) -> Result<Vec<DeliveryView>, ApiError> {
        opened(state, caller, found).await
    }

    fn page(&self, deliveries: Vec<DeliveryView>, _: Option<String>) -> Vec<DeliveryView> {
        deliveries
    }
}
