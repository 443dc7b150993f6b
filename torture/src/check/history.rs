//! What the database says, read as its owner: no part of the program stands in between.

use std::collections::BTreeMap;

use tokio_postgres::Client;
use uuid::Uuid;

/// An event's row, as far as it matters here.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) org: Uuid,
    pub(crate) position: i64,
    pub(crate) id: Uuid,
    pub(crate) command: Uuid,
    pub(crate) cause: Option<Uuid>,
    pub(crate) name: String,
    pub(crate) actor: String,
    pub(crate) aggregate: Uuid,
}

/// What is remembered of a command.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Remembered {
    /// Whether it appended anything.
    pub(crate) did: bool,
    pub(crate) first: i64,
    pub(crate) last: i64,
}

/// A row of the outbox.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) org: Uuid,
    pub(crate) id: Uuid,
    pub(crate) key: String,
    pub(crate) status: String,
}

/// All of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    /// By org and position.
    pub(crate) events: Vec<Event>,
    pub(crate) heads: BTreeMap<Uuid, i64>,
    pub(crate) commands: BTreeMap<(Uuid, Uuid), Remembered>,
    /// E-mails; nothing else is sent here.
    pub(crate) messages: Vec<Message>,
    /// What is parked or failed, in words.
    pub(crate) waiting: Vec<String>,
}

impl History {
    /// Reads all of it.
    pub(crate) async fn read(owner: &Client) -> Result<Self, tokio_postgres::Error> {
        let mut history = Self::default();
        let ask = "select org_id, position, event_id, command_id, causation_id, event_type, actor, \
                   aggregate_id from events order by org_id, position";
        for row in owner.query(ask, &[]).await? {
            history.events.push(Event {
                org: row.get(0),
                position: row.get(1),
                id: row.get(2),
                command: row.get(3),
                cause: row.get(4),
                name: row.get(5),
                actor: row.get(6),
                aggregate: row.get(7),
            });
        }
        for row in owner.query("select org_id, position from org_heads", &[]).await? {
            history.heads.insert(row.get(0), row.get(1));
        }
        let ask = "select org_id, command_id, verdict, first_position, last_position from commands";
        for row in owner.query(ask, &[]).await? {
            let did = row.get::<_, i16>(2) == 1;
            let remembered = Remembered { did, first: row.get(3), last: row.get(4) };
            history.commands.insert((row.get(0), row.get(1)), remembered);
        }
        let ask = "select org_id, id, dedupe_key, status from outbox_events where kind = 'email'";
        for row in owner.query(ask, &[]).await? {
            let (org, id) = (row.get(0), row.get(1));
            history.messages.push(Message { org, id, key: row.get(2), status: row.get(3) });
        }
        let ask = "select 'parked: ' || projector || ' of ' || org_id || ': ' || error from parked \
                   union all select 'failed: ' || policy || ' of ' || org_id || ': ' || code \
                   || ' ' || detail from policy_failures";
        for row in owner.query(ask, &[]).await? {
            history.waiting.push(row.get(0));
        }
        Ok(history)
    }

    /// Events of one name.
    pub(crate) fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Event> {
        self.events.iter().filter(move |event| event.name == name)
    }
}
