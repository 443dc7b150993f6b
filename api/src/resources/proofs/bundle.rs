//! `GET /v1/proofs/bundle`

use actix_web::{
    HttpResponse,
    http::header::{ContentDisposition, DispositionParam, DispositionType},
    web::Data,
};
use evidence::{About, MakeError, make};
use ledger::values::CycleKey;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::{
    answer::POSITION,
    body::ForeignId,
    error::{ApiError, Plain},
    query::Asked,
    state::AppState,
};

/// Events of a bundle at most: it is made and checked whole before it is handed out. The program's
/// own `daybook bundle` knows no bound.
const MOST: usize = 20_000;

/// What the bundle is to be about: one of these.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct BundleParams {
    /// An invoice.
    invoice: Option<Uuid>,
    /// A claim, with its statements.
    claim: Option<Uuid>,
    /// A patient, by the caller's own id.
    patient: Option<String>,
    /// A month of the org's zone, `YYYY-MM`.
    period: Option<String>,
}

/// Everything about one thing as a file that proves itself, under the latest checkpoint: events,
/// proofs, and the totals worked out anew. `daybook verify` checks it with nothing but a public
/// key. Personal data in it stays sealed.
#[utoipa::path(get, path = "/v1/proofs/bundle", tag = "proofs", params(BundleParams),
    responses((status = 200, description = "The bundle, newline-delimited JSON", body = String,
        content_type = "application/vnd.daybook.bundle")),
)]
pub(crate) async fn bundle(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let wanted = Wanted::read(&mut asked)?;
    let place = state.long_answers.clone().try_acquire_owned();
    let busy = ApiError::RateLimited { retry_after_seconds: 5, code: "too_many_streams" };
    let _place = place.map_err(|_| busy)?;
    let (ledger, org) = (&state.ledger, asked.caller.org);
    let name = wanted.name();
    let about = match wanted {
        Wanted::Invoice(id) => About::Invoice { id },
        Wanted::Claim(id) => About::Claim { id },
        Wanted::Patient(patient) => About::patient(ledger, org, patient.as_str()),
        Wanted::Period(month) => {
            let month = About::month(ledger, org, month).await;
            let month = month.map_err(|error| ApiError::failed(&*error))?;
            month.ok_or(Plain::NotFound)?
        }
    };
    let made = make(ledger, org, about, &state.verifiers, Some(MOST)).await;
    let made = made.map_err(|error| match error {
        MakeError::Unsigned(_) => Plain::NoCheckpoint.into(),
        MakeError::Nothing(..) => Plain::NotFound.into(),
        MakeError::NotYet { position, size } => {
            ApiError::NotSigned { asked: position, signed: size }
        }
        MakeError::TooLarge(_) => Plain::BundleTooLarge.into(),
        MakeError::Failed(error) => ApiError::failed(&*error),
    })?;
    let parameters = vec![DispositionParam::Filename(name)];
    Ok(HttpResponse::Ok()
        .insert_header((POSITION, made.size.to_string()))
        .insert_header(ContentDisposition { disposition: DispositionType::Attachment, parameters })
        .content_type("application/vnd.daybook.bundle")
        .body(made.text))
}

/// What it is to be about.
enum Wanted {
    Invoice(Uuid),
    Claim(Uuid),
    Patient(ForeignId),
    Period(CycleKey),
}

impl Wanted {
    fn read(asked: &mut Asked) -> Result<Self, ApiError> {
        let params = &mut asked.params;
        let invoice = params.parsed("invoice", "a UUID is expected").map(Self::Invoice);
        let claim = params.parsed("claim", "a UUID is expected").map(Self::Claim);
        let period = params.parsed("period", "a month, YYYY-MM, is expected").map(Self::Period);
        let patient = params.text("patient");
        let patient = match patient.as_deref().map(ForeignId::from_text) {
            Some(Some(patient)) => Some(Self::Patient(patient)),
            Some(None) => {
                params.wrong("patient", "the id of a patient is expected".into());
                None
            }
            None => None,
        };
        let mut wanted = [invoice, claim, patient, period].into_iter().flatten();
        let (first, second) = (wanted.next(), wanted.next());
        if first.is_none() || second.is_some() {
            let one = "one of `invoice`, `claim`, `patient` and `period` is expected";
            params.wrong("invoice", one.into());
        }
        std::mem::take(&mut asked.params).finish()?;
        first.ok_or_else(|| Plain::NotFound.into())
    }

    /// How the file is called. Ids of patients are no names for files.
    fn name(&self) -> String {
        match self {
            Self::Invoice(id) => format!("invoice-{id}.bundle"),
            Self::Claim(id) => format!("claim-{id}.bundle"),
            Self::Patient(_) => "patient.bundle".to_owned(),
            Self::Period(month) => format!("{month}.bundle"),
        }
    }
}
