//! `GET /v1/admin/finance/reconcile/stripe-events`

use actix_web::{HttpResponse, web::Data};
use ledger::{store::inbox::InboxStatus, values::InvoiceId};
use projections::{
    engine::Snapshot,
    stripe_events::{self, Filter, StripeEvent},
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    answer::{at_position, instant},
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    query::Asked,
    reading::{Reading, reached},
    state::AppState,
};

const STATUSES: &[(&str, InboxStatus)] = &[
    ("received", InboxStatus::Received),
    ("processed", InboxStatus::Processed),
    ("ignored", InboxStatus::Ignored),
    ("held", InboxStatus::Held),
    ("waiting", InboxStatus::Waiting),
    ("failed", InboxStatus::Failed),
];

/// Which messages.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct StripeParams {
    /// About this invoice.
    invoice_id: Option<Uuid>,
    /// About this booking.
    booking_id: Option<String>,
    /// received, processed, ignored, held, waiting or failed, in any case.
    status: Option<String>,
    /// At most so many, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Passing over so many.
    offset: Option<i64>,
}

/// What we know of a message; never what was in it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StripeEventView {
    event_id: String,
    r#type: String,
    created_at: String,
    org_id: Uuid,
    invoice_id: Option<Uuid>,
    booking_id: Option<String>,
    processed_status: String,
    last_error: Option<String>,
}

/// Messages, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StripeEvents {
    events: Vec<StripeEventView>,
    limit: i64,
    offset: i64,
}

/// What the payment provider told us, newest first: metadata only.
#[utoipa::path(get, path = "/v1/admin/finance/reconcile/stripe-events", tag = "reconcile",
    params(StripeParams),
    responses((status = 200, description = "The messages", body = StripeEvents)))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let params = &mut asked.params;
    let invoice: Option<Uuid> = params.parsed("invoice_id", "a UUID is expected");
    let filter = Filter {
        invoice_id: invoice.map(InvoiceId::new),
        booking_id: params.text("booking_id"),
        status: params.word("status", STATUSES).map(|status| status.as_str().to_owned()),
    };
    let org = asked.caller.org;
    if asked.lines {
        let page = Page::read(&state, &mut asked, "stripe-events", &())?;
        let position = state.ledger.head(org).await?.unwrap_or(0);
        reached(position, asked.when)?;
        let snapshot = Snapshot::open(state.ledger.app_pool(), org).await?;
        let reading = Reading { snapshot, position };
        return paging::lines(state, asked.caller, page, reading, MessageList { filter });
    }
    let limit = params.integer("limit", 50, 1, 200);
    let offset = params.integer("offset", 0, 0, 1_000_000);
    asked.params.finish()?;
    let position = state.ledger.head(org).await?.unwrap_or(0);
    reached(position, asked.when)?;
    let snapshot = Snapshot::open(state.ledger.app_pool(), org).await?;
    let found = stripe_events::list(&snapshot, &filter, limit, offset).await?;
    snapshot.close().await?;
    let events = found.into_iter().map(|event| view(org.0, event)).collect();
    Ok(at_position(position, &StripeEvents { events, limit, offset }))
}

/// As lines they go by their place, since the contract asks for an offset here.
struct MessageList {
    filter: Filter,
}

impl List for MessageList {
    type Key = i64;
    type Item = (i64, StripeEvent);
    type View = StripeEventView;
    type Page = Vec<StripeEventView>;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<(i64, StripeEvent)>, ApiError> {
        let offset = after.unwrap_or(0);
        let found = stripe_events::list(snapshot, &self.filter, limit, offset).await?;
        Ok((offset + 1..).zip(found).collect())
    }

    fn key((place, _): &(i64, StripeEvent)) -> i64 {
        *place
    }

    async fn show(
        &self,
        _: &AppState,
        caller: &Caller,
        found: Vec<(i64, StripeEvent)>,
    ) -> Result<Vec<StripeEventView>, ApiError> {
        Ok(found.into_iter().map(|(_, event)| view(caller.org.0, event)).collect())
    }

    fn page(&self, events: Vec<StripeEventView>, _: Option<String>) -> Vec<StripeEventView> {
        events
    }
}

fn view(org_id: Uuid, event: StripeEvent) -> StripeEventView {
    StripeEventView {
        event_id: event.event_id,
        r#type: event.event_type,
        created_at: instant(event.created_at),
        org_id,
        invoice_id: event.invoice_id.map(|id| id.uuid()),
        booking_id: event.booking_id,
        processed_status: event.processed_status,
        last_error: event.last_error,
    }
}
