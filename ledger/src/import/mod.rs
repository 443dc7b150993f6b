//! What was brought in from another system, and the proof of where it came from.
//!
//! 1. An import begins with the SHA-256 digest of its source and how much is in it; its stream is
//!    named by that digest, so that the same source cannot be brought in twice.
//! 2. It is finished once, with the counts of what came of it. Until then it may be gone on with:
//!    every step of it is a command with a name of its own, which is carried out once.
//!
//! Events of a log that is taken over carry the actor [`HISTORY`]: policies hear them and do not
//! act, since whatever followed from them there is in the log as well.

mod command;
mod error;
mod event;
#[cfg(test)]
mod tests;

use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};

use crate::{
    decide::Decider,
    values::{ImportId, OrgId},
};

pub use command::ImportCommand;
pub use error::ImportError;
pub use event::*;

/// Who appends the events of another log.
pub const HISTORY: &str = "import:history";

/// The stream of the import of a source.
pub fn import_id(org: OrgId, digest: &Digest) -> ImportId {
    ImportId::derived(org, "import", &digest.to_string())
}

/// What a decision comes to.
type Decision = Result<Vec<ImportEvent>, ImportError>;

/// One import.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Import {
    begun: Option<Begun>,
    finished: Option<Finished>,
}

impl Import {
    /// What it began with.
    pub fn begun(&self) -> Option<&Begun> {
        self.begun.as_ref()
    }

    /// What came of it, once it is finished.
    pub fn finished(&self) -> Option<&Finished> {
        self.finished.as_ref()
    }

    fn begin(&self, asked: Begun) -> Decision {
        match &self.begun {
            None => Ok(vec![asked.into()]),
            Some(begun) if *begun == asked => Ok(vec![]),
            Some(_) => Err(ImportError::Exists),
        }
    }

    fn finish(&self, asked: Finished) -> Decision {
        let begun = self.begun.as_ref().ok_or(ImportError::Unknown)?;
        if begun.digest != asked.digest {
            return Err(ImportError::Exists);
        }
        match &self.finished {
            None => Ok(vec![asked.into()]),
            Some(finished) if *finished == asked => Ok(vec![]),
            Some(_) => Err(ImportError::Finished),
        }
    }
}

impl Decider for Import {
    fn decide(&self, command: ImportCommand) -> Decision {
        match command {
            ImportCommand::Begin(begun) => self.begin(begun),
            ImportCommand::Finish(finished) => self.finish(finished),
        }
    }
}

impl Aggregate for Import {
    const TYPE: &'static str = "import";
    type Command = ImportCommand;
    type Event = ImportEvent;
    type Error = ImportError;
    type Services = ();

    async fn handle(
        &mut self,
        command: ImportCommand,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), ImportError> {
        for event in self.decide(command)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: ImportEvent) {
        match event {
            ImportEvent::Begun(event) => self.begun = Some(event),
            ImportEvent::Finished(event) => self.finished = Some(event),
        }
    }
}
