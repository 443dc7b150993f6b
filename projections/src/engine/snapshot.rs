//! One unchanging view of an org: which tables answer, how far they are, and their rows.

use std::{collections::HashMap, sync::Arc};

use deadpool_postgres::{ClientWrapper, Object, Pool};
use ledger::values::OrgId;
use postgres_types::ToSql;
use tokio_postgres::Row;

use super::{
    Columns, EngineError, ReadModel, Slot, Streams, Worded,
    history::{Answer, StreamView, with},
    projector::parameter,
};

/// A repeatable-read transaction of the app role for one org. Rows and the positions they are
/// as of come out of the same snapshot.
pub struct Snapshot {
    /// The transaction's; none where an answer of the past has its own.
    client: Option<Object>,
    org: OrgId,
    tables: Tables,
}

/// Which tables answer.
enum Tables {
    /// Those of now: slot, version and position of each model.
    Live(HashMap<String, (Slot, i32, i64)>),
    /// Those of one position.
    Past(Arc<Answer>),
    /// One subject's of one position.
    Subject(StreamView),
}

/// Where a read model answers within a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelAt {
    /// The table that answers.
    pub table: String,
    /// The last event it has handled.
    pub position: i64,
}

const MODELS: &str = "\
select
    a.model,
    a.slot,
    a.version,
    c.position
from active_slots a
left join checkpoints c
    on c.org_id = a.org_id
    and c.projector = a.model
    and c.version = a.version
    and c.slot = a.slot
where a.org_id = $1";

impl Snapshot {
    /// Opens one.
    ///
    /// # Errors
    ///
    /// [`EngineError`] when the database fails.
    pub async fn open(pool: &Pool, org: OrgId) -> Result<Self, EngineError> {
        let doing = "opening a snapshot";
        let failed = || EngineError::database(doing);
        let client = pool.get().await.map_err(EngineError::pool(doing))?;
        let statement = client.prepare_cached(MODELS).await.map_err(failed())?;
        let tables = Tables::Live(HashMap::new());
        let mut snapshot = Self { client: Some(client), org, tables };
        snapshot.begin().await?;
        let mut models = HashMap::new();
        let client = snapshot.client()?;
        for row in client.query(&statement, &[&org.0]).await.map_err(failed())? {
            let slot: &str = row.try_get(1).map_err(failed())?;
            let position: Option<i64> = row.try_get(3).map_err(failed())?;
            let slot = Slot::of_word(slot).unwrap_or(Slot::A);
            let version = row.try_get(2).map_err(failed())?;
            let name = row.try_get(0).map_err(failed())?;
            models.insert(name, (slot, version, position.unwrap_or(0)));
        }
        snapshot.tables = Tables::Live(models);
        Ok(snapshot)
    }

    /// One subject as it was; see [`History`](super::History).
    pub(crate) async fn of_streams(
        pool: &Pool,
        org: OrgId,
        position: i64,
        streams: Streams,
    ) -> Result<Self, EngineError> {
        let doing = "opening a snapshot";
        let client = pool.get().await.map_err(EngineError::pool(doing))?;
        let tables = Tables::Subject(StreamView::new(position, streams));
        let snapshot = Self { client: Some(client), org, tables };
        snapshot.begin().await?;
        Ok(snapshot)
    }

    /// An org as it was; see [`History`](super::History).
    pub(crate) fn of_answer(answer: Arc<Answer>) -> Self {
        Self { client: None, org: answer.org, tables: Tables::Past(answer) }
    }

    async fn begin(&self) -> Result<(), EngineError> {
        let begin = format!(
            "begin isolation level repeatable read read only; \
             set local app.current_org_id = '{}'",
            self.org.0.hyphenated()
        );
        let begun = self.client()?.batch_execute(&begin).await;
        begun.map_err(EngineError::database("opening a snapshot"))
    }

    /// Whose.
    pub fn org(&self) -> OrgId {
        self.org
    }

