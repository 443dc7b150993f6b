//! Reading an org's log, believing nothing.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use anyhow::Context;
use data_encoding::HEXLOWER;
use evidence::{event_of_line, next_line};
use ledger::proof::{Finding, LogCheck, is_intact};
use ledger::store::Stored;
use ledger::values::OrgId;

use super::FORMAT;
use super::line::{ENCODING, Header, Trailer};
use crate::checkpoint::Head;

/// The first thing in a file that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// The first line.
    #[error("line 1: the header is damaged: {0}")]
    Header(&'static str),
    /// The line on which this position had to stand.
    #[error("position {0}: {1}")]
    Line(i64, String),
    /// An event.
    #[error(transparent)]
    Event(#[from] Finding),
    /// The last line.
    #[error("after position {0}: the trailer is damaged: {1}")]
    Trailer(i64, &'static str),
}

/// A file that is being read.
pub struct LogFile<R> {
    lines: BufReader<R>,
    org: OrgId,
    count: i64,
    read: i64,
}

impl LogFile<File> {
    /// Opens a file and reads its header.
    ///
    /// # Errors
    /// When the file cannot be read; inside, when its header is damaged.
    pub fn open(path: &Path) -> anyhow::Result<Result<Self, Damage>> {
        let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        Self::new(file).with_context(|| format!("cannot read {}", path.display()))
    }
}

impl<R: Read> LogFile<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// When the source cannot be read; inside, when the header is damaged.
    pub fn new(source: R) -> std::io::Result<Result<Self, Damage>> {
        let mut lines = BufReader::with_capacity(1 << 20, source);
        let Some(text) = next_line(&mut lines)? else {
            return Ok(Err(Damage::Header("the file is empty or its first line never ends")));
        };
        let header: Header<'_> = match serde_json::from_str(&text) {
            Ok(header) => header,
            Err(_) => return Ok(Err(Damage::Header("this is no export of daybook"))),
        };
        if header.format != FORMAT {
            return Ok(Err(Damage::Header("the format is not daybook.log.v1")));
        }
        let expected = Header::of(OrgId(header.org_id), header.count);
        if header != expected || header.encoding != ENCODING || header.count < 0 {
            return Ok(Err(Damage::Header("it contradicts itself")));
        }
        if serde_json::to_string(&header).ok().as_deref() != Some(text.as_str()) {
            return Ok(Err(Damage::Header("it is not of the form that an export has")));
        }
        let (org, count) = (OrgId(header.org_id), header.count);
        Ok(Ok(Self { lines, org, count, read: 0 }))
    }

    /// Whose log it is.
    pub const fn org(&self) -> OrgId {
        self.org
    }

    /// How many events the header announces.
    pub const fn count(&self) -> i64 {
        self.count
    }

    /// Reads everything; `each` hears the head after every event.
    ///
    /// # Errors
    /// When the source cannot be read; inside, the first thing that cannot be.
    pub fn check(
        mut self,
        mut each: impl FnMut(&LogCheck),
    ) -> std::io::Result<Result<LogCheck, Damage>> {
        let mut check = LogCheck::new(self.org);
        loop {
            let stored = match self.next_event()? {
                Ok(Some(stored)) => stored,
                Ok(None) => break,
                Err(damage) => return Ok(Err(damage)),
            };
            if let Err(finding) = check.follow_hashed(&stored, is_intact(&stored)) {
                return Ok(Err(finding.into()));
            }
            each(&check);
        }
        Ok(self.check_trailer(&check)?.map(|()| check))
    }

    /// The next event, as it stands there; none after the last.
    ///
    /// # Errors
    /// When the source cannot be read; inside, when the line is no event.
    pub fn next_event(&mut self) -> std::io::Result<Result<Option<Stored>, Damage>> {
        if self.read >= self.count {
            return Ok(Ok(None));
        }
        self.read += 1;
        let position = self.read;
        let Some(text) = next_line(&mut self.lines)? else {
            let what = "the file ends before this event".to_owned();
            return Ok(Err(Damage::Line(position, what)));
        };
        let stored = event_of_line(&text).map(Some);
        Ok(stored.map_err(|error| Damage::Line(position, error.to_string())))
    }

    fn check_trailer(&mut self, check: &LogCheck) -> std::io::Result<Result<(), Damage>> {
        let position = check.position();
        let damaged = |what| Ok(Err(Damage::Trailer(position, what)));
        let Some(text) = next_line(&mut self.lines)? else {
            return damaged("the file ends before it");
        };
        let head = Head { position, root: check.root() };
        let expected = Trailer {
            count: position,
            head_position: position,
            root: HEXLOWER.encode(&head.root).into(),
        };
        if serde_json::to_string(&expected).ok().as_deref() != Some(text.as_str()) {
            return damaged("it does not say what the events add up to");
        }
        let mut rest = [0; 1];
        if self.lines.read(&mut rest)? != 0 {
            return damaged("something follows it");
        }
        Ok(Ok(()))
    }
}
