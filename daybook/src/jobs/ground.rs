//! What jobs stand on: the ledger that decides, and the read models that say where to look.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use ledger::store::Ledger;
use ledger::values::{CycleKey, OrgId};
use projections::engine::{Engine, ReadModel, Snapshot};
use tokio::time::{Duration, Instant};

use super::Post;
use crate::config::{Checkpoints, Config, Delivery, Retention};

/// Read models are milliseconds behind; one that is rebuilding may take longer.
const PATIENCE: Duration = Duration::from_secs(60);

/// What jobs stand on.
#[derive(Clone)]
pub struct Ground {
    /// Decides, always on the log.
    pub ledger: Ledger,
    /// Keeps the read models; they only say which things to look at.
    pub engine: Arc<Engine>,
    /// How messages leave the house.
    pub post: Post,
    /// What becomes of exports.
    pub delivery: Delivery,
    /// Who signs how far the logs go, and where that is kept.
    pub checkpoints: Checkpoints,
    /// How long what is settled is kept.
    pub retention: Retention,
    /// Where `EMAIL_MODE=folder` delivers.
    pub outgoing: PathBuf,
    /// The month to export, if not the one before.
    pub month: Option<CycleKey>,
}

/// How long a job waits for a read model.
pub(super) fn deadline() -> Instant {
    Instant::now() + PATIENCE
}

impl Ground {
    /// As the settings say.
    ///
    /// # Errors
    /// What is wrong with the mail server's name.
    pub fn new(config: &Config, ledger: Ledger, engine: Arc<Engine>) -> anyhow::Result<Self> {
        Ok(Self {
            ledger,
            engine,
            post: config.post()?,
            delivery: config.exporting.mode,
            checkpoints: config.checkpoints.clone(),
            retention: config.retention,
            outgoing: config.outgoing(),
            month: None,
        })
    }

    /// A view of a read model that knows everything the log of an org holds now.
    ///
    /// # Errors
    /// When the model has not got there within a minute, or the database fails.
    pub(super) async fn current<M: ReadModel>(&self, org: OrgId) -> anyhow::Result<Snapshot> {
        let head = self.ledger.head(org).await?.unwrap_or(0);
        let deadline = deadline();
        self.engine
            .wait_for(org, M::NAME, head, deadline)
            .await
            .with_context(|| format!("{} is not up to date", M::NAME))?;
        Ok(Snapshot::open(self.ledger.app_pool(), org).await?)
    }
}