    /// Where a read model answers here. Where nothing was handled yet it is empty, at 0. The
    /// past is folded when it is first asked for.
    ///
    /// # Errors
    ///
    /// [`EngineError::NeedsUpgrade`] if a newer program keeps the model: this one must not
    /// guess what its rows mean. [`EngineError::Preparing`] where folding the past takes longer
    /// than anybody should wait.
    pub async fn model<M: ReadModel>(&self) -> Result<ModelAt, EngineError> {
        match &self.tables {
            Tables::Live(models) => {
                let (slot, version, position) =
                    models.get(M::NAME).copied().unwrap_or((Slot::A, M::VERSION, 0));
                if version > M::VERSION {
                    let model = M::NAME.to_owned();
                    return Err(EngineError::NeedsUpgrade { org: self.org, model });
                }
                Ok(ModelAt { table: format!("{}_{}", M::NAME, slot.letter()), position })
            }
            Tables::Past(answer) => {
                let table = answer.table::<M>().await?;
                Ok(ModelAt { table, position: answer.position })
            }
            Tables::Subject(view) => {
                let table = view.table::<M>(self.client()?, self.org).await?;
                Ok(ModelAt { table, position: view.position })
            }
        }
    }

    /// Runs a query.
    ///
    /// # Errors
    ///
    /// [`EngineError`] when the database fails.
    pub async fn query(
        &self,
        sql: &str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, EngineError> {
        let Tables::Subject(view) = &self.tables else { return self.run(sql, parameters).await };
        let given = view.rows_in(sql).await;
        if given.is_empty() {
            return self.run(sql, parameters).await;
        }
        let (mut tables, mut rows, mut after) = (Vec::new(), Vec::new(), parameters.len());
        for (name, given) in &given {
            tables.push(given.table(name, after));
            after += given.parameters();
            rows.push(given.rows());
        }
        let values: Vec<_> = rows.iter().flat_map(|rows| rows.values()).collect();
        let parameters = parameters.iter().copied().chain(values.iter().map(parameter));
        self.run(&with(&tables, sql), &parameters.collect::<Vec<_>>()).await
    }

    async fn run(
        &self,
        sql: &str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, EngineError> {
        let failed = || EngineError::database("answering a question");
        let client = self.client()?;
        let statement = client.prepare_cached(sql).await.map_err(failed())?;
        client.query(&statement, parameters).await.map_err(failed())
    }

    /// Asks a read model's table: `{table}` in the statement becomes the one that answers,
    /// `{columns}` all of its columns (never `*`, which a later column would break).
    ///
    /// # Errors
    ///
    /// As [`Snapshot::model`] and [`Snapshot::query`].
    pub async fn ask<M: ReadModel>(
        &self,
        sql: &str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, EngineError> {
        let at = self.model::<M>().await?;
        let columns: Vec<&str> = M::Row::all().map(|column| column.name).collect();
        let sql = sql.replace("{table}", &at.table).replace("{columns}", &columns.join(", "));
        self.query(&sql, parameters).await
    }

    /// Ends it and gives the connection back at once. Dropping does the same a little later.
    ///
    /// # Errors
    ///
    /// [`EngineError`] when the database fails.
    pub async fn close(mut self) -> Result<(), EngineError> {
        let failed = EngineError::database("closing a snapshot");
        match self.client.take() {
            Some(client) => {
                let closed = client.batch_execute("commit").await;
                if closed.is_err() {
                    let _broken = Object::take(client);
                }
                closed.map_err(failed)
            }
            None => Ok(()),
        }
    }

    fn client(&self) -> Result<&ClientWrapper, EngineError> {
        match (&self.client, &self.tables) {
            (Some(client), _) => Ok(client),
            (None, Tables::Past(answer)) => answer.client(),
            (None, Tables::Live(_) | Tables::Subject(_)) => Err(EngineError::Aborted),
        }
    }
}

/// A connection must not go back into the pool with a transaction open on it.
impl Drop for Snapshot {
    fn drop(&mut self) {
        let Some(client) = self.client.take() else { return };
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => {
                runtime.spawn(async move {
                    if client.batch_execute("rollback").await.is_err() {
                        let _broken = Object::take(client);
                    }
                });
            }
            Err(_) => {
                let _closed = Object::take(client);
            }
        }
    }
}
