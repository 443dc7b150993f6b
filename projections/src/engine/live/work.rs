//! One transaction of live work: several orgs, all followers, every statement set-based.

use std::{collections::HashMap, time::Instant};

use deadpool_postgres::Transaction;
use ledger::{store::Stored, values::OrgId};
use tokio_postgres::{Error, Statement};

use super::{
    super::{
        EngineError, Slot,
        log::{Entry, PAGE},
        pipeline::{Sending, in_order},
        statements::TableStatements,
    },
    Shared,
    dirty::{Gait, Places},
    places::{self, places},
    step::Step,
    told,
    unit::Unit,
};

/// Plans made on small tables stay when they grow: leave only index plans, and of indexes those
/// that give the order that is asked for.
const INDEX_PLANS: &str = "set local enable_seqscan = off; set local enable_bitmapscan = off; \
     set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_sort = off; \
     set local jit = off";

/// How much is done at a time, and by whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Portion {
    /// Events of one org.
    pub events: i64,
    /// One follower alone.
    pub only: Option<usize>,
}

/// What came of an org.
pub(crate) struct Done {
    pub org: OrgId,
    /// Where followers stand now; `None` if that must be read anew.
    pub places: Option<Places>,
    /// Whether there is more to do.
    pub more: bool,
    /// Whether a policy has something to react to, or a new version has to take over.
    pub policies: bool,
    /// An event of a newer program's.
    pub unknown_at: Option<i64>,
}

/// Statements that are the same for all models.
pub(crate) struct Statements {
    pub load: Statement,
    pub page: Statement,
    pub join: Statement,
    pub move_on: Statement,
    pub park: Statement,
}

impl Statements {
    async fn prepare(transaction: &Transaction<'_>) -> Result<Self, Error> {
        Ok(Self {
            load: transaction.prepare_cached(places::LOAD).await?,
            page: transaction.prepare_cached(&PAGE).await?,
            join: transaction.prepare_cached(include_str!("join.sql")).await?,
            move_on: transaction.prepare_cached(include_str!("move.sql")).await?,
            park: transaction.prepare_cached(include_str!("park.sql")).await?,
        })
    }
}

pub(crate) type Tables = HashMap<(usize, Slot), TableStatements>;

/// Moves the followers of these orgs on, by one portion each.
///
/// Nothing of it happened if this fails.
pub(crate) async fn work(
    shared: &Shared,
    orgs: &[(OrgId, Option<Places>)],
    portion: Portion,
) -> Result<Vec<Done>, EngineError> {
    let doing = "moving read models on";
    let failed = || EngineError::database(doing);
    let began = Instant::now();
    let mut client = shared.ledger.app_pool().get().await.map_err(EngineError::pool(doing))?;
    let transaction = client.transaction().await.map_err(failed())?;
    let statements = Statements::prepare(&transaction).await.map_err(failed())?;
    let known = places_of(shared, &transaction, &statements, orgs).await.map_err(failed())?;
    let mut units: Vec<Unit> =
        known.iter().flat_map(|(org, places)| Unit::of(*org, places, portion.only)).collect();
    read(&transaction, &statements, &mut units, portion.events).await?;
    let poison = shared.known_poison();
    units.iter_mut().for_each(|unit| unit.hear(&shared.followers, &poison));
    if units.iter().any(Unit::moves_or_parks) {
        let tables = tables(shared, &transaction, &units).await.map_err(failed())?;
        let mut step = Step { shared, transaction: &transaction, statements: &statements };
        step.move_on(&tables, &mut units).await.map_err(failed())?;
        fold(shared, &mut units)?;
        step.save(&tables, &units).await.map_err(failed())?;
    }
    transaction.commit().await.map_err(failed())?;
    told::projections(&units, began.elapsed());
    Ok(answers(shared, known, &units))
}

/// Speaks for the statements after it. The literal is formatted from a parsed UUID.
pub(crate) fn set_org<'a>(transaction: &'a Transaction<'_>, org: OrgId) -> Sending<'a> {
    Box::pin(async move {
        let statement = format!("set local app.current_org_id = '{}'", org.0.hyphenated());
        transaction.batch_execute(&statement).await?;
        Ok(Vec::new())
    })
}

