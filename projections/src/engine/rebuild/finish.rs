//! After the filling: catch up with the table that answers, compare the two at the same
//! position, and switch.

use deadpool_postgres::{Client, Transaction};
use ledger::{
    import::Digest,
    store::{Context, tenant},
    switch::{Forced, SwitchCommand, switch_id},
    values::{Code, OrgId},
};
use tokio_postgres::IsolationLevel;

use super::{
    super::{
        EngineError, Slot,
        live::{look_again, set_org},
    },
    Run,
    advance::advance,
    compare::{Difference, Disagreement, Found, Pair, compare},
    plan::{Active, Target},
};

/// Attempts at a snapshot that somebody else's write makes impossible.
const ATTEMPTS: usize = 5;

/// Events that are caught up in one transaction.
const STRETCH: i64 = 20_000;

/// What came of one model of one org.
#[derive(Default)]
pub(super) struct Finished {
    pub position: i64,
    pub compared: bool,
    pub differences: Vec<Difference>,
    pub disagreement: Option<Disagreement>,
    pub switched: bool,
    /// Ready, and not accepted.
    pub waiting: bool,
}

/// Catches up, compares, switches, as far as asked.
pub(super) async fn finish(
    run: &Run,
    org: OrgId,
    target: &Target,
    filled: i64,
) -> Result<Finished, EngineError> {
    let doing = "finishing a rebuild";
    let mut client = run.ledger.app_pool().get().await.map_err(EngineError::pool(doing))?;
    let mut finished = Finished { position: filled, ..Finished::default() };
    if let Some(active) = target.active.filter(|active| active.position.is_some()) {
        for attempt in 1.. {
            match level(run, &mut client, org, target, active, finished.position).await {
                Ok((position, (differences, disagreement))) => {
                    finished.position = position;
                    finished.compared = run.options.compare;
                    finished.differences = differences;
                    finished.disagreement = disagreement;
                    break;
                }
                Err(error) if error.is_transient() && attempt < ATTEMPTS => {}
                Err(error) => return Err(error),
            }
        }
    }
    if run.options.switch && !accepted(run, org, target, finished.disagreement.as_ref()).await? {
        finished.waiting = true;
    } else if run.options.switch {
        if !target.active.is_some_and(|active| active.kept) {
            to_the_head(run, &mut client, org, target, &mut finished).await?;
        }
        switch(&mut client, org, target, &mut finished).await?;
        if let Ok(relay) = run.ledger.relay_pool().get().await {
            // A bell only: without it other processes notice when they next look.
            let _unheard = look_again(&relay, org).await;
        }
    }
    Ok(finished)
}

/// Brings the idle table to where the active one stands in one snapshot, and compares there.
/// The active table is not held up meanwhile.
async fn level(
    run: &Run,
    client: &mut Client,
    org: OrgId,
    target: &Target,
    active: Active,
    from: i64,
) -> Result<(i64, Found), EngineError> {
    let failed = || EngineError::database("comparing two tables");
    let transaction = client
        .build_transaction()
        .isolation_level(IsolationLevel::RepeatableRead)
        .start()
        .await
        .map_err(failed())?;
    set_org(&transaction, org).await.map_err(failed())?;
    let there = checkpoint(&transaction, org, target, active.version, active.slot, false).await?;
    let there = there.unwrap_or(from).max(from);
    advance(&transaction, org, target, from, there).await?;
    let mut found = Found::default();
    if run.options.compare {
        let pair = Pair {
            org,
            model: target.model.as_ref(),
            live: &target.model.sql(active.slot).table,
            rebuilt: &target.model.sql(target.idle).table,
            position: there,
            explained: target.is_outdated(),
        };
        found = compare(&transaction, &pair, run.options.differences).await?;
    }
    transaction.commit().await.map_err(failed())?;
    Ok((there, found))
}

