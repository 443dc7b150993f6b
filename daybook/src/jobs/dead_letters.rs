//! `outbox-dead-letter`, `export-dead-letter`: dead letters are named, one line for each org that
//! has some, until somebody replays them. Nothing is tried again by itself.
//!
//! The first is about messages to people, the second about exports on their way to
//! `EXPORT_WEBHOOK_URL`. Metrics count both (`daybook_dead_letters`).

use ledger::store::Ledger;
use ledger::store::operating::dead_letters;
use ledger::store::tenants::orgs;

use super::every_org::Summary;

/// Which dead letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Queue {
    /// E-mails.
    Outbox,
    /// Exports.
    Export,
}

impl Queue {
    /// The kind of message in it.
    const fn holds(self, kind: &str) -> bool {
        // Everything that is not an export is a message.
        matches!(self, Self::Export) == matches!(kind.as_bytes(), b"webhook")
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Outbox => "outbox",
            Self::Export => "export",
        }
    }
}

/// Counts, and says where they are. "Changes" are the dead letters found.
pub(super) async fn run(ledger: &Ledger, queue: Queue) -> anyhow::Result<Summary> {
    let mut summary = Summary { orgs: orgs(ledger).await?.len(), ..Summary::default() };
    let found = dead_letters(ledger).await?;
    for dead in found.iter().filter(|dead| queue.holds(&dead.kind)) {
        tracing::warn!(
            org = %dead.org,
            queue = queue.as_str(),
            count = dead.count,
            oldest = %dead.oldest,
            "dead letters wait for somebody to replay them"
        );
        summary.changed += usize::try_from(dead.count)?;
    }
    Ok(summary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dead_letter_is_in_exactly_one_queue() {
        for kind in ["email", "webhook", "letter"] {
            assert_ne!(Queue::Outbox.holds(kind), Queue::Export.holds(kind), "{kind}");
        }
        assert!(Queue::Export.holds("webhook"));
    }
}
