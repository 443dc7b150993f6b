//! Proofs for whoever holds a checkpoint.

use deadpool_postgres::GenericClient;
use uuid::Uuid;

use super::{
    super::{Ledger, StoreError, tenant_snapshot},
    NotaryError, hashes,
    kept::{Kept, furthest},
};
use crate::{
    proof::{Plan, Span},
    values::OrgId,
};

/// That an event is in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inclusion {
    /// Which.
    pub event_id: Uuid,
    /// Its place in the log; its leaf is the one before, since leaves are counted from 0.
    pub position: i64,
    /// Its leaf.
    pub leaf_hash: [u8; 32],
    /// The tree that it is proved to be in.
    pub size: i64,
    /// The tree's root.
    pub root: [u8; 32],
    /// RFC 9162, 2.1.3.
    pub hashes: Vec<[u8; 32]>,
}

/// That the log only grew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consistency {
    /// The older tree.
    pub from: i64,
    /// Its root.
    pub from_root: [u8; 32],
    /// The newer tree.
    pub to: i64,
    /// Its root.
    pub to_root: [u8; 32],
    /// RFC 9162, 2.1.4.
    pub hashes: Vec<[u8; 32]>,
}

/// Proves that the event at a position is in the tree of `size` events; without a size in the
/// one that was signed last.
///
/// # Errors
///
/// [`NotaryError::NotSigned`], [`NotaryError::Unknown`], [`NotaryError::Store`].
pub async fn inclusion(
    ledger: &Ledger,
    org: OrgId,
    position: i64,
    size: Option<i64>,
) -> Result<Inclusion, NotaryError> {
    let mut client = ledger.app().await?;
    let snapshot = tenant_snapshot(&mut client, org).await?;
    let signed = furthest(&snapshot, org).await?.map_or(0, |kept| kept.size);
    let size = size.unwrap_or(signed);
    if position < 1 {
        return Err(NotaryError::Unknown { asked: position });
    }
    within(position.max(size), signed)?;
    let (leaf, tree) = (leaves(position - 1), leaves(size));
    let plan = Plan::inclusion(leaf, tree).ok_or(NotaryError::Unknown { asked: position })?;
    let mut worked = work_out(&snapshot, org, signed, &[plan, of_root(size)?]).await?;
    let event = snapshot
        .query_one(
            "select event_id, leaf_hash from events where org_id = $1 and position = $2",
            &[&org.0, &position],
        )
        .await
        .map_err(StoreError::database("reading an event"))?;
    let root = worked.pop().and_then(|mut root| root.pop()).unwrap_or_default();
    Ok(Inclusion {
        event_id: event.get(0),
        position,
        leaf_hash: super::kept::hash(event.get(1))?,
        size,
        root,
        hashes: worked.pop().unwrap_or_default(),
    })
}

/// The hashes that prove several events to be in the tree of `size` events, read together.
///
/// # Errors
///
/// As [`inclusion`].
pub async fn inclusions(
    ledger: &Ledger,
    org: OrgId,
    positions: &[i64],
    size: i64,
) -> Result<Vec<Vec<[u8; 32]>>, NotaryError> {
    let mut client = ledger.app().await?;
    let snapshot = tenant_snapshot(&mut client, org).await?;
    let signed = furthest(&snapshot, org).await?.map_or(0, |kept| kept.size);
    within(size, signed)?;
    let plan = |position: &i64| {
        let index = position.checked_sub(1).and_then(|index| u64::try_from(index).ok());
        let plan = index.and_then(|index| Plan::inclusion(index, leaves(size)));
        plan.ok_or(NotaryError::Unknown { asked: *position })
    };
    let plans: Result<Vec<Plan>, NotaryError> = positions.iter().map(plan).collect();
    work_out(&snapshot, org, signed, &plans?).await
}

/// Proves that the tree of `to` events begins with the one of `from`; without `to` the one that
/// was signed last.
///
/// # Errors
///
/// As [`inclusion`].
pub async fn consistency(
    ledger: &Ledger,
    org: OrgId,
    from: i64,
    to: Option<i64>,
) -> Result<Consistency, NotaryError> {
    let mut client = ledger.app().await?;
    let snapshot = tenant_snapshot(&mut client, org).await?;
    let signed = furthest(&snapshot, org).await?.map_or(0, |kept| kept.size);
    let to = to.unwrap_or(signed);
    if from < 1 {
        return Err(NotaryError::Unknown { asked: from });
    }
    within(from.max(to), signed)?;
    let plan = Plan::consistency(leaves(from), leaves(to));
    let plan = plan.ok_or(NotaryError::Unknown { asked: from })?;
    let plans = [plan, of_root(from)?, of_root(to)?];
    let mut worked = work_out(&snapshot, org, signed, &plans).await?.into_iter();
    let hashes = worked.next().unwrap_or_default();
    let mut root = || worked.next().and_then(|mut root| root.pop()).unwrap_or_default();
    Ok(Consistency { from, from_root: root(), to, to_root: root(), hashes })
}

/// The root of the tree of `size` events, and the last checkpoint.
///
/// # Errors
///
/// As [`inclusion`].
pub async fn root_at(
    ledger: &Ledger,
    org: OrgId,
    size: i64,
) -> Result<([u8; 32], Kept), NotaryError> {
    let mut client = ledger.app().await?;
    let snapshot = tenant_snapshot(&mut client, org).await?;
    let latest = furthest(&snapshot, org).await?;
    let signed = latest.as_ref().map_or(0, |kept| kept.size);
    within(size, signed)?;
    let latest = latest.ok_or(NotaryError::NotSigned { asked: size, signed })?;
    let worked = work_out(&snapshot, org, signed, &[of_root(size)?]).await?;
    Ok((worked.into_iter().flatten().next().unwrap_or_default(), latest))
}

fn within(asked: i64, signed: i64) -> Result<(), NotaryError> {
    if asked > signed { Err(NotaryError::NotSigned { asked, signed }) } else { Ok(()) }
}

fn of_root(size: i64) -> Result<Plan, NotaryError> {
    Plan::root(leaves(size)).ok_or(NotaryError::Unknown { asked: size })
}

/// The hashes of several plans, read together.
async fn work_out(
    client: &impl GenericClient,
    org: OrgId,
    signed: i64,
    plans: &[Plan],
) -> Result<Vec<Vec<[u8; 32]>>, NotaryError> {
    let spans: std::collections::BTreeSet<Span> =
        plans.iter().flat_map(Plan::nodes).map(Span::of).collect();
    let shelf = hashes::read(client, org, leaves(signed), spans).await?;
    let missing = || StoreError::Damaged("a tile is missing".to_owned());
    let worked: Option<Vec<_>> =
        plans.iter().map(|plan| plan.work_out(|node| shelf.node(node))).collect();
    Ok(worked.ok_or_else(missing)?)
}

fn leaves(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