/// Whether the rebuilt table may answer: it says the same, it was meant to say something else, or
/// somebody wants it to, which the log keeps before anything is switched.
async fn accepted(
    run: &Run,
    org: OrgId,
    target: &Target,
    disagreement: Option<&Disagreement>,
) -> Result<bool, EngineError> {
    let Some(found) = disagreement.filter(|found| !found.explained) else { return Ok(true) };
    let Some(acceptance) = &run.options.accept else { return Ok(false) };
    let model = target.model.name();
    let code = |word: &str| {
        word.parse::<Code>().map_err(|_| EngineError::UnknownModel { model: word.to_owned() })
    };
    let forced = Forced {
        differences: found.rows,
        digest: Digest(found.digest),
        model: code(model)?,
        position: found.position,
        reason_code: acceptance.reason_code.clone(),
        slot: code(target.idle.letter())?,
    };
    let context = Context::fresh(&run.ledger, org, acceptance.actor.clone());
    let order = SwitchCommand::Force(forced);
    let recorded = run.ledger.execute(&context, switch_id(org, model), order).await;
    let unrecorded = |source| EngineError::NotRecorded {
        org,
        model: model.to_owned(),
        source: Box::new(source),
    };
    recorded.map(|_| true).map_err(unrecorded)
}

/// Nobody keeps the active table: go on to the head before answering from the new one.
async fn to_the_head(
    run: &Run,
    client: &mut Client,
    org: OrgId,
    target: &Target,
    finished: &mut Finished,
) -> Result<(), EngineError> {
    let failed = || EngineError::database("catching up");
    let head = run.ledger.head(org).await?.unwrap_or(0);
    while finished.position < head {
        run.go_on()?;
        let until = head.min(finished.position + STRETCH);
        let transaction = tenant(client, org).await?;
        advance(&transaction, org, target, finished.position, until).await?;
        transaction.commit().await.map_err(failed())?;
        finished.position = until;
    }
    Ok(())
}

/// Holds the active table's checkpoint, so that the live engine waits; takes the last few events
/// into the idle one; switches. Readers never see an earlier position than before.
async fn switch(
    client: &mut Client,
    org: OrgId,
    target: &Target,
    finished: &mut Finished,
) -> Result<(), EngineError> {
    let failed = || EngineError::database("switching tables");
    let transaction = tenant(client, org).await?;
    let (name, version, slot) = (target.model.name(), target.model.version(), target.idle.letter());
    let switched = match target.active {
        Some(active) => {
            let held = checkpoint(&transaction, org, target, active.version, active.slot, true);
            let there = held.await?.unwrap_or(0).max(finished.position);
            advance(&transaction, org, target, finished.position, there).await?;
            finished.position = there;
            let sql = "update active_slots\nset slot = $3, version = $4\nwhere org_id = $1\n\
                       and model = $2\nand slot = $5\nand version = $6";
            let from = active.slot.letter();
            let values: [&(dyn postgres_types::ToSql + Sync); 6] =
                [&org.0, &name, &slot, &version, &from, &active.version];
            transaction.execute(sql, &values).await.map_err(failed())?
        }
        None => {
            let sql = "insert into active_slots (org_id, model, slot, version)\n\
                       values ($1, $2, $3, $4)\non conflict do nothing";
            let values: [&(dyn postgres_types::ToSql + Sync); 4] = [&org.0, &name, &slot, &version];
            transaction.execute(sql, &values).await.map_err(failed())?
        }
    };
    if switched == 0 {
        return Err(EngineError::Contended { org, model: name.to_owned() });
    }
    let unpark = "delete from parked\nwhere org_id = $1\nand projector = $2";
    transaction.execute(unpark, &[&org.0, &name]).await.map_err(failed())?;
    transaction.commit().await.map_err(failed())?;
    finished.switched = true;
    Ok(())
}

/// Where a table stands; held until the end of the transaction if asked.
async fn checkpoint(
    transaction: &Transaction<'_>,
    org: OrgId,
    target: &Target,
    version: i32,
    slot: Slot,
    held: bool,
) -> Result<Option<i64>, EngineError> {
    let failed = || EngineError::database("reading where a table stands");
    let lock = if held { "\nfor update" } else { "" };
    let sql = format!(
        "select position\nfrom checkpoints\nwhere org_id = $1\nand projector = $2\n\
         and version = $3\nand slot = $4{lock}"
    );
    let values: [&(dyn postgres_types::ToSql + Sync); 4] =
        [&org.0, &target.model.name(), &version, &slot.letter()];
    let row = transaction.query_opt(&sql, &values).await.map_err(failed())?;
    row.map(|row| row.try_get(0)).transpose().map_err(failed())
}
