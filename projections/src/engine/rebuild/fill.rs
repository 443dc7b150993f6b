//! Filling idle tables of one org from its whole log: all chosen models in one pass.

use deadpool_postgres::Transaction;
use ledger::{recorded::Recorded, values::OrgId};

use super::{
    super::{EngineError, log::ignored},
    Run,
    bulk::{Bulk, LOOK, hear, overfull},
    links::Links,
    plan::Target,
    reading::Reading,
};

/// A model on its way.
struct Filling<'t> {
    target: &'t Target,
    /// The last event that it is to hear.
    until: i64,
    bulk: Box<dyn Bulk>,
    failed: Option<EngineError>,
}

/// Fills the idle tables; for each target, where it stands now or why it does not.
///
/// # Errors
///
/// The world's failure: nothing was filled.
pub(super) async fn fill(
    run: &Run,
    links: &mut Links,
    org: OrgId,
    head: i64,
    targets: &[Target],
) -> Result<Vec<Result<i64, EngineError>>, EngineError> {
    let failed = || EngineError::database("filling a table");
    let (reader, writer) = links.both();
    let reading = reader.transaction().await.map_err(failed())?;
    let writing = writer.transaction().await.map_err(failed())?;
    // Across orgs on purpose: a policy that filtered rows here would lose some.
    reading.batch_execute("set local row_security = off").await.map_err(failed())?;
    let patience = "set local row_security = off; set local lock_timeout = '5s'";
    writing.batch_execute(patience).await.map_err(failed())?;
    let mut fillings: Vec<Filling<'_>> = targets
        .iter()
        .map(|target| Filling {
            target,
            // As far as the table that answers, so that the two can be compared.
            until: target.active.and_then(|active| active.position).unwrap_or(head),
            bulk: target.model.bulk(),
            failed: None,
        })
        .collect();
    for filling in &fillings {
        clear(&writing, org, filling.target).await?;
    }
    pass(run, &reading, &writing, org, &mut fillings).await?;
    for filling in &mut fillings {
        filling.write(&writing, org).await?;
        if filling.failed.is_none() {
            mark(&writing, org, filling.target, filling.until).await.map_err(failed())?;
        }
    }
    reading.commit().await.map_err(failed())?;
    writing.commit().await.map_err(failed())?;
    let came_of = |filling: Filling<'_>| match filling.failed {
        Some(error) => Err(error),
        None => Ok(filling.until),
    };
    Ok(fillings.into_iter().map(came_of).collect())
}

/// Reads the log once and lets every model hear it.
async fn pass(
    run: &Run,
    reading: &Transaction<'_>,
    writing: &Transaction<'_>,
    org: OrgId,
    fillings: &mut [Filling<'_>],
) -> Result<(), EngineError> {
    let until = fillings.iter().map(|filling| filling.until).max().unwrap_or(0);
    let hears = |name: &str| fillings.iter().any(|filling| filling.target.model.hears(name));
    let ignored = ignored(hears);
    let mut events = Reading { org, until, ignored: &ignored }.begin(reading).await?;
    let most = run.options.held_rows;
    let look = u64::try_from(most).map_or(LOOK, |most| most.clamp(1, LOOK));
    let mut unreported = 0;
    while let Some(event) = events.next().await? {
        for filling in fillings.iter_mut() {
            filling.hear(&event);
            if filling.bulk.is_due() {
                filling.write(writing, org).await?;
            }
        }
        unreported += 1;
        if unreported % look == 0 {
            let held = fillings.iter().map(|filling| filling.bulk.held_rows());
            if let Some(fullest) = overfull(held, most) {
                fillings[fullest].write(writing, org).await?;
            }
        }
        if unreported == 4 * LOOK {
            run.read_events(std::mem::take(&mut unreported));
            run.go_on()?;
        }
    }
    run.read_events(unreported);
    run.go_on()
}

impl Filling<'_> {
    fn hear(&mut self, event: &Recorded) {
        let hears = self.target.model.hears(event.event.name());
        if self.failed.is_some() || event.position > self.until || !hears {
            return;
        }
        if let Err(poison) = hear(self.bulk.as_mut(), self.target.model.name(), event) {
            self.fail(poison);
        }
    }

    /// Writes what is held. An event that cannot be digested is this model's failure alone.
    async fn write(&mut self, writing: &Transaction<'_>, org: OrgId) -> Result<(), EngineError> {
        let sql = self.target.model.sql(self.target.idle);
        match self.bulk.write(writing.client(), sql, org).await {
            Ok(_) => Ok(()),
            Err(poison @ EngineError::Poison { .. }) => {
                self.fail(poison);
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    fn fail(&mut self, error: EngineError) {
        self.failed = Some(error);
        self.bulk = self.target.model.bulk();
    }
}

/// Takes the idle table's checkpoint, which keeps everybody else out until the commit, and
/// empties the table.
async fn clear(writing: &Transaction<'_>, org: OrgId, target: &Target) -> Result<(), EngineError> {
    let (name, version, slot) = (target.model.name(), target.model.version(), target.idle.letter());
    let take = "insert into checkpoints (org_id, projector, version, slot, position)\n\
                values ($1, $2, $3, $4, 0)\n\
                on conflict (org_id, projector, version, slot) do update\nset position = 0";
    let values: [&(dyn postgres_types::ToSql + Sync); 4] = [&org.0, &name, &version, &slot];
    let contended = |error: tokio_postgres::Error| match error.code() {
        Some(&tokio_postgres::error::SqlState::LOCK_NOT_AVAILABLE) => {
            EngineError::Contended { org, model: name.to_owned() }
        }
        _ => EngineError::database("taking a table")(error),
    };
    writing.execute(take, &values).await.map_err(contended)?;
    let failed = || EngineError::database("clearing a table");
    // What other versions once filled here is gone with the rows.
    let others = "delete from checkpoints\nwhere org_id = $1\nand projector = $2\n\
                  and slot = $4\nand version <> $3";
    writing.execute(others, &values).await.map_err(failed())?;
    let unpark = "delete from parked\nwhere org_id = $1\nand projector = $2\nand slot = $3";
    writing.execute(unpark, &[&org.0, &name, &slot]).await.map_err(failed())?;
    let sql = target.model.sql(target.idle);
    writing.execute(&sql.clear, &[&org.0]).await.map_err(failed())?;
    Ok(())
}

async fn mark(
    writing: &Transaction<'_>,
    org: OrgId,
    target: &Target,
    position: i64,
) -> Result<(), tokio_postgres::Error> {
    let sql = "update checkpoints\nset position = $5, updated_at = now()\nwhere org_id = $1\n\
               and projector = $2\nand version = $3\nand slot = $4";
    let (name, version, slot) = (target.model.name(), target.model.version(), target.idle.letter());
    let values: [&(dyn postgres_types::ToSql + Sync); 5] =
        [&org.0, &name, &version, &slot, &position];
    writing.execute(sql, &values).await.map(|_| ())
}
