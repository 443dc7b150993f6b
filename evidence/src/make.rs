//! Making a bundle.

use anyhow::Context;
use ledger::proof::VerifierKey;
use ledger::recorded::Recorded;
use ledger::store::notary::{Kept, inclusions, latest};
use ledger::store::{Ledger, Stored};
use ledger::values::OrgId;

use super::gather::gather;
use super::line::{self, Digest, Header, Trailer};
use super::totals::{projectors, totals};
use super::{About, check};

/// Events proved at a time.
const PORTION: usize = 500;

/// A bundle, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The file.
    pub text: String,
    /// How many events it holds.
    pub events: usize,
    /// How far its checkpoint goes.
    pub size: i64,
}

/// Why there is no bundle.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// No checkpoint was signed, so that nothing can be proved.
    #[error("the log of org {0} has no signed checkpoint")]
    Unsigned(OrgId),
    /// Up to the latest checkpoint there is nothing about it.
    #[error("org {0} has nothing about {1}")]
    Nothing(OrgId, About),
    /// It began after the latest checkpoint.
    #[error("position {position} is not under the checkpoint at {size} yet")]
    NotYet {
        /// Its first event.
        position: i64,
        /// How far the checkpoint goes.
        size: i64,
    },
    /// More events than were asked for at most.
    #[error("there are more than {0} events")]
    TooLarge(usize),
    /// The log is damaged or cannot be read.
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

/// Makes a bundle under the latest checkpoint, of at most so many events where a bound is given,
/// and checks it against the keys that signed: what cannot be verified is not handed out.
///
/// # Errors
/// [`MakeError`].
pub async fn make(
    ledger: &Ledger,
    org: OrgId,
    about: About,
    known: &[VerifierKey],
    most: Option<usize>,
) -> Result<Made, MakeError> {
    let kept = latest(ledger, org).await.context("the checkpoint cannot be read")?;
    let kept = kept.ok_or(MakeError::Unsigned(org))?;
    let most = most.unwrap_or(usize::MAX);
    let events = gather(ledger, org, &about, kept.size, most).await?;
    let mut events = events.ok_or(MakeError::TooLarge(most))?;
    let (first, size) = (events.first().map(|event| event.position), kept.size);
    events.retain(|event| event.position <= size);
    if !events.iter().any(|event| about.counts(event)) {
        return Err(match first {
            Some(position) if position > size => MakeError::NotYet { position, size },
            _ => MakeError::Nothing(org, about),
        });
    }
    let count = events.len();
    let text = text(ledger, org, about, &kept, events).await?;
    let checked = check(text.as_bytes(), known)?;
    checked.context("the bundle does not prove itself; it is not handed out")?;
    Ok(Made { text, events: count, size })
}

async fn text(
    ledger: &Ledger,
    org: OrgId,
    about: About,
    kept: &Kept,
    events: Vec<Stored>,
) -> anyhow::Result<String> {
    let count = u64::try_from(events.len())?;
    let header = Header::of(org, about.clone(), count, kept.note.clone());
    let mut lines = vec![serde_json::to_string(&header)?];
    for portion in events.chunks(PORTION) {
        let positions: Vec<i64> = portion.iter().map(|event| event.position).collect();
        let proofs = inclusions(ledger, org, &positions, kept.size).await?;
        for (event, proof) in portion.iter().zip(&proofs) {
            let line = line::of_event(event, proof);
            let cannot = || format!("position {} cannot be written", event.position);
            lines.push(line.with_context(cannot)?);
        }
    }
    let counted = events.into_iter().filter(|event| about.counts(event));
    let decoded: Result<Vec<Recorded>, _> = counted.map(Stored::decode).collect();
    let totals = totals(&about, &decoded.context("an event cannot be read")?);
    let digest = Digest::of(&lines);
    lines.push(serde_json::to_string(&Trailer { digest, projectors: projectors(), totals })?);
    lines.push(String::new());
    Ok(lines.join("\n"))
}
