//! The two connections of a rebuilding task: one reads the log, one writes rows.

use deadpool_postgres::{ClientWrapper, Object};
use ledger::store::Ledger;
use tokio_postgres::{Config, NoTls};

use super::super::EngineError;

/// A connection of the relay role, our own or borrowed.
pub(super) enum Link {
    Own(ClientWrapper),
    Borrowed(Object),
}

impl Link {
    fn client(&mut self) -> &mut ClientWrapper {
        match self {
            Self::Own(client) => client,
            Self::Borrowed(client) => client,
        }
    }
}

/// Both.
pub(super) struct Links {
    reader: Link,
    writer: Link,
}

impl Links {
    /// Opens two, or borrows two of the ledger's.
    pub(super) async fn open(ledger: &Ledger, relay: Option<&Config>) -> Result<Self, EngineError> {
        Ok(Self { reader: link(ledger, relay).await?, writer: link(ledger, relay).await? })
    }

    pub(super) fn both(&mut self) -> (&mut ClientWrapper, &mut ClientWrapper) {
        (self.reader.client(), self.writer.client())
    }
}

async fn link(ledger: &Ledger, relay: Option<&Config>) -> Result<Link, EngineError> {
    let doing = "connecting for a rebuild";
    let Some(config) = relay else {
        let borrowed = ledger.relay_pool().get().await.map_err(EngineError::pool(doing))?;
        return Ok(Link::Borrowed(borrowed));
    };
    let (client, connection) = config.connect(NoTls).await.map_err(EngineError::database(doing))?;
    let task = tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::warn!(%error, "a rebuild's connection broke");
        }
    });
    Ok(Link::Own(ClientWrapper::new(client, task)))
}
