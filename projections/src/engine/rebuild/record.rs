//! What everybody may know of a rebuild: who asked, how far it is, what differed; and the wish
//! that it stop, which any process may express.

use std::sync::atomic::Ordering;
use std::time::Duration;

use deadpool_postgres::Client;
use ledger::{
    recorded::Actor,
    store::{Context, Ledger, tenant},
    values::OrgId,
};
use postgres_types::ToSql;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{super::EngineError, Run};

/// How often progress is written down.
const TICK: Duration = Duration::from_millis(500);

/// A rebuild of one org that is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Names it.
    pub rebuild_id: Uuid,
    /// Who asked.
    pub by: Actor,
}

impl Asked {
    /// A new one.
    pub fn by(ledger: &Ledger, org: OrgId, by: Actor) -> Self {
        let context = Context::fresh(ledger, org, by);
        Self { rebuild_id: context.command_id, by: context.actor }
    }
}

/// Takes the models for this rebuild. Whoever else is at one of them keeps it.
pub(super) async fn begin(run: &Run, org: OrgId, asked: &Asked) -> Result<(), EngineError> {
    // Who has not been heard of for a minute has died.
    let sql = "insert into rebuilds (org_id, model, rebuild_id, asked_by, state, events)\n\
               values ($1, $2, $3, $4, 'running', $5)\n\
               on conflict (org_id, model) do update\n\
               set rebuild_id = excluded.rebuild_id, asked_by = excluded.asked_by,\n\
                   state = 'running', abort_asked = false, switched = false, events_read = 0,\n\
                   events = excluded.events, position = null, rows_differing = 0,\n\
                   digest = null, differences = '{}', error = null, started_at = now(),\n\
                   updated_at = now()\n\
               where rebuilds.state <> 'running'\n\
               or rebuilds.updated_at < now() - interval '1 minute'";
    let failed = || EngineError::database("writing down a rebuild");
    let events: i64 = run.orgs.iter().map(|(_, head)| *head).sum();
    let mut client = client(&run.ledger).await?;
    let transaction = tenant(&mut client, org).await?;
    for model in &run.models {
        let values: [&(dyn ToSql + Sync); 5] =
            [&org.0, &model.name(), &asked.rebuild_id, &asked.by.0, &events];
        if transaction.execute(sql, &values).await.map_err(failed())? == 0 {
            return Err(EngineError::Contended { org, model: model.name().to_owned() });
        }
    }
    transaction.commit().await.map_err(failed())
}

/// Writes progress down until dropped, and stops the run when somebody wants that.
pub(super) async fn keep(run: &Run, org: OrgId, asked: &Asked) {
    loop {
        tokio::time::sleep(TICK).await;
        match tick(run, org, asked).await {
            Ok(false) => {}
            Ok(true) => run.options.abort.store(true, Ordering::Relaxed),
            Err(error) => tracing::warn!(%org, %error, "progress could not be written down"),
        }
    }
}

async fn tick(run: &Run, org: OrgId, asked: &Asked) -> Result<bool, EngineError> {
    let sql = "update rebuilds\nset events_read = $3, updated_at = now()\nwhere org_id = $1\n\
               and rebuild_id = $2\nand state = 'running'\nreturning abort_asked";
    let failed = || EngineError::database("writing down progress");
    let read = i64::try_from(run.events_read.load(Ordering::Relaxed)).unwrap_or(i64::MAX);
    let mut client = client(&run.ledger).await?;
    let transaction = tenant(&mut client, org).await?;
    let values: [&(dyn ToSql + Sync); 3] = [&org.0, &asked.rebuild_id, &read];
    let rows = transaction.query(sql, &values).await.map_err(failed())?;
    transaction.commit().await.map_err(failed())?;
    Ok(rows.iter().any(|row| row.try_get(0).unwrap_or(false)))
}

/// Writes down what came of it.
pub(super) async fn end(run: &Run, org: OrgId, asked: &Asked) -> Result<(), EngineError> {
    let sql = "update rebuilds\nset state = $4, switched = $5, position = $6,\n\
               rows_differing = $7, digest = $8, differences = $9, error = $10,\n\
               events_read = $11, updated_at = now()\n\
               where org_id = $1\nand rebuild_id = $2\nand model = $3";
    let failed = || EngineError::database("writing down a rebuild");
    let report = run.report().clone();
    let aborted = run.options.abort.load(Ordering::Relaxed);
    let read = i64::try_from(run.events_read.load(Ordering::Relaxed)).unwrap_or(i64::MAX);
    let mut client = client(&run.ledger).await?;
    let transaction = tenant(&mut client, org).await?;
    for model in &run.models {
        let name = model.name();
        let ended = report.ended.iter().find(|ended| ended.model == name);
        let failure = report
            .failures
            .iter()
            .find(|failure| failure.model.as_deref().is_none_or(|failing| failing == name));
        let found = report.disagreements.iter().find(|found| found.model == name);
        let state = match (ended, failure) {
            (Some(ended), _) if ended.waiting => "waiting",
            (Some(_), _) => "done",
            (None, _) if aborted => "aborted",
            (None, _) => "failed",
        };
        let error = failure.filter(|_| state == "failed").map(|failure| &*failure.error);
        let cells = report.differences.iter().filter(|one| one.model == name);
        let differences = json!({
            "money": found.map(|found| &*found.money).unwrap_or_default().iter().map(|moved| json!({
                "column": moved.column, "currency": moved.currency, "minor": moved.minor,
            })).collect::<Vec<Value>>(),
            "cells": cells.map(|cell| cell.told()).collect::<Vec<Value>>(),
        });
        let values: [&(dyn ToSql + Sync); 11] = [
            &org.0,
            &asked.rebuild_id,
            &name,
            &state,
            &ended.is_some_and(|ended| ended.switched),
            &ended.map(|ended| ended.position),
            &found.map_or(0, |found| found.rows),
            &found.map(|found| found.digest.as_slice()),
            &differences.to_string(),
            &error,
            &read,
        ];
        transaction.execute(sql, &values).await.map_err(failed())?;
    }
    transaction.commit().await.map_err(failed())
}

/// Asks a rebuild that is on its way to stop; whether there is one. It stops within a second,
/// whichever process it runs in.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn ask_to_stop(ledger: &Ledger, org: OrgId, model: &str) -> Result<bool, EngineError> {
    let sql = "update rebuilds\nset abort_asked = true\nwhere org_id = $1\nand model = $2\n\
               and state = 'running'";
    let failed = || EngineError::database("stopping a rebuild");
    let mut client = client(ledger).await?;
    let transaction = tenant(&mut client, org).await?;
    let asked = transaction.execute(sql, &[&org.0, &model]).await.map_err(failed())?;
    transaction.commit().await.map_err(failed())?;
    Ok(asked > 0)
}

async fn client(ledger: &Ledger) -> Result<Client, EngineError> {
    ledger.app_pool().get().await.map_err(EngineError::pool("writing down a rebuild"))
}
