//! The three kinds of lines. There is one way to write each, and a reader accepts no other.

use std::borrow::Cow;

use data_encoding::{BASE64, HEXLOWER};
use ledger::store::Stored;
use ledger::values::OrgId;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::event_line::{LineError, event_line, event_of_line};
use super::totals::{Projector, Totals};
use super::{About, FORMAT};

/// How a stranger checks the file without this program.
pub(super) const ENCODING: &str = "Header; one line per event, by position, with its proof; \
trailer. An event's leaf_hash is taken as exports of daybook.log.v1 say. proof = inclusion proof \
of RFC 9162, 2.1.3, base64, leaf index = position - 1, in the tree of the checkpoint. checkpoint = \
C2SP tlog-checkpoint, Ed25519. Sequences of a stream begin at 1 and have no gap; of a period, \
positions have none. digest = SHA-256 of the lines before, each with its end.";

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header<'a> {
    format: Cow<'a, str>,
    org_id: Uuid,
    pub(super) about: About,
    pub(super) count: u64,
    pub(super) checkpoint: Cow<'a, str>,
    encoding: Cow<'a, str>,
}

impl Header<'_> {
    pub(super) fn of(org: OrgId, about: About, count: u64, checkpoint: String) -> Self {
        Self {
            format: FORMAT.into(),
            org_id: org.0,
            about,
            count,
            checkpoint: checkpoint.into(),
            encoding: ENCODING.into(),
        }
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        let header: Self = exactly(text)?;
        (header.format == FORMAT && header.encoding == ENCODING).then_some(header)
    }

    pub(super) fn org(&self) -> OrgId {
        OrgId(self.org_id)
    }
}

/// An event with its proof.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Proved<'a> {
    #[serde(borrow)]
    event: Cow<'a, RawValue>,
    proof: Vec<String>,
}

/// The line of an event.
pub(super) fn of_event(stored: &Stored, proof: &[[u8; 32]]) -> Result<String, LineError> {
    let event = RawValue::from_string(event_line(stored)?).map_err(|_| LineError::Form)?;
    let proof = proof.iter().map(|hash| BASE64.encode(hash)).collect();
    let line = Proved { event: Cow::Owned(event), proof };
    serde_json::to_string(&line).map_err(|_| LineError::Form)
}

/// The event of a line, and its proof.
pub(super) fn to_event(text: &str) -> Result<(Stored, Vec<[u8; 32]>), LineError> {
    let line: Proved<'_> = exactly(text).ok_or(LineError::Form)?;
    let hash = |text: &String| {
        let bytes = BASE64.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok()
    };
    let proof: Option<Vec<[u8; 32]>> = line.proof.iter().map(hash).collect();
    Ok((event_of_line(line.event.get())?, proof.ok_or(LineError::Form)?))
}

/// The last line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Trailer {
    /// SHA-256 of every line before, hex: whoever tampers on purpose can take it anew, a byte
    /// that flips by itself cannot.
    pub(super) digest: String,
    /// Which read models worked the totals out.
    pub(super) projectors: Vec<Projector>,
    /// What the events come to.
    pub(super) totals: Totals,
}

impl Trailer {
    pub(super) fn read(text: &str) -> Option<Self> {
        exactly(text)
    }
}

/// The digest of lines, one after the other.
#[derive(Default)]
pub(super) struct Digest(Sha256);

impl Digest {
    pub(super) fn take(&mut self, line: &str) {
        self.0.update(line.as_bytes());
        self.0.update(b"\n");
    }

    pub(super) fn hex(self) -> String {
        HEXLOWER.encode(&self.0.finalize())
    }

    pub(super) fn of(lines: &[String]) -> String {
        let mut digest = Self::default();
        lines.iter().for_each(|line| digest.take(line));
        digest.hex()
    }
}

/// What a text says, if it says it exactly as we would write it.
fn exactly<'a, T: Serialize + Deserialize<'a>>(text: &'a str) -> Option<T> {
    let value: T = serde_json::from_str(text).ok()?;
    (serde_json::to_string(&value).ok()? == text).then_some(value)
}
