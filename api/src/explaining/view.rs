//! The tree as callers see it.

use ledger::{
    journal::Posting,
    values::{Currency, Money},
};
use projections::engine::explain::{EntryNode, Rest, RowNode};
use serde::Serialize;
use serde_json::Value;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::told::Told;
use crate::answer::instant;

/// A figure, the rows that it is the sum of, and the events that made them. Every node is the sum
/// of those below it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Explained {
    /// Where it stands in the answer, with numbers for places in lists.
    pub(super) figure: String,
    /// The answer that it stands in.
    pub(super) of: String,
    /// What the answer shows.
    pub(super) shown: Value,
    /// As of this position.
    pub(super) position: i64,
    /// ISO 4217.
    pub(super) currency: String,
    /// The sum of all events' shares: what the answer shows.
    pub(super) amount: String,
    /// The same in minor units.
    pub(super) amount_cents: i64,
    /// How many rows there are.
    pub(super) row_count: usize,
    /// Those that give something come first, the earliest first.
    pub(super) rows: Vec<ExplainedRow>,
    /// The rows that are not shown.
    pub(super) more: Option<ExplainedRest>,
}

/// A row of a read model, and what it gives to the figure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExplainedRow {
    /// Its place among the rows of the figure.
    pub(super) row: usize,
    /// Which read model.
    pub(super) model: &'static str,
    /// The version of its rule.
    pub(super) rule_version: i32,
    /// The row's key, by column.
    #[schema(value_type = Object)]
    pub(super) key: Value,
    /// What it gives.
    pub(super) amount: String,
    /// The same in minor units.
    pub(super) amount_cents: i64,
    /// By position.
    pub(super) entries: Vec<ExplainedEntry>,
    /// The entries that are not shown.
    pub(super) more: Option<ExplainedRest>,
}

/// What one event changed the row by, with the journal entry that it made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExplainedEntry {
    /// By how much.
    pub(super) amount: String,
    /// The same in minor units.
    pub(super) amount_cents: i64,
    /// The account that the entry moved by the same amount, if it did.
    pub(super) account: Option<&'static str>,
    /// The balanced entry in the journal; empty where the event moves no money there.
    pub(super) lines: Vec<ExplainedLine>,
    /// The event.
    pub(super) event: ExplainedEvent,
}

/// One line of a journal entry.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExplainedLine {
    /// Number in the chart of accounts.
    account: &'static str,
    /// Name in the chart of accounts.
    account_name: &'static str,
    /// On the left.
    debit: String,
    /// On the right.
    credit: String,
    /// ISO 4217.
    currency: String,
    /// The day it belongs to.
    date: Date,
}

/// The event behind it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExplainedEvent {
    /// Its place in the log.
    position: i64,
    /// Its id.
    event_id: Uuid,
    /// What happened.
    r#type: &'static str,
    /// The version of its shape.
    event_version: u16,
    /// The stream it stands in: kind and id.
    subject: String,
    /// Who gave the command.
    actor: String,
    /// Why, as a code.
    reason_code: Option<String>,
    /// Why, in somebody's own words; masked for some roles.
    reason: Option<String>,
    /// How amounts were rounded.
    rounding: Option<String>,
    /// When it was true.
    occurred_at: String,
    /// When it was learned.
    recorded_at: String,
    /// The command that decided it.
    command_id: Uuid,
    /// The event that caused it, if a policy acted.
    causation_id: Option<Uuid>,
    /// Where `proofs` are asked for and a checkpoint has been signed over it.
    proof: Option<ExplainedProof>,
}

/// That the event is in the log of a signed checkpoint (`/v1/proofs/checkpoint?size=…`).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ExplainedProof {
    /// Its leaf in the tree, counted from 0.
    leaf_index: i64,
    /// Events of the tree.
    size: i64,
    /// The proof of RFC 9162, 2.1.3: hashes, base64, from the leaf to the root.
    hashes: Vec<String>,
}

impl ExplainedProof {
    pub(super) fn of(position: i64, size: i64, hashes: &[[u8; 32]]) -> Self {
        let hashes = hashes.iter().map(|hash| data_encoding::BASE64.encode(hash)).collect();
        Self { leaf_index: position - 1, size, hashes }
    }
}

/// What is not shown, and what it comes to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExplainedRest {
    /// How many.
    count: usize,
    /// What they give.
    amount: String,
    /// The same in minor units.
    amount_cents: i64,
    /// Where to see more of them.
    href: String,
}

/// Amounts of one currency.
#[derive(Clone, Copy)]
pub(super) struct In(pub(super) Currency);

impl In {
    /// `None` where it is more than anything can hold.
    pub(super) fn both(self, minor: i128) -> Option<(String, i64)> {
        let minor = i64::try_from(minor).ok()?;
        Some((Money::from_minor(minor, self.0).to_string(), minor))
    }

    pub(super) fn rest(self, rest: Option<Rest>, href: String) -> Option<Option<ExplainedRest>> {
        let Some(Rest { count, minor }) = rest else { return Some(None) };
        let (amount, amount_cents) = self.both(minor)?;
        Some(Some(ExplainedRest { count, amount, amount_cents, href }))
    }

    pub(super) fn row(
        self,
        row: &RowNode,
        told: &mut Witnesses,
        more: String,
    ) -> Option<ExplainedRow> {
        let (amount, amount_cents) = self.both(row.minor)?;
        let entries = row.entries.iter().map(|entry| self.entry(entry, told));
        Some(ExplainedRow {
            row: row.place,
            model: row.model,
            rule_version: row.version,
            key: Value::Object(row.key.clone()),
            amount,
            amount_cents,
            entries: entries.collect::<Option<_>>()?,
            more: self.rest(row.rest, more)?,
        })
    }

    fn entry(self, entry: &EntryNode, told: &mut Witnesses) -> Option<ExplainedEntry> {
        let (amount, amount_cents) = self.both(entry.minor.into())?;
        let Witness { told, reason, proof } = told.next()?;
        let event = &entry.event;
        Some(ExplainedEntry {
            amount,
            amount_cents,
            account: entry.account.map(|account| account.number()),
            lines: entry.lines.iter().map(ExplainedLine::from).collect(),
            event: ExplainedEvent {
                position: event.position,
                event_id: event.event_id,
                r#type: event.event.name(),
                event_version: event.event.version(),
                subject: format!("{}/{}", event.aggregate_type, event.aggregate_id),
                actor: event.actor.to_string(),
                reason_code: told.reason_code,
                reason,
                rounding: told.rounding,
                occurred_at: instant(event.occurred_at),
                recorded_at: instant(event.recorded_at),
                command_id: event.command_id,
                causation_id: event.causation_id,
                proof,
            },
        })
    }
}

/// What an event says of itself, and what vouches for it.
pub(super) struct Witness {
    pub(super) told: Told,
    pub(super) reason: Option<String>,
    pub(super) proof: Option<ExplainedProof>,
}

/// In the order in which the tree shows the events.
pub(super) type Witnesses = std::vec::IntoIter<Witness>;

impl From<&Posting> for ExplainedLine {
    fn from(line: &Posting) -> Self {
        let money = |minor| Money::from_minor(minor, line.currency).to_string();
        Self {
            account: line.account.number(),
            account_name: line.account.name(),
            debit: money(line.debit_minor),
            credit: money(line.credit_minor),
            currency: line.currency.to_string(),
            date: line.business_date,
        }
    }
}
