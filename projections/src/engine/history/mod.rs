//! Read models as they were: the rows that the projectors of now give for the log up to a
//! position, asked with the same queries as the live ones.
//!
//! - **A list** is asked of an *answer*: the org's log up to the position, folded once by the same
//!   code as a rebuild (`filling.rs`), into temporary tables of a connection of its own
//!   (`answer.rs`). Pages and filters share it until nobody asked for a while.
//! - **One subject** is asked of its own streams (`stream.rs`), folded for this one question; the
//!   rows go with each statement as parameters (`given.rs`). That takes as long as the subject's
//!   own history, however long the org's is.
//!
//! Temporary tables live and die with their connection: a crash leaves nothing behind, a dump
//! holds nothing, and no other session can read them. Row-level security does not apply to them;
//! therefore a connection with an answer serves one org and no other, is never given back to the
//! pool, and every query names the org as it does of the live tables.
//!
//! An answer never outlives an erasure: it remembers how many keys of the org were destroyed when
//! it was made, and is dropped as soon as there are more. Rows hold sealed values unopened, so
//! the words themselves went with the key.

mod answer;
mod filling;
mod given;
mod stream;
mod sweeping;
mod tables;

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use ledger::{
    store::{Ledger, tenant_snapshot},
    values::OrgId,
};
use uuid::Uuid;

use super::{EngineError, Snapshot, rebuild::HELD_ROWS};

pub use answer::{AnswerState, AnswerStatus, Preparing};
pub use stream::Streams;

pub(crate) use answer::Answer;
pub(crate) use given::with;
pub(crate) use stream::StreamView;

/// Bounds of what is kept.
#[derive(Debug, Clone)]
pub struct HistoryOptions {
    /// Answers at a time, each of which holds a connection.
    pub answers: usize,
    /// How long an answer is kept that nobody asks.
    pub keep: Duration,
    /// Rows that one read model may have in an answer.
    pub rows: usize,
    /// Rows that are held in memory while an answer is filled; beyond, they are written and read
    /// again when they are heard of.
    pub held_rows: usize,
    /// Events up to which a question waits for its answer; a longer log is folded by a job.
    pub wait_events: i64,
}

impl Default for HistoryOptions {
    fn default() -> Self {
        Self {
            answers: 8,
            keep: Duration::from_secs(300),
            rows: 5_000_000,
            held_rows: HELD_ROWS,
            wait_events: 50_000,
        }
    }
}

/// The answers of this process.
#[derive(Clone)]
pub struct History {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    ledger: Ledger,
    options: HistoryOptions,
    answers: Mutex<Answers>,
    /// Where folding runs, so that a thread that answers requests is not held up by it.
    runtime: Option<tokio::runtime::Handle>,
}

#[derive(Default)]
struct Answers {
    kept: HashMap<(OrgId, i64), Arc<Answer>>,
    /// Whether somebody looks after them.
    swept: bool,
}

impl History {
    /// Nothing is kept yet.
    pub fn new(ledger: Ledger, options: HistoryOptions) -> Self {
        let runtime = tokio::runtime::Handle::try_current().ok();
        Self { inner: Arc::new(Inner { ledger, options, answers: Mutex::default(), runtime }) }
    }

    /// A view of an org as it was at a position that its log has reached; with `of`, of one
    /// subject only, from its own streams.
    ///
    /// # Errors
    ///
    /// [`EngineError::TooManyAnswers`] while all places are taken; otherwise the database's.
    pub async fn at(
        &self,
        org: OrgId,
        position: i64,
        of: Option<Streams>,
    ) -> Result<Snapshot, EngineError> {
        match of {
            Some(streams) => {
                Snapshot::of_streams(self.inner.ledger.app_pool(), org, position, streams).await
            }
            None => Ok(Snapshot::of_answer(self.answer(org, position).await?)),
        }
    }

    /// How an answer comes along; `None` where it is not kept here (any longer).
    pub fn status(&self, org: OrgId, id: Uuid) -> Option<AnswerStatus> {
        let answers = self.inner.lock();
        let found = answers.kept.values().find(|answer| answer.org == org && answer.id == id);
        found.map(|answer| answer.status())
    }

    /// Answers that are kept.
    pub fn kept(&self) -> usize {
        self.inner.lock().kept.len()
    }

    async fn answer(&self, org: OrgId, position: i64) -> Result<Arc<Answer>, EngineError> {
        let erasures = erasures(&self.inner.ledger, org).await?;
        let now = Instant::now();
        let mut answers = self.inner.lock();
        answers.kept.retain(|_, answer| {
            let outlived = answer.org == org && answer.erasures != erasures;
            !outlived && !self.inner.is_over(answer, now)
        });
        if let Some(found) = answers.kept.get(&(org, position)) {
            found.touch(now);
            return Ok(Arc::clone(found));
        }
        if answers.kept.len() >= self.inner.options.answers {
            make_room(&mut answers)?;
        }
        let answer = Arc::new(Answer::new(&self.inner, org, position, erasures, now));
        answers.kept.insert((org, position), Arc::clone(&answer));
        if !std::mem::replace(&mut answers.swept, true) {
            self.inner.spawn(sweeping::sweep(Arc::downgrade(&self.inner)));
        }
        Ok(answer)
    }
}

/// Lets the one go that nobody holds and nobody asked for longest.
fn make_room(answers: &mut Answers) -> Result<(), EngineError> {
    let idle = answers.kept.iter().filter(|(_, answer)| Arc::strong_count(answer) == 1);
    let oldest = idle.min_by_key(|(_, answer)| answer.used()).map(|(key, _)| *key);
    let oldest = oldest.ok_or(EngineError::TooManyAnswers)?;
    answers.kept.remove(&oldest);
    Ok(())
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, Answers> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether an answer is of no more use: its connection broke, or nobody asks it.
    fn is_over(&self, answer: &Arc<Answer>, now: Instant) -> bool {
        let idle = Arc::strong_count(answer) == 1;
        let unused = now.saturating_duration_since(answer.used());
        answer.is_broken() || (idle && unused >= self.options.keep)
    }

    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        match &self.runtime {
            Some(runtime) => drop(runtime.spawn(task)),
            None => drop(tokio::spawn(task)),
        }
    }
}

/// How many keys of an org were destroyed so far.
async fn erasures(ledger: &Ledger, org: OrgId) -> Result<i64, EngineError> {
    let doing = "counting erasures";
    let failed = || EngineError::database(doing);
    let mut client = ledger.app_pool().get().await.map_err(EngineError::pool(doing))?;
    let snapshot = tenant_snapshot(&mut client, org).await?;
    let sql = "select count(*) from subject_keys where org_id = $1 and destroyed_at is not null";
    let statement = snapshot.prepare_cached(sql).await.map_err(failed())?;
    let row = snapshot.query_one(&statement, &[&org.0]).await.map_err(failed())?;
    row.try_get(0).map_err(failed())
}

impl fmt::Debug for History {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("History").field("options", &self.inner.options).finish()
    }
}
