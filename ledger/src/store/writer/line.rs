//! A connection of the writer's role that comes back by itself.

use std::{sync::Arc, time::Duration};

use tokio::time::{Instant, sleep, timeout};
use tokio_postgres::{Client, Config, NoTls, Statement};

use super::super::{StoreError, pools::INDEX_PLANS};

/// Between two attempts to connect.
const RETRY: Duration = Duration::from_millis(100);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// One connection and one prepared statement on it.
pub(super) struct Line {
    config: Config,
    text: &'static str,
    open: Option<(Arc<Client>, Statement)>,
}

impl Line {
    /// `text` is the one statement this line is for.
    pub(super) fn new(config: &Config, text: &'static str) -> Self {
        let mut config = config.clone();
        // A session that holds a head too long must not hold everybody else.
        let options = format!(
            "{INDEX_PLANS} -c lock_timeout=1s -c idle_in_transaction_session_timeout=10s {}",
            config.get_options().unwrap_or_default()
        );
        config.options(options.trim());
        config.application_name("daybook-writer");
        config.connect_timeout(CONNECT_TIMEOUT);
        Self { config, text, open: None }
    }

    /// The connection and its statement; connects when there is none.
    pub(super) async fn ready(&mut self) -> Result<(Arc<Client>, Statement), StoreError> {
        if let Some((client, statement)) = &self.open
            && !client.is_closed()
        {
            return Ok((Arc::clone(client), statement.clone()));
        }
        self.open = None;
        let (client, connection) = timeout(CONNECT_TIMEOUT, self.config.connect(NoTls))
            .await
            .map_err(StoreError::pool("connecting the writer"))?
            .map_err(StoreError::database("connecting the writer"))?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(%error, "the writer's connection ended");
            }
        });
        let statement = client
            .prepare(self.text)
            .await
            .map_err(StoreError::database("preparing the writer's statement"))?;
        let client = Arc::new(client);
        self.open = Some((Arc::clone(&client), statement.clone()));
        Ok((client, statement))
    }

    /// Tries until the deadline.
    pub(super) async fn ready_by(
        &mut self,
        deadline: Instant,
    ) -> Result<(Arc<Client>, Statement), StoreError> {
        loop {
            match self.ready().await {
                Ok(open) => return Ok(open),
                Err(error) if Instant::now() >= deadline => return Err(error),
                Err(_) => sleep(RETRY).await,
            }
        }
    }

    /// Gives the connection up, so that the next use connects anew.
    pub(super) fn drop_connection(&mut self) {
        self.open = None;
    }
}
