//! A message becomes a command.

use std::{borrow::Cow, collections::BTreeMap};

use ledger::{
    Refusal, canonical,
    operation::{
        Kind, Operation, OperationCommand, OperationError, OperationEvent, Record, operation_id,
    },
    recorded::LedgerEvent,
    store::{Context, ExecuteError, account_id},
    subscription::{Subscription, SubscriptionError},
    values::OperationId,
};
use serde_json::{Value, value::RawValue};
use time::OffsetDateTime;

use super::{envelope::Envelope, facts::Data, message::attributes, sealing::Sealing};
use crate::{
    body::{FieldError, ForeignId, parse_at},
    credentials::Caller,
    error::{ApiError, Plain},
    state::AppState,
};

/// A message that was taken, now or before.
pub(super) struct Taken {
    pub(super) duplicate: bool,
    pub(super) position: i64,
    pub(super) operation_id: OperationId,
    pub(super) event: Option<OperationEvent>,
}

/// Takes one message: reads it, seals what is personal, and gives the order. Its source and id
/// name the command, so that repeating it at any time is harmless.
pub(super) async fn take(
    state: &AppState,
    caller: &Caller,
    pointer: &str,
    raw: &RawValue,
    now: OffsetDateTime,
) -> Result<Taken, ApiError> {
    let message: Envelope = parse_at(pointer.to_owned(), raw.get().as_bytes())?;
    let kind = message.kind.ok_or(Plain::EventTypeUnknown)?;
    let no_data = || wrong(format!("{pointer}/data"), "required", "must be given");
    let sent = message.data.as_deref().ok_or_else(no_data)?;
    let (named, data) = Data::read(kind, &format!("{pointer}/data"), sent)?;
    let entity = entity(pointer, kind, named, &data, message.subject.as_deref())?;

    let (ledger, org) = (&state.ledger, caller.org);
    let names = ledger.names();
    let content = content(raw);
    let name = format!("{}:{}{}", message.source.len(), message.source, message.id);
    let message_id = names.blind(org, "cloud event", &name);
    let command = format!("cloud event:{message_id}");
    let mut context = Context::named(ledger, org, caller.actor(), &command);
    context.fingerprint = names.fingerprint(org, &[&content]);
    let said_at = message.time.unwrap_or(now);
    let context = context.occurring_at(said_at);

    let sealing = Sealing { state, context: &context, kind, entity: &entity };
    let entity_id = sealing.entity_id().await?;
    let fact = data.into_fact(&sealing).await?;
    let content = names.blind(org, "cloud event content", &String::from_utf8_lossy(&content));
    let id = operation_id(names, org, kind, entity.as_str());
    let batch = ledger.batch(context.clone()).then_from::<Operation, Subscription>(
        id,
        account_id(org),
        move |account| {
            let unknown = || Box::new(SubscriptionError::Unknown) as Box<dyn Refusal>;
            let time_zone = account.cycle_rule().ok_or_else(unknown)?.time_zone.clone();
            Ok(OperationCommand::Record(Box::new(Record {
                content,
                entity_id: entity_id.clone(),
                fact: fact.clone(),
                message: message_id,
                now,
                said_at,
                time_zone,
            })))
        },
    );
    let outcome = match batch.run().await {
        Ok(outcome) => outcome,
        Err(ExecuteError::KeyReused) => {
            return Err(ApiError::refused(&OperationError::OtherContent));
        }
        Err(error) => return Err(error.into()),
    };
    let event = outcome.decided.into_iter().find_map(|event| match event {
        LedgerEvent::Operation(event) => Some(event),
        _ => None,
    });
    Ok(Taken {
        duplicate: outcome.replayed || event.is_none(),
        position: outcome.position,
        operation_id: id,
        event,
    })
}

/// What a message says, whatever the order of its fields: extension attributes are not part of
/// it, for they may change when it is sent again.
pub(super) fn content(raw: &RawValue) -> Vec<u8> {
    let event = attributes(raw);
    // What JSON's reader has no room for stands as its text.
    let read =
        |raw: &RawValue| serde_json::from_str(raw.get()).unwrap_or_else(|_| Value::from(raw.get()));
    let said = ["data", "subject", "time", "type"]
        .map(|name| (name, event.get(name).map_or(Value::Null, |raw| read(raw))));
    let said = BTreeMap::from(said);
    canonical(&said).unwrap_or_else(|_| raw.get().as_bytes().to_vec())
}

/// The thing that a message is about.
pub(super) fn entity(
    pointer: &str,
    kind: Kind,
    named: Option<ForeignId>,
    data: &Data,
    subject: Option<&str>,
) -> Result<ForeignId, ApiError> {
    if let Some(counter) = data.counter() {
        return ForeignId::from_text(&counter)
            .ok_or_else(|| ApiError::Failed("a counter without a name".to_owned()));
    }
    let subject = match subject {
        Some(text) => Some(ForeignId::from_text(text).ok_or_else(|| {
            let expected = "1 to 255 characters without spaces around them are expected";
            wrong(format!("{pointer}/subject"), "invalid", expected)
        })?),
        None => None,
    };
    match (named, subject) {
        (Some(id), Some(subject)) if id.as_str() != subject.as_str() => {
            let detail = "data.id and subject name two things";
            Err(wrong(format!("{pointer}/subject"), "invalid", detail))
        }
        (Some(id), _) | (None, Some(id)) => Ok(id),
        (None, None) => {
            let detail = Cow::Owned(format!("the id of the {kind} must be given"));
            let pointer = format!("{pointer}/data/id");
            Err(ApiError::InvalidBody(vec![FieldError { pointer, code: "required", detail }]))
        }
    }
}

fn wrong(pointer: String, code: &'static str, detail: &'static str) -> ApiError {
    ApiError::InvalidBody(vec![FieldError { pointer, code, detail: Cow::Borrowed(detail) }])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content_of(text: &str) -> Vec<u8> {
        content(serde_json::from_str(text).unwrap())
    }

    #[test]
    fn an_extension_that_no_number_holds_hides_nothing_of_what_is_said() {
        let said = |data: &str, extension: &str| {
            content_of(&format!(
                r#"{{"type":"operation.lead","data":{data},"time":null{extension}}}"#
            ))
        };
        let plain = said(r#"{"id":1}"#, "");
        assert_eq!(
            plain,
            br#"{"data":{"id":1},"subject":null,"time":null,"type":"operation.lead"}"#
        );
        let deep = format!(r#","deep":{}{}"#, "[".repeat(500), "]".repeat(500));
        for extension in [r#","large":1e999"#, &deep] {
            assert_eq!(said(r#"{"id":1}"#, extension), plain);
            assert_ne!(said(r#"{"id":2}"#, extension), plain);
        }
    }
}
