//! `GET /v1/billing/prior-auth/status/{patient_id}`

use actix_web::{HttpResponse, web};
use projections::{
    engine::Snapshot,
    prior_auths::{self, Authorization, PriorAuths},
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::view::{AuthorizationView, opened};
use crate::{
    body::ForeignId,
    credentials::Caller,
    error::{ApiError, Plain},
    paging::{self, List, Page},
    query::Asked,
    reading::reading,
    state::AppState,
};

/// Which part of the list.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct AuthorizationParams {
    /// Authorizations of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// A patient's authorizations, the latest asked first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuthorizationPage {
    authorizations: Vec<AuthorizationView>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

/// What payers allow for a patient; none where nobody was asked.
#[utoipa::path(get, path = "/v1/billing/prior-auth/status/{patient_id}", tag = "prior-auth",
    params(AuthorizationParams),
    responses((status = 200, description = "A page of them", body = AuthorizationPage)))]
pub(crate) async fn status(
    state: web::Data<AppState>,
    mut asked: Asked,
    patient: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let named = ForeignId::from_text(&patient).ok_or(Plain::NotFound)?;
    let org = asked.caller.org;
    let patient = state.ledger.names().anonymous_ref(org, named.as_str()).0;
    let page = Page::<i64>::read(&state, &mut asked, "prior_auths", &patient)?;
    let reading = reading::<PriorAuths>(&state, org, asked.when).await?;
    paging::list(state, asked, page, reading, AuthorizationList { patient }).await
}

struct AuthorizationList {
    patient: String,
}

impl List for AuthorizationList {
    type Key = i64;
    type Item = Authorization;
    type View = AuthorizationView;
    type Page = AuthorizationPage;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Authorization>, ApiError> {
        Ok(prior_auths::of_patient(snapshot, &self.patient, after, limit).await?)
    }

    fn key(found: &Authorization) -> i64 {
        found.requested_position
    }

    async fn show(
        &self,
        state: &AppState,
        caller: &Caller,
        found: Vec<Authorization>,
    ) -> Result<Vec<AuthorizationView>, ApiError> {
        opened(state, caller, &found).await
    }

    fn page(
        &self,
        authorizations: Vec<AuthorizationView>,
        next_cursor: Option<String>,
    ) -> AuthorizationPage {
        AuthorizationPage { authorizations, next_cursor }
    }
}
