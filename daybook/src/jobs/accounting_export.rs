//! `accounting-export`: the accounting CSV of the month before, in the org's zone, kept once for
//! each org and month (contract S2.3).

use anyhow::{Context as _, bail};
use ledger::correspondence::Message;
use ledger::store::account_id;
use ledger::store::outbox::{NewMessage, enqueue};
use ledger::subscription::Subscription;
use ledger::values::{CycleKey, OrgId};
use projections::accounting::{self, Filter};
use projections::engine::{Engine, Snapshot};
use projections::exports::{self, ExportMode, ExportStatus, NewExport};
use sha2::{Digest, Sha256};
use time::{Date, Month};
use tokio::sync::watch;
use uuid::Uuid;

use super::Ground;
use super::every_org::{Summary, every_org};
use super::ground::deadline;
use crate::config::Delivery;

/// Invoices read at a time.
const PAGE: i64 = 500;

/// Makes the file of a month, org by org: the one that was asked for, or the one before.
pub(super) async fn run(ground: &Ground, stop: &watch::Receiver<bool>) -> anyhow::Result<Summary> {
    every_org(&ground.ledger, stop, |org| export(ground, org)).await
}

async fn export(ground: &Ground, org: OrgId) -> anyhow::Result<usize> {
    let ledger = &ground.ledger;
    let (account, _) = ledger.load::<Subscription>(org, account_id(org)).await?;
    let Some(rule) = account.cycle_rule() else { return Ok(0) };
    let now = ledger.clock().now();
    let today = rule.local_day(now)?;
    let current = CycleKey { year: i16::try_from(today.year())?, month: u8::from(today.month()) };
    let month = ground.month.unwrap_or(current.previous());
    if month >= current {
        bail!("{month} is not over: it is {today} in {}", rule.time_zone);
    }
    let (starts_on, ends_on) = (first_day(month)?, first_day(month.next())?);
    let mode = ExportMode::AccountingCsv;
    let snapshot = Snapshot::open(ledger.app_pool(), org).await?;
    let kept = exports::kept(&snapshot, mode, starts_on, ends_on).await?;
    snapshot.close().await?;
    if let Some((id, status)) = kept {
        // Whoever kept it may have died before writing this down; twice is once.
        return announce(ground, org, id, status).await;
    }
    let filter = Filter { from: starts_on, until: ends_on, statuses: Vec::new() };
    let file = write(&ground.engine, ground, org, &filter).await?;
    let export = NewExport {
        export_id: Uuid::new_v5(&org.0, format!("export:accounting_csv:{month}").as_bytes()),
        mode,
        status: match ground.delivery {
            Delivery::Off | Delivery::Sheets => ExportStatus::Stored,
            Delivery::Webhook => ExportStatus::AwaitingDelivery,
        },
        starts_on,
        ends_on,
        position: file.position,
        rows: file.rows,
        sha256: Sha256::digest(&file.bytes).into(),
        file_name: format!("accounting-{month}.csv"),
        artifact: file.bytes,
        created_at: now,
    };
    let kept = exports::keep(ledger, org, &export).await?;
    announce(ground, org, export.export_id, export.status).await?;
    Ok(usize::from(kept))
}

/// Asks for a file to be handed over, if it is to be.
async fn announce(
    ground: &Ground,
    org: OrgId,
    export_id: Uuid,
    status: ExportStatus,
) -> anyhow::Result<usize> {
    match status {
        ExportStatus::AwaitingDelivery => {}
        ExportStatus::Stored | ExportStatus::Delivered | ExportStatus::Dead => return Ok(0),
    }
    let message = NewMessage {
        dedupe_key: format!("export:{export_id}"),
        lane: "exports".to_owned(),
        message: Message::AccountingExport { export_id },
        occurred_at: ground.ledger.clock().now(),
    };
    Ok(usize::from(enqueue(&ground.ledger, org, &message).await?))
}

struct Written {
    bytes: Vec<u8>,
    rows: i64,
    position: i64,
}

/// The file, as of everything that the log holds now.
async fn write(
    engine: &Engine,
    ground: &Ground,
    org: OrgId,
    filter: &Filter,
) -> anyhow::Result<Written> {
    let ledger = &ground.ledger;
    let head = ledger.head(org).await?.unwrap_or(0);
    let (snapshot, position) = accounting::open(engine, ledger, org, head, deadline())
        .await
        .context("the read models are not up to date")?;
    let (mut bytes, mut rows, mut after) = (accounting::header(), 0, None);
    loop {
        let billed = accounting::list(&snapshot, filter, after, PAGE).await?;
        let Some(last) = billed.last() else { break };
        after = Some(last.key());
        rows += i64::try_from(billed.len())?;
        bytes.extend(accounting::lines(&billed));
    }
    snapshot.close().await?;
    Ok(Written { bytes, rows, position })
}

fn first_day(month: CycleKey) -> anyhow::Result<Date> {
    let of_year = Month::try_from(month.month)?;
    Date::from_calendar_date(i32::from(month.year), of_year, 1).context("the month is out of range")
}
