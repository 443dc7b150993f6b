//! `POST /v1/billing/facesheet/{request_id}/received`

use actix_web::{HttpResponse, web};
use ledger::{
    facesheet::{Demographic, FacesheetCommand, Receive, Source},
    values::{Code, FacesheetId},
};
use time::Date;
use utoipa::ToSchema;

use super::view::{FacesheetView, demographics, give};
use crate::{
    body::{Fields, FromBody, code, day, one_of},
    error::ApiError,
    order::Order,
    resources::account::account,
    state::AppState,
};

const SOURCES: &[(&str, Source)] = &[
    ("email", Source::Email),
    ("fax", Source::Fax),
    ("mail", Source::Mail),
    ("phone", Source::Phone),
    ("portal", Source::Portal),
];

/// How it came, and what was on it.
#[derive(Debug, ToSchema)]
pub(crate) struct ReceiveBody {
    /// email, fax, mail, phone or portal; fax unless said otherwise.
    #[schema(value_type = Option<String>, example = "fax")]
    source: Source,
    /// What was not on it, out of what was asked for.
    #[schema(value_type = Option<Vec<String>>)]
    still_missing: Vec<Demographic>,
    /// Its name in the store of documents, if it is kept; at most 64 characters out of letters,
    /// digits and `_ - . :`
    #[schema(value_type = Option<String>, max_length = 64)]
    document: Option<Code>,
    /// The day; today unless said otherwise.
    received_on: Option<Date>,
}

impl FromBody for ReceiveBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let source = fields.or("source", Source::Fax, one_of(SOURCES));
        let still_missing = fields.or("still_missing", Vec::new(), demographics);
        let document = fields.optional("document", code);
        let received_on = fields.optional("received_on", day);
        Some(Self {
            source: source?,
            still_missing: still_missing?,
            document: document?,
            received_on: received_on?,
        })
    }
}

/// Notes that a facesheet came; those who bill are told.
#[utoipa::path(post, path = "/v1/billing/facesheet/{request_id}/received", tag = "facesheets",
    request_body = ReceiveBody,
    responses((status = 200, description = "The request", body = FacesheetView)))]
pub(crate) async fn receive(
    state: web::Data<AppState>,
    order: Order<ReceiveBody>,
    id: web::Path<FacesheetId>,
) -> Result<HttpResponse, ApiError> {
    let body = &order.body;
    let received_on = match body.received_on {
        Some(day) => day,
        None => account(&state, order.caller.org).await?.today(),
    };
    let receive = Receive {
        document: body.document.clone(),
        received_on,
        source: body.source,
        still_missing: body.still_missing.clone(),
    };
    give(&state, &order, *id, FacesheetCommand::Receive(receive)).await
}
