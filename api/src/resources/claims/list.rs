//! `GET /v1/billing/claims`

use actix_web::{HttpResponse, web::Data};
use ledger::claim::Status;
use projections::{
    claims::{self, Claim, Claims, Filter},
    engine::{Snapshot, Worded},
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::{render::opened, view::ClaimView};
use crate::{
    body::ForeignId,
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    query::Asked,
    reading::reading,
    state::AppState,
};

/// The words for where a claim stands.
const STATUSES: &[(&str, Status)] = &[
    ("draft", Status::Draft),
    ("submitted", Status::Submitted),
    ("received", Status::Received),
    ("accepted", Status::Accepted),
    ("rejected", Status::Rejected),
    ("adjudicated", Status::Adjudicated),
    ("denied", Status::Denied),
    ("reversed", Status::Reversed),
    ("appealed", Status::Appealed),
    ("voided", Status::Voided),
    ("closed", Status::Closed),
];

/// Which claims.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct ClaimParams {
    /// Repeated or separated by commas, in any case.
    status: Option<String>,
    /// Sent to this payer last; before that, to be paid by it first.
    payer_id: Option<String>,
    /// The caller's own id of a patient.
    patient_id: Option<String>,
    /// CLM01, in any case.
    account: Option<String>,
    /// Claims of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// A page of claims, the latest begun first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClaimPage {
    claims: Vec<ClaimView>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

/// The org's claims, the latest first. Patients are masked for viewers, auditors and
/// integrations.
#[utoipa::path(get, path = "/v1/billing/claims", tag = "claims", params(ClaimParams),
    responses((status = 200, description = "A page of claims", body = ClaimPage)))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let params = &mut asked.params;
    let patient = params.text("patient_id").and_then(|text| {
        let named = ForeignId::from_text(&text);
        if named.is_none() {
            params.wrong("patient_id", "an id of a patient is expected".into());
        }
        named
    });
    let names = state.ledger.names();
    let org = asked.caller.org;
    let filter = Filter {
        statuses: params.words("status", STATUSES),
        payer_id: params.text("payer_id"),
        patient: patient.map(|named| names.anonymous_ref(org, named.as_str()).0),
        account: params.text("account"),
    };
    let words: Vec<&str> = filter.statuses.iter().map(Worded::word).collect();
    let question = (words, &filter.payer_id, &filter.patient, &filter.account);
    let page = Page::<i64>::read(&state, &mut asked, "claims", &question)?;
    let reading = reading::<Claims>(&state, org, asked.when).await?;
    paging::list(state, asked, page, reading, ClaimList { filter }).await
}

struct ClaimList {
    filter: Filter,
}

impl List for ClaimList {
    type Key = i64;
    type Item = Claim;
    type View = ClaimView;
    type Page = ClaimPage;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Claim>, ApiError> {
        Ok(claims::list(snapshot, &self.filter, after, limit).await?)
    }

    fn key(claim: &Claim) -> i64 {
        claim.drafted_position
    }

    async fn show(
        &self,
        state: &AppState,
        caller: &Caller,
        found: Vec<Claim>,
    ) -> Result<Vec<ClaimView>, ApiError> {
        opened(state, caller, &found).await
    }

    fn page(&self, claims: Vec<ClaimView>, next_cursor: Option<String>) -> ClaimPage {
        ClaimPage { claims, next_cursor }
    }
}
