//! What clients know: every answer they got, and every command they got none for.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use uuid::Uuid;

use crate::http::{Answer, Request};
use crate::tenants::Tenant;

/// A command, which is the same command when it is given again.
#[derive(Debug, Clone)]
pub struct Command {
    /// Whose.
    pub tenant: Tenant,
    /// The method and path.
    pub method: &'static str,
    /// Where to.
    pub path: String,
    /// What is asked.
    pub body: Value,
    /// The `Idempotency-Key`.
    pub key: String,
}

impl Command {
    /// As it goes out. Only an answer that did not wait names its events.
    pub fn request(&self, wait: bool) -> Request {
        let word = if wait { "settled" } else { "none" };
        let headers =
            vec![("idempotency-key", self.key.clone()), ("daybook-wait", word.to_owned())];
        Request {
            method: self.method,
            path: self.path.clone(),
            bearer: self.tenant.secret.clone(),
            headers,
            body: Some(self.body.clone()),
        }
    }

    /// Its id in the log.
    pub fn id(&self) -> Uuid {
        self.tenant.command_id(&self.key)
    }
}

/// An answer that promised that something is kept.
#[derive(Debug, Clone)]
pub struct Acknowledged {
    /// What was asked.
    pub command: Command,
    /// `Daybook-Position`.
    pub position: i64,
    /// Position and id of each event, where the answer named them.
    pub events: Vec<(i64, Uuid)>,
}

/// How a command was answered.
#[derive(Debug, Clone)]
pub enum Heard {
    /// It is done.
    Done(Answer),
    /// Refused for now; the caller may come back.
    Later(Answer),
    /// Nobody knows.
    Lost,
    /// What must not be.
    Wrong(String),
}

/// Everything that was noted.
#[derive(Debug, Clone, Default)]
pub struct Noted {
    /// Promises, in the order in which they were heard.
    pub acknowledged: Vec<Acknowledged>,
    /// Commands without a good answer, by their id.
    pub open: BTreeMap<Uuid, Command>,
    /// What was answered that must not be.
    pub wrong: Vec<String>,
    /// Answers that put a caller off, by status and code.
    pub put_off: BTreeMap<String, u64>,
    /// Requests without any answer.
    pub lost: u64,
    /// Reads that were answered well.
    pub reads: u64,
}

/// The notes of all clients of a run.
#[derive(Debug, Clone, Default)]
pub struct Notes(Arc<Mutex<Noted>>);

impl Notes {
    /// Looks into them, or writes.
    pub fn open(&self) -> MutexGuard<'_, Noted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A copy of what is noted.
    pub fn copy(&self) -> Noted {
        self.open().clone()
    }

    /// How many promises were heard.
    pub fn acknowledged(&self) -> usize {
        self.open().acknowledged.len()
    }

    /// Notes how a command was answered.
    pub fn hear(&self, command: &Command, answered: anyhow::Result<Answer>) -> Heard {
        let heard = heard(command, answered);
        let mut noted = self.open();
        match &heard {
            Heard::Done(answer) => {
                noted.open.remove(&command.id());
                let (position, events) = (answer.position.unwrap_or(0), events(&answer.body));
                let command = command.clone();
                noted.acknowledged.push(Acknowledged { command, position, events });
            }
            Heard::Later(answer) => {
                let what = format!("{} {}", answer.status, answer.code());
                *noted.put_off.entry(what).or_default() += 1;
                noted.open.insert(command.id(), command.clone());
            }
            Heard::Lost => {
                noted.lost += 1;
                noted.open.insert(command.id(), command.clone());
            }
            Heard::Wrong(what) => {
                noted.wrong.push(what.clone());
                noted.open.insert(command.id(), command.clone());
            }
        }
        heard
    }
}

/// Nothing that is asked here may be refused for good: every chain begins with what it needs.
fn heard(command: &Command, answered: anyhow::Result<Answer>) -> Heard {
    let Ok(answer) = answered else { return Heard::Lost };
    let (method, path, id) = (command.method, &command.path, command.id());
    let wrong = |what: &str| {
        let (status, body) = (answer.status, &answer.body);
        Heard::Wrong(format!("{method} {path} ({id}): {what}: {status} {body}"))
    };
    match answer.status {
        200..=299 if answer.position.is_none() => wrong("a promise without a position"),
        200..=299 => Heard::Done(answer),
        429 | 503 if !answer.retry_after => wrong("put off without Retry-After"),
        429 | 503 if answer.body["retryable"] != true => wrong("put off, and not retryable"),
        409 if answer.code() == "conflict" => Heard::Later(answer),
        429 | 503 => Heard::Later(answer),
        _ => wrong("answered"),
    }
}

fn events(body: &Value) -> Vec<(i64, Uuid)> {
    let named = body["events"].as_array().map(Vec::as_slice).unwrap_or_default();
    let pair = |event: &Value| {
        Some((event["position"].as_i64()?, event["event_id"].as_str()?.parse().ok()?))
    };
    named.iter().filter_map(pair).collect()
}
