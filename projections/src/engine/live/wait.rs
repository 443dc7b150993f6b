//! Waiting until a read model has got to a position, or policies have settled one.

use std::time::Duration;

use ledger::{store::tenant, values::OrgId};
use tokio::time::{Instant, timeout_at};

use super::{super::EngineError, Engine, dirty::Place};

/// Time between two looks at the database: another process may do the work.
const LOOK_EVERY: Duration = Duration::from_millis(25);

/// Rounds of reactions to reactions that are waited for.
const ROUNDS: usize = 8;

/// The read model did not get there in time.
#[derive(Debug, thiserror::Error)]
pub enum NotReached {
    /// The deadline passed.
    #[error("{model} is at {reached}, not yet at {wanted}")]
    Deadline {
        /// Which model.
        model: String,
        /// Where it is.
        reached: i64,
        /// Where it should be.
        wanted: i64,
    },
    /// The engine failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// How far policies have got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// The last position that is handled with everything that followed from it, if `settled`;
    /// otherwise how far the slowest policy is.
    pub position: i64,
    /// Whether everything up to the wanted position is handled, transitively.
    pub settled: bool,
}

impl Engine {
    /// Waits until a read model answers for a position, and says where it is. What it answers
    /// is to be read in a [`Snapshot`](super::super::Snapshot), which names its own position.
    ///
    /// # Errors
    ///
    /// [`NotReached::Deadline`] with where it is: the caller must say so, never answer as if.
    pub async fn wait_for(
        &self,
        org: OrgId,
        model: &str,
        position: i64,
        deadline: Instant,
    ) -> Result<i64, NotReached> {
        let followers = &self.shared().followers;
        let index = followers
            .index_of(model)
            .ok_or_else(|| EngineError::UnknownModel { model: model.to_owned() })?;
        let lowest = self.reach(org, position, deadline, |at| at == index).await?;
        if lowest < position {
            let (model, reached, wanted) = (model.to_owned(), lowest, position);
            return Err(NotReached::Deadline { model, reached, wanted });
        }
        Ok(lowest)
    }

    /// Waits until every policy has handled everything up to a position, the events that this
    /// led to included.
    ///
    /// # Errors
    ///
    /// [`EngineError`] when the database fails.
    pub async fn wait_settled(
        &self,
        org: OrgId,
        position: i64,
        deadline: Instant,
    ) -> Result<Settled, EngineError> {
        let first = self.shared().followers.first_policy();
        if self.shared().followers.policies.is_empty() {
            return Ok(Settled { position, settled: true });
        }
        let mut wanted = position;
        for _ in 0..ROUNDS {
            let reached = self.reach(org, wanted, deadline, |at| at >= first).await?;
            if reached < wanted {
                return Ok(Settled { position: reached, settled: false });
            }
            // Reactions were appended before the checkpoint moved, so they are there to see.
            match self.caused_after(org, wanted).await? {
                Some(last) => wanted = last,
                None => return Ok(Settled { position: wanted, settled: true }),
            }
        }
        Ok(Settled { position: wanted, settled: false })
    }

    /// Waits until all chosen followers are at a position, and says where the slowest is.
    async fn reach(
        &self,
        org: OrgId,
        position: i64,
        deadline: Instant,
        chosen: impl Fn(usize) -> bool,
    ) -> Result<i64, EngineError> {
        let shared = self.shared();
        let lowest = |places: &[Place]| -> i64 {
            let chosen = places.iter().enumerate().filter(|(index, _)| chosen(*index));
            chosen.map(|(_, place)| place.position).min().unwrap_or(0)
        };
        let mut looked = Instant::now();
        loop {
            let progress = shared.progress.notified();
            if let Some(places) = shared.dirty.places(org)
                && lowest(&places) >= position
            {
                return Ok(lowest(&places));
            }
            let now = Instant::now();
            if now >= looked || now >= deadline {
                let places = super::places::read(shared, org).await?;
                let reached = lowest(&places);
                if reached >= position || now >= deadline {
                    return Ok(reached);
                }
                shared.dirty.ring(org, position);
                looked = now + LOOK_EVERY;
            }
            let _woken = timeout_at(deadline.min(looked), progress).await;
        }
    }

    /// The last event after a position that a policy caused.
    async fn caused_after(&self, org: OrgId, position: i64) -> Result<Option<i64>, EngineError> {
        let doing = "looking for reactions";
        let failed = || EngineError::database(doing);
        let pool = self.shared().ledger.app_pool();
        let mut client = pool.get().await.map_err(EngineError::pool(doing))?;
        let transaction = tenant(&mut client, org).await?;
        let sql = "select max(position)\nfrom events\nwhere org_id = $1\nand position > $2\n\
                   and causation_id is not null";
        let statement = transaction.prepare_cached(sql).await.map_err(failed())?;
        let row = transaction.query_one(&statement, &[&org.0, &position]).await;
        let last = row.and_then(|row| row.try_get(0)).map_err(failed())?;
        transaction.commit().await.map_err(failed())?;
        Ok(last)
    }
}
