//! `GET /console/find?q=…`: to the thing that has this number or id.

use actix_web::{HttpResponse, http::header};
use uuid::Uuid;

use crate::{doc::Doc, refusal::Refusal, show::escaped, visit::Visit};

/// The page of the thing, or a refusal that says what was tried.
pub(crate) async fn find(visit: Visit) -> Result<HttpResponse, Refusal> {
    let wanted = visit.param("q").unwrap_or_default().trim().to_owned();
    let place = match wanted.parse::<i64>() {
        Ok(position) if (1..=visit.me.position).contains(&position) => {
            Some(format!("/console/events/{position}"))
        }
        _ => match Uuid::parse_str(&wanted) {
            Ok(id) => by_id(&visit, id).await?,
            Err(_) => by_word(&visit, &wanted).await?,
        },
    };
    let place = place.ok_or_else(|| {
        Refusal::bad("no invoice, claim, statement, patient or event has this number or id")
    })?;
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, place)).finish())
}

async fn by_id(visit: &Visit, id: Uuid) -> Result<Option<String>, Refusal> {
    let places = [
        ("/v1/billing/invoices", "invoices"),
        ("/v1/billing/claims", "claims"),
        ("/v1/founder-billing/statements", "statements"),
    ];
    for (of, part) in places {
        if visit.get_if_any::<Doc>(&format!("{of}/{id}")).await?.is_some() {
            return Ok(Some(format!("/console/{part}/{id}")));
        }
    }
    by_word(visit, &id.to_string()).await
}

/// A claim's account, an invoice's number, or a patient's id as the caller has it.
async fn by_word(visit: &Visit, word: &str) -> Result<Option<String>, Refusal> {
    let word = escaped(word);
    if word.is_empty() {
        return Ok(None);
    }
    let office = visit.me.org_id;
    let lists = [
        (format!("/v1/billing/claims?account={word}&limit=1"), "claims", "claim_id"),
        (
            format!("/v1/billing/offices/{office}/invoices?number={word}&limit=1"),
            "invoices",
            "invoice_id",
        ),
    ];
    for (of, part, id) in lists {
        let found = visit.get_if_any::<Doc>(&of).await?;
        let found = found.map(|found| found.list(part)).transpose()?.unwrap_or_default();
        if let Some(found) = found.first() {
            return Ok(Some(format!("/console/{part}/{}", found.text(id)?)));
        }
    }
    let patient = visit.get_if_any::<Doc>(&format!("/v1/billing/patients/{word}")).await?;
    Ok(patient.map(|_| format!("/console/patients/{word}")))
}
