//! The writing half of live work: checkpoints by compare-and-swap, then rows.

use std::ops::Range;

use deadpool_postgres::Transaction;
use ledger::values::OrgId;
use tokio_postgres::{Error, Row};

use super::{
    super::{
        NO_SLOT, Slot,
        pipeline::{Sending, in_order},
    },
    Shared,
    dirty::{Gait, Place},
    unit::{Member, Unit},
    work::{Statements, Tables, set_org},
};

/// One transaction's writing.
pub(crate) struct Step<'a, 'c> {
    pub shared: &'a Shared,
    pub transaction: &'a Transaction<'c>,
    pub statements: &'a Statements,
}

/// What an answer in the flight belongs to.
enum Awaited {
    Nothing,
    /// Names of the followers of these units that moved.
    Moved(Range<usize>),
    /// Rows for this member of this unit.
    Rows(usize, usize),
}

impl Step<'_, '_> {
    /// Moves checkpoints, and loads the rows to be changed behind them: whoever moves a
    /// checkpoint holds its row until the commit, so nobody else changes these rows meanwhile.
    pub(crate) async fn move_on(
        &mut self,
        tables: &Tables,
        units: &mut [Unit],
    ) -> Result<(), Error> {
        let mut awaited = Vec::new();
        let mut sending: Vec<Sending<'_>> = Vec::new();
        let mut first = 0;
        for together in units.chunk_by_mut(|one, next| one.org == next.org) {
            let places = first..first + together.len();
            first = places.end;
            if !together.iter().any(Unit::moves_or_parks) {
                continue;
            }
            awaited.push(Awaited::Nothing);
            let org = together[0].org;
            sending.push(set_org(self.transaction, org));
            if let Some(joins) = self.join(org, together) {
                awaited.push(Awaited::Nothing);
                sending.push(joins);
            }
            awaited.push(Awaited::Moved(places.clone()));
            sending.push(self.swap(org, together));
            for (index, unit) in places.zip(together) {
                let org = &unit.org;
                for (position, member) in unit.members.iter_mut().enumerate() {
                    let key = member.place.slot.map(|slot| (member.follower, slot));
                    let table = key.and_then(|key| tables.get(&key));
                    let moves = member.target > member.place.position;
                    if let (true, Some(table), Some(batch)) = (moves, table, &mut member.batch)
                        && !batch.is_empty()
                    {
                        awaited.push(Awaited::Rows(index, position));
                        sending.push(batch.load(self.transaction, table, org));
                    }
                }
            }
        }
        let answers = in_order(sending).await?;
        for (awaited, rows) in awaited.into_iter().zip(answers) {
            match awaited {
                Awaited::Nothing => {}
                Awaited::Moved(places) => self.moved(&mut units[places], &rows)?,
                Awaited::Rows(unit, member) => {
                    if let Some(batch) = &mut units[unit].members[member].batch {
                        batch.loaded(rows)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Makes the rows of followers that were never here.
    fn join<'s>(&'s self, org: OrgId, units: &[Unit]) -> Option<Sending<'s>> {
        let new = |member: &&Member| {
            let acts = member.wants_to_move() || member.poison.is_some();
            member.place.gait == Gait::New && acts
        };
        let moves = self.columns(units, new);
        (!moves.names.is_empty()).then(|| -> Sending<'s> {
            Box::pin(async move {
                let statement = &self.statements.join;
                let Columns { names, versions, slots, .. } = &moves;
                self.transaction.query(statement, &[&org.0, names, versions, slots]).await
            })
        })
    }

    fn swap<'s>(&'s self, org: OrgId, units: &[Unit]) -> Sending<'s> {
        let moves = self.columns(units, |member| member.wants_to_move());
        Box::pin(async move {
            let Columns { names, versions, slots, seen, targets } = &moves;
            let statement = &self.statements.move_on;
            self.transaction
                .query(statement, &[&org.0, names, versions, slots, seen, targets])
                .await
        })
    }

    /// Members of one org's units. Whoever works on the org takes its rows in the order of their
    /// names, wherever its followers stand, so that two never wait for each other.
    fn columns(&self, units: &[Unit], which: impl Fn(&&Member) -> bool) -> Columns {
        let name = |member: &Member| self.shared.followers.name(member.follower);
        let mut members: Vec<&Member> =
            units.iter().flat_map(|unit| &unit.members).filter(which).collect();
        members.sort_by_key(|member| name(member));
        let mut columns = Columns::default();
        for member in members {
            columns.names.push(name(member));
            columns.versions.push(self.shared.followers.version(member.follower));
            columns.slots.push(slot_word(&member.place));
            columns.seen.push(member.place.position);
            columns.targets.push(member.target);
        }
        columns
    }

    fn moved(&self, units: &mut [Unit], rows: &[Row]) -> Result<(), Error> {
        for row in rows {
            let name: &str = row.try_get(0)?;
            for member in units.iter_mut().flat_map(|unit| &mut unit.members) {
                member.moved |= self.shared.followers.name(member.follower) == name;
            }
        }
        Ok(())
    }

    /// Writes rows, and parks who could not go on.
    pub(crate) async fn save(&self, tables: &Tables, units: &[Unit]) -> Result<(), Error> {
        let mut sending: Vec<Sending<'_>> = Vec::new();
        for unit in units {
            sending.push(set_org(self.transaction, unit.org));
            let before = sending.len();
            for member in &unit.members {
                if member.moved
                    && let Some(batch) = &member.batch
                    && let Some(slot) = member.place.slot
                    && let Some(table) = tables.get(&(member.follower, slot))
                {
                    sending.extend(batch.save(self.transaction, table, &unit.org));
                }
                sending.extend(self.park(unit.org, member));
            }
            if sending.len() == before {
                sending.pop();
            }
        }
        in_order(sending).await.map(|_| ())
    }

    fn park<'s>(&'s self, org: OrgId, member: &'s Member) -> Option<Sending<'s>> {
        let poison = member.poison.as_ref()?;
        if member.wants_to_move() && !member.moved {
            return None;
        }
        let (name, version) = (
            self.shared.followers.name(member.follower),
            self.shared.followers.version(member.follower),
        );
        tracing::error!(%org, follower = name, position = poison.position, "parked");
        Some(Box::pin(async move {
            let slot = slot_word(&member.place);
            let statement = &self.statements.park;
            let (position, error) = (&poison.position, &poison.error);
            let values: [&(dyn postgres_types::ToSql + Sync); 6] =
                [&org.0, &name, &version, &slot, position, error];
            self.transaction.query(statement, &values).await
        }))
    }
}

/// Checkpoints to move, column by column.
#[derive(Default)]
struct Columns {
    names: Vec<&'static str>,
    versions: Vec<i32>,
    slots: Vec<&'static str>,
    seen: Vec<i64>,
    targets: Vec<i64>,
}

fn slot_word(place: &Place) -> &'static str {
    place.slot.map_or(NO_SLOT, Slot::letter)
}
