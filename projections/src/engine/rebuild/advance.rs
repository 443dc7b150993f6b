//! Moving an idle table on by a stretch of the log, as live work does.

use deadpool_postgres::Transaction;
use ledger::{store::Stored, values::OrgId};

use super::{
    super::{
        EngineError,
        log::{Entry, PAGE, caught},
        pipeline::in_order,
    },
    plan::Target,
};

/// Events of one page.
const EVENTS: i64 = 2_000;

/// Folds the events in (from, until] into the idle table and moves its checkpoint, all within
/// the transaction, which speaks for the org.
pub(super) async fn advance(
    transaction: &Transaction<'_>,
    org: OrgId,
    target: &Target,
    from: i64,
    until: i64,
) -> Result<(), EngineError> {
    let failed = || EngineError::database("catching up");
    take(transaction, org, target, from, until).await?;
    let statement = transaction.prepare_cached(&PAGE).await.map_err(failed())?;
    let mut at = from;
    while at < until {
        let limit = EVENTS.min(until - at);
        let rows = transaction.query(&statement, &[&org.0, &at, &limit]).await;
        let mut entries = Vec::new();
        for row in rows.map_err(failed())? {
            entries.push(Entry::of(Stored::from_row(&row)?));
        }
        let Some(last) = entries.last().map(Entry::position) else {
            let text = format!("position {} of org {org} is missing", at + 1);
            return Err(ledger::store::StoreError::Damaged(text).into());
        };
        page(transaction, org, target, entries).await?;
        at = last;
    }
    Ok(())
}

async fn page(
    transaction: &Transaction<'_>,
    org: OrgId,
    target: &Target,
    entries: Vec<Entry>,
) -> Result<(), EngineError> {
    let failed = || EngineError::database("catching up");
    let model = target.model.as_ref();
    let poison = |position, reason| EngineError::poison(org, model.name(), position, reason);
    let mut batch = model.batch();
    let mut at = 0;
    let heard = caught(|| {
        for entry in &entries {
            at = entry.position();
            match entry {
                Entry::Event(event) if model.hears(event.event.name()) => batch.hear(event),
                Entry::Malformed { event_type, reason, .. } if model.hears(event_type) => {
                    return Err(poison(at, reason.clone()));
                }
                Entry::Unknown { .. } => {
                    return Err(EngineError::NeedsUpgrade { org, model: model.name().to_owned() });
                }
                Entry::Event(_) | Entry::Malformed { .. } => {}
            }
        }
        Ok(())
    });
    heard.map_err(|why| poison(at, why))??;
    if batch.is_empty() {
        return Ok(());
    }
    let table = model.sql(target.idle).prepare(transaction).await.map_err(failed())?;
    let rows = batch.load(transaction, &table, &org).await.map_err(failed())?;
    batch.loaded(rows).map_err(failed())?;
    let mut at = 0;
    caught(|| batch.fold(&mut at)).map_err(|why| poison(at, why))?;
    in_order(batch.save(transaction, &table, &org)).await.map_err(failed())?;
    Ok(())
}

/// Moves the idle table's checkpoint; who holds it writes the table.
async fn take(
    transaction: &Transaction<'_>,
    org: OrgId,
    target: &Target,
    from: i64,
    until: i64,
) -> Result<(), EngineError> {
    let sql = "update checkpoints\nset position = $6, updated_at = now()\nwhere org_id = $1\n\
               and projector = $2\nand version = $3\nand slot = $4\nand position = $5";
    let (name, version, slot) = (target.model.name(), target.model.version(), target.idle.letter());
    let values: [&(dyn postgres_types::ToSql + Sync); 6] =
        [&org.0, &name, &version, &slot, &from, &until];
    let moved = transaction.execute(sql, &values).await;
    match moved.map_err(EngineError::database("taking a table"))? {
        0 => Err(EngineError::Contended { org, model: name.to_owned() }),
        _ => Ok(()),
    }
}