/// Where followers stand in each org: as remembered, or as the database says.
async fn places_of(
    shared: &Shared,
    transaction: &Transaction<'_>,
    statements: &Statements,
    orgs: &[(OrgId, Option<Places>)],
) -> Result<Vec<(OrgId, Places)>, Error> {
    let mut sending: Vec<Sending<'_>> = vec![Box::pin(async {
        transaction.batch_execute(INDEX_PLANS).await?;
        Ok(Vec::new())
    })];
    for (org, _) in orgs.iter().filter(|(_, places)| places.is_none()) {
        sending.push(set_org(transaction, *org));
        sending.push(Box::pin(async { transaction.query(&statements.load, &[&org.0]).await }));
    }
    let answers = in_order(sending).await?;
    let mut read = answers.iter().skip(2).step_by(2);
    let mut known = Vec::with_capacity(orgs.len());
    for (org, remembered) in orgs {
        let here = match remembered {
            Some(remembered) => remembered.clone(),
            None => places(&shared.followers, read.next().map_or(&[], Vec::as_slice))?,
        };
        known.push((*org, here));
    }
    Ok(known)
}

/// Reads and decodes the events of every unit, once for all its members.
async fn read(
    transaction: &Transaction<'_>,
    statements: &Statements,
    units: &mut [Unit],
    limit: i64,
) -> Result<(), EngineError> {
    let asked: Vec<(OrgId, i64)> = units.iter().map(|unit| (unit.org, unit.from)).collect();
    let mut sending: Vec<Sending<'_>> = Vec::with_capacity(units.len() * 2);
    for (org, from) in &asked {
        sending.push(set_org(transaction, *org));
        sending.push(Box::pin(async move {
            transaction.query(&statements.page, &[&org.0, from, &limit]).await
        }));
    }
    let pages = in_order(sending).await.map_err(EngineError::database("reading the log"))?;
    for (unit, rows) in units.iter_mut().zip(pages.iter().skip(1).step_by(2)) {
        unit.full = i64::try_from(rows.len()).is_ok_and(|count| count >= limit);
        for (row, expected) in rows.iter().zip(unit.from + 1..) {
            let entry = Entry::of(Stored::from_row(row)?);
            if entry.position() != expected {
                // A gap would be skipped events: refuse to go on, whatever made it.
                let text = format!("position {expected} of org {} is missing", unit.org);
                return Err(ledger::store::StoreError::Damaged(text).into());
            }
            unit.entries.push(entry);
        }
    }
    Ok(())
}

/// Prepares the statements of all tables that will be touched.
async fn tables(
    shared: &Shared,
    transaction: &Transaction<'_>,
    units: &[Unit],
) -> Result<Tables, Error> {
    let mut tables = Tables::new();
    for member in units.iter().flat_map(|unit| &unit.members) {
        let (Some(slot), Some(batch)) = (member.place.slot, &member.batch) else { continue };
        let key = (member.follower, slot);
        if batch.is_empty() || tables.contains_key(&key) {
            continue;
        }
        if let Some(model) = shared.followers.model(member.follower) {
            tables.insert(key, model.sql(slot).prepare(transaction).await?);
        }
    }
    Ok(tables)
}

/// Folds in memory. A model that cannot is remembered, so that the next attempt stops before
/// that event; this one is given up as a whole.
fn fold(shared: &Shared, units: &mut [Unit]) -> Result<(), EngineError> {
    for unit in units {
        for member in unit.members.iter_mut().filter(|member| member.moved) {
            if let Err(poison) = member.fold() {
                let model = shared.followers.name(member.follower).to_owned();
                let (position, reason) = (poison.position, poison.error.clone());
                shared.remember_poison(unit.org, member.follower, poison);
                return Err(EngineError::Poison { org: unit.org, model, position, reason });
            }
        }
    }
    Ok(())
}

/// What came of it, org by org.
fn answers(shared: &Shared, known: Vec<(OrgId, Places)>, units: &[Unit]) -> Vec<Done> {
    known
        .into_iter()
        .map(|(org, mut places)| {
            let mut done =
                Done { org, places: None, more: false, policies: false, unknown_at: None };
            let first_policy = shared.followers.first_policy();
            done.policies =
                places.iter().skip(first_policy).any(|place| place.gait == Gait::OtherVersion);
            let mut beaten = false;
            for unit in units.iter().filter(|unit| unit.org == org) {
                done.more |= unit.full && unit.unknown_at.is_none();
                done.unknown_at = done.unknown_at.max(unit.unknown_at);
                for member in &unit.members {
                    done.policies |= member.concerned;
                    beaten |= member.wants_to_move() && !member.moved;
                    places[member.follower] = member.place_after();
                }
            }
            if beaten {
                done.more = true;
            } else {
                done.places = Some(places);
            }
            done
        })
        .collect()
}
