//! `GET /console/proofs`: what the log's signatures say, proofs by question, and bundles that an
//! auditor checks without us.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use askama::Template;
use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    lists::asked,
    page::{Frame, html},
    refusal::{Problem, Refusal},
    visit::{Visit, if_any},
};

const PART: &str = "/console/proofs";

#[derive(Deserialize)]
struct Keys {
    keys: Vec<Key>,
}

/// A public key.
#[derive(Deserialize)]
struct Key {
    name: String,
    key_id: String,
    verifier_key: String,
    signs: bool,
}

/// That an event is in the log.
#[derive(Deserialize)]
struct Inclusion {
    position: i64,
    leaf_index: i64,
    leaf_hash: String,
    size: i64,
    root: String,
    hashes: Vec<String>,
}

/// That the log only grew.
#[derive(Deserialize)]
struct Consistency {
    from: i64,
    from_root: String,
    to: i64,
    to_root: String,
    hashes: Vec<String>,
}

/// The latest signed note.
struct Checkpoint {
    note: String,
    size: i64,
    root: String,
}

impl Checkpoint {
    /// Origin, size and root are its first lines (C2SP tlog-checkpoint).
    fn read(note: String) -> Option<Self> {
        let mut lines = note.lines().skip(1);
        let size = lines.next()?.parse().ok()?;
        let root = lines.next()?.to_owned();
        Some(Self { note, size, root })
    }
}

/// What was asked, and what came of it: it holds, or why it cannot be proved.
struct Asked<T> {
    found: Option<T>,
    refused: Option<Problem>,
}

#[derive(Template)]
#[template(path = "proofs.html")]
struct Proofs {
    frame: Frame,
    head: i64,
    checkpoint: Option<Checkpoint>,
    keys: Vec<Key>,
    position: String,
    from: String,
    to: String,
    inclusion: Option<Asked<Inclusion>>,
    consistency: Option<Asked<Consistency>>,
}

/// The page.
pub(crate) async fn show(visit: Visit) -> Result<HttpResponse, Refusal> {
    let keys: Keys = visit.get_now("/v1/proofs/keys").await?;
    let note = if_any(visit.text("/v1/proofs/checkpoint").await)?;
    let said = |name| visit.param(name).unwrap_or_default().to_owned();
    let mut page = Proofs {
        frame: Frame::now(&visit, PART, "Proofs"),
        head: visit.me.position,
        checkpoint: note.and_then(Checkpoint::read),
        keys: keys.keys,
        position: said("position"),
        from: said("from"),
        to: said("to"),
        inclusion: None,
        consistency: None,
    };
    if !page.position.is_empty() {
        let path = asked(&visit, "/v1/proofs/inclusion", &["position"]);
        page.inclusion = Some(answered(&visit, &path).await?);
    }
    if !page.from.is_empty() {
        let path = asked(&visit, "/v1/proofs/consistency", &["from", "to"]);
        page.consistency = Some(answered(&visit, &path).await?);
    }
    Ok(html(&page))
}

/// What cannot be proved is said beside the question.
async fn answered<T: DeserializeOwned>(visit: &Visit, path: &str) -> Result<Asked<T>, Refusal> {
    match visit.get_now(path).await {
        Ok(found) => Ok(Asked { found: Some(found), refused: None }),
        Err(Refusal::Said { status, problem }) if status.is_client_error() => {
            Ok(Asked { found: None, refused: Some(problem) })
        }
        Err(refusal) => Err(refusal),
    }
}

/// The signed note as a file.
pub(crate) async fn checkpoint(visit: Visit) -> Result<HttpResponse, Refusal> {
    let note = visit.pass("/v1/proofs/checkpoint", None).await?;
    Ok(as_file(note, "checkpoint.txt"))
}

/// The whole log as CloudEvents, one a line.
pub(crate) async fn log(visit: Visit) -> Result<HttpResponse, Refusal> {
    let log = visit.pass("/v1/events", Some("application/x-ndjson")).await?;
    Ok(as_file(log, "events.ndjson"))
}

/// A bundle as a file.
pub(crate) async fn bundle(visit: Visit) -> Result<HttpResponse, Refusal> {
    let names = ["invoice", "claim", "patient", "period"];
    if names.iter().all(|name| visit.param(name).is_none()) {
        return Err(Refusal::bad("say what the bundle is to be about"));
    }
    visit.pass(&asked(&visit, "/v1/proofs/bundle", &names), None).await
}

fn as_file(mut response: HttpResponse, name: &str) -> HttpResponse {
    if response.status() == StatusCode::OK {
        let disposition = header::ContentDisposition::attachment(name);
        if let Ok(value) = header::TryIntoHeaderValue::try_into_value(disposition) {
            response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
        }
    }
    response
}
