//! `GET /console/events/{position}`: one event, whole, with the proof that it is in the log.

use actix_web::{HttpResponse, http::header, web::Path};
use askama::Template;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    page::{Frame, html},
    refusal::Refusal,
    show,
    visit::{Visit, if_any},
};

const PART: &str = "/console/events";

#[derive(Deserialize)]
struct Whole {
    id: Uuid,
    r#type: String,
    subject: String,
    time: String,
    dataschema: String,
    data: Value,
    sequence: i64,
    recordedat: String,
    actor: String,
    commandid: Uuid,
    correlationid: Uuid,
    causationid: Option<Uuid>,
    leafhash: String,
    metadata: Value,
}

impl Whole {
    fn subject(&self) -> (&str, &str) {
        self.subject.split_once('/').unwrap_or((&self.subject, ""))
    }

    fn link(&self) -> Option<String> {
        let (kind, id) = self.subject();
        show::subject_page(kind, id)
    }

    /// Everything of the same stream.
    fn stream(&self) -> String {
        super::events::stream(&self.subject)
    }

    fn version(&self) -> &str {
        self.dataschema.rsplit(':').next().unwrap_or_default()
    }
}

/// A field of an event's data.
#[derive(Debug, PartialEq, Eq)]
struct Field {
    name: String,
    said: Said,
}

/// What a field says.
#[derive(Debug, PartialEq, Eq)]
enum Said {
    Plain(String),
    /// An amount with its currency.
    Money(String),
    /// Personal data or free text, closed, of this field.
    Sealed,
    Nothing,
}

/// That the event is in the log (`GET /v1/proofs/inclusion`).
#[derive(Deserialize)]
struct Proof {
    position: i64,
    leaf_index: i64,
    size: i64,
    root: String,
    hashes: Vec<String>,
}

#[derive(Template)]
#[template(path = "event.html")]
struct Event {
    frame: Frame,
    event: Whole,
    fields: Vec<Field>,
    data: String,
    metadata: String,
    proof: Option<Proof>,
    older: Option<i64>,
    newer: Option<i64>,
}

/// The page.
pub(crate) async fn show(visit: Visit, position: Path<i64>) -> Result<HttpResponse, Refusal> {
    let position = *position;
    let event: Whole = visit.get_now(&format!("/v1/events/{position}")).await?;
    let proof = format!("/v1/proofs/inclusion?position={position}");
    // Not every event is under a checkpoint yet.
    let proof = match if_any(visit.get_now::<Proof>(&proof).await) {
        Err(Refusal::Said { status, .. }) if status.is_client_error() => None,
        answer => answer?,
    };
    let mut fields = Vec::new();
    flatten("", &event.data, &mut fields);
    Ok(html(&Event {
        frame: Frame::now(&visit, PART, format!("Event {}", show::count(&position))),
        fields,
        data: show::pretty(&event.data),
        metadata: show::pretty(&event.metadata),
        proof,
        older: (position > 1).then(|| position - 1),
        newer: (position < visit.me.position).then(|| position + 1),
        event,
    }))
}

/// The event of an id, which is how events name their causes.
pub(crate) async fn by_id(visit: Visit, id: Path<Uuid>) -> Result<HttpResponse, Refusal> {
    let proof: Proof = visit.get_now(&format!("/v1/proofs/inclusion?event_id={id}")).await?;
    let place = format!("{PART}/{}", proof.position);
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, place)).finish())
}

/// The fields in their order, those of parts after a dot, those of lists by their number.
fn flatten(name: &str, value: &Value, into: &mut Vec<Field>) {
    let below = |part: &str| match name {
        "" => part.to_owned(),
        name => format!("{name} · {part}"),
    };
    let said = match value {
        Value::Object(fields) if is_sealed(value) && !fields.is_empty() => Said::Sealed,
        Value::Object(fields) => match money(value) {
            Some(money) => Said::Money(money),
            None => {
                for (part, value) in fields {
                    flatten(&below(&show::words(part)), value, into);
                }
                return;
            }
        },
        Value::Array(values) if !values.is_empty() => {
            for (index, value) in values.iter().enumerate() {
                flatten(&below(&(index + 1).to_string()), value, into);
            }
            return;
        }
        Value::Array(_) | Value::Null => Said::Nothing,
        Value::Bool(is) => Said::Plain(if *is { "yes" } else { "no" }.to_owned()),
        Value::Number(number) => Said::Plain(number.to_string()),
        Value::String(text) => Said::Plain(text.clone()),
    };
    into.push(Field { name: name.to_owned(), said });
}

fn is_sealed(value: &Value) -> bool {
    ["at", "closed", "field", "key", "subject"].iter().all(|part| value.get(part).is_some())
}

fn money(value: &Value) -> Option<String> {
    let fields = value.as_object().filter(|fields| fields.len() == 2)?;
    let text = |name| fields.get(name).and_then(Value::as_str);
    Some(show::money(text("amount")?, text("currency")?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sealed_fields_are_shown_as_sealed_and_money_as_money() {
        let sealed = json!({"at": "a", "closed": "SECRET", "field": "f", "key": 1, "subject": "s"});
        let data = json!({"a": {"amount": "-1200.50", "currency": "USD"}, "b": [sealed],
            "c": {"d_e": null, "f": 3}, "g": false});
        let mut fields = Vec::new();
        flatten("", &data, &mut fields);
        let field = |name: &str, said| Field { name: name.to_owned(), said };
        assert_eq!(
            fields,
            [
                field("a", Said::Money("\u{2212}1,200.50 USD".to_owned())),
                field("b · 1", Said::Sealed),
                field("c · d e", Said::Nothing),
                field("c · f", Said::Plain("3".to_owned())),
                field("g", Said::Plain("no".to_owned())),
            ]
        );
    }
}
