//! Working out an org's read models once more, only to see whether they say what they should.
//!
//! One snapshot holds the live rows and their positions; the log up to there is folded in memory,
//! put into temporary tables and compared. Nothing else is written, nobody waits, and tables that a
//! rebuild has filled stay as they are.

use deadpool_postgres::Transaction;
use ledger::{
    store::{Ledger, tenant_snapshot},
    values::OrgId,
};
use tokio_postgres::IsolationLevel;

use super::{
    super::{EngineError, Projector, Slot, Worded, live::set_org, log::ignored},
    bulk::{Bulk, HELD_ROWS, LOOK, hear, overfull},
    compare::{Disagreement, Pair, compare},
    reading::Reading,
};

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rederived {
    /// Models that were compared; one that is parked, or kept by another version, is not.
    pub models: usize,
    /// The position up to which all of them were.
    pub position: i64,
    /// Events that were folded.
    pub events: u64,
    /// Those that do not say what the log says.
    pub disagreements: Vec<Disagreement>,
}

/// A live table in the snapshot, and what it should say.
struct Checking<'m> {
    model: &'m dyn Projector,
    live: String,
    rebuilt: String,
    position: i64,
    bulk: Box<dyn Bulk>,
}

const LIVE: &str = "\
select
    a.model,
    a.slot,
    c.position
from active_slots a
join checkpoints c
    on c.org_id = a.org_id
    and c.projector = a.model
    and c.version = a.version
    and c.slot = a.slot
where a.org_id = $1
and a.model = $2
and a.version = $3";

/// Compares the live rows of these models of an org with what its log says.
///
/// # Errors
///
/// [`EngineError`] when the database fails; [`EngineError::Poison`] where a model cannot digest
/// what it once did.
pub async fn rederive(
    ledger: &Ledger,
    org: OrgId,
    models: &[std::sync::Arc<dyn Projector>],
) -> Result<Rederived, EngineError> {
    let doing = "working read models out once more";
    let failed = || EngineError::database(doing);
    let mut client = ledger.app_pool().get().await.map_err(EngineError::pool(doing))?;
    let transaction = client
        .build_transaction()
        .isolation_level(IsolationLevel::RepeatableRead)
        .start()
        .await
        .map_err(failed())?;
    set_org(&transaction, org).await.map_err(failed())?;
    let mut checking = Vec::new();
    for model in models {
        checking.extend(live(&transaction, org, model.as_ref()).await?);
    }
    let events = fold(ledger, &transaction, org, &mut checking).await?;
    let mut rederived = Rederived { models: checking.len(), events, ..Rederived::default() };
    rederived.position = checking.iter().map(|one| one.position).min().unwrap_or(0);
    for one in &checking {
        let Checking { model, live, rebuilt, position, .. } = one;
        let pair =
            Pair { org, model: *model, live, rebuilt, position: *position, explained: false };
        let (_, disagreement) = compare(&transaction, &pair, 1).await?;
        rederived.disagreements.extend(disagreement);
    }
    transaction.rollback().await.map_err(failed())?;
    Ok(rederived)
}

/// The table that answers, and an empty one beside it that goes with the transaction.
async fn live<'m>(
    transaction: &Transaction<'_>,
    org: OrgId,
    model: &'m dyn Projector,
) -> Result<Option<Checking<'m>>, EngineError> {
    let failed = || EngineError::database("asking where a read model stands");
    let name = model.name();
    let row = transaction.query_opt(LIVE, &[&org.0, &name, &model.version()]).await;
    let Some(row) = row.map_err(failed())? else { return Ok(None) };
    let slot: &str = row.try_get(1).map_err(failed())?;
    let live = &model.sql(Slot::of_word(slot).unwrap_or(Slot::A)).table;
    let rebuilt = format!("rederived_{name}");
    let shape = format!(
        "create temp table {rebuilt} (like {live} including defaults including generated \
         including indexes) on commit drop"
    );
    transaction.batch_execute(&shape).await.map_err(failed())?;
    let position = row.try_get(2).map_err(failed())?;
    Ok(Some(Checking { model, live: live.clone(), rebuilt, position, bulk: model.bulk() }))
}

/// Folds the log into the temporary tables, all models in one pass. Answers how many events.
async fn fold(
    ledger: &Ledger,
    writing: &Transaction<'_>,
    org: OrgId,
    checking: &mut [Checking<'_>],
) -> Result<u64, EngineError> {
    let doing = "folding a log once more";
    let failed = || EngineError::database(doing);
    let mut reader = ledger.app_pool().get().await.map_err(EngineError::pool(doing))?;
    let reading = tenant_snapshot(&mut reader, org).await?;
    let patience = "set local statement_timeout = 0";
    reading.batch_execute(patience).await.map_err(failed())?;
    let until = checking.iter().map(|one| one.position).max().unwrap_or(0);
    let hears = |name: &str| checking.iter().any(|one| one.model.hears(name));
    let ignored = ignored(hears);
    let mut events = Reading { org, until, ignored: &ignored }.begin(&reading).await?;
    let mut count = 0;
    while let Some(event) = events.next().await? {
        count += 1;
        let name = event.event.name();
        let hearing = checking.iter_mut().filter(|one| event.position <= one.position);
        for one in hearing.filter(|one| one.model.hears(name)) {
            hear(one.bulk.as_mut(), one.model.name(), &event)?;
            if one.bulk.is_due() {
                one.write(writing, org).await?;
            }
        }
        if count % LOOK == 0 {
            let held = checking.iter().map(|one| one.bulk.held_rows());
            if let Some(fullest) = overfull(held, HELD_ROWS) {
                checking[fullest].write(writing, org).await?;
            }
        }
    }
    for one in checking {
        one.write(writing, org).await?;
    }
    Ok(count)
}

impl Checking<'_> {
    async fn write(&mut self, writing: &Transaction<'_>, org: OrgId) -> Result<(), EngineError> {
        let sql = self.model.sql_of(self.rebuilt.clone());
        self.bulk.write(writing.client(), &sql, org).await.map(|_| ())
    }
}
