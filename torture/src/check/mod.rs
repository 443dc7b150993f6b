//! The checker: does the database hold what was promised, once, and nothing else?
//!
//! - `history.rs`: what the database says. `promises.rs`: the log against the clients' notes.
//! - `effects.rs`: what policies and the outbox made of it. `letters.rs`: what left the house.
//! - `programs.rs`: `daybook verify` and `daybook rebuild` say the rest.
//! - `resolving.rs`: commands without an answer are given again. `settling.rs`: until all is done.
//!
//! Every finding has a kind; `damage.rs` shows that each kind is found.

mod effects;
mod history;
mod letters;
mod programs;
mod promises;
mod resolving;
mod settling;

use std::collections::BTreeMap;
use std::fmt;

use anyhow::Context;
use uuid::Uuid;

pub(crate) use history::History;
pub(crate) use programs::{rebuilt, verified};
pub use resolving::Resolved;
pub(crate) use resolving::resolve_in_order;

use crate::ground::{Books, Ground};
use crate::load::Clients;
use crate::notes::Noted;
use crate::service::Service;

/// What kind of thing is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Positions are not 1..N, or the head is elsewhere.
    Gap,
    /// What was promised is not there.
    Lost,
    /// A command happened twice.
    Twice,
    /// An event that nobody asked for.
    Unasked,
    /// A command that cannot be resolved by giving it again.
    Unresolved,
    /// A policy's effect is missing, or there twice.
    Policy,
    /// A message is missing, there twice, or did not leave.
    Outbox,
    /// A letter is missing, or nobody wrote it.
    Letter,
    /// A projector or a policy waits.
    Waiting,
    /// `daybook verify` finds the log damaged.
    Proof,
    /// A read model is not what the log makes of it.
    Model,
    /// A client was answered what must not be.
    Answer,
    /// The program panicked.
    Panic,
}

/// One thing that is wrong.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What kind.
    pub kind: Kind,
    /// In words.
    pub what: String,
}

impl Finding {
    pub(crate) fn new(kind: Kind, what: impl Into<String>) -> Self {
        Self { kind, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}: {}", self.kind, self.what)
    }
}

/// What a check saw.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Everything that is wrong.
    pub findings: Vec<Finding>,
    /// Events in the log.
    pub events: usize,
    /// Promises compared with it.
    pub acknowledged: usize,
    /// Commands without an answer that were given again.
    pub resolved: Resolved,
    /// Messages that left.
    pub messages: usize,
    /// Heads, to be kept for the next check.
    pub heads: BTreeMap<Uuid, String>,
}

impl Report {
    /// Fails with what is wrong, if anything is.
    ///
    /// # Errors
    /// The findings.
    pub fn sound(self) -> anyhow::Result<Self> {
        if self.findings.is_empty() {
            return Ok(self);
        }
        let count = self.findings.len();
        let first: Vec<String> = self.findings.iter().take(12).map(ToString::to_string).collect();
        anyhow::bail!("{count} findings:\n  {}", first.join("\n  "))
    }
}

/// Checks everything, while nobody else gives commands: what is open is resolved through the
/// service, what follows is waited for, and then all is compared. `heads` are those of an earlier
/// check, which must be contained.
///
/// # Errors
/// When the check itself cannot be made.
pub async fn check(
    ground: &Ground,
    books: &Books,
    clients: &Clients,
    heads: &BTreeMap<Uuid, String>,
) -> anyhow::Result<Report> {
    let (resolved, mut findings) = resolving::resolve(clients).await?;
    let owner = ground.postgres.owner(&books.database).await?;
    findings.extend(settling::settle(books, &owner, &clients.tenants).await?);
    let noted = clients.notes.copy();
    let history = History::read(&owner).await.context("cannot read the history")?;
    findings.extend(examine(&history, &noted));
    findings.extend(letters::letters(&history, &books.data)?);
    findings.extend(noted.wrong.iter().map(|what| Finding::new(Kind::Answer, what)));
    let (damage, heads) = verified(books, heads).await?;
    findings.extend(damage);
    findings.extend(rebuilt(books).await?);
    let messages = history.messages.len();
    let (events, acknowledged) = (history.events.len(), noted.acknowledged.len());
    Ok(Report { findings, events, acknowledged, resolved, messages, heads })
}

/// What the database alone shows.
pub(crate) fn examine(history: &History, noted: &Noted) -> Vec<Finding> {
    let mut findings = promises::positions(history);
    findings.extend(promises::promises(history, noted));
    findings.extend(effects::policies(history));
    findings.extend(effects::messages(history));
    findings.extend(effects::waiting(history));
    findings
}

/// The same, with what left the house.
pub(crate) fn examine_all(
    history: &History,
    noted: &Noted,
    books: &Books,
) -> anyhow::Result<Vec<Finding>> {
    let mut findings = examine(history, noted);
    findings.extend(letters::letters(history, &books.data)?);
    Ok(findings)
}

/// Panics in the logs of the service's lives.
///
/// # Errors
/// When a log cannot be read.
pub fn panics(services: &[&Service]) -> anyhow::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for service in services {
        let log = std::fs::read(service.log())?;
        for line in String::from_utf8_lossy(&log).lines().filter(|line| line.contains("panicked")) {
            findings.push(Finding::new(Kind::Panic, line));
        }
    }
    Ok(findings)
}
