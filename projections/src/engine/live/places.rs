//! Where followers stand, as the database says it.

use ledger::{store::tenant, values::OrgId};
use tokio_postgres::{Error, Row};

use super::{
    super::{EngineError, NO_SLOT, Slot, Worded},
    Followers, Shared,
    dirty::{Gait, Place, Places},
};

/// Every follower's row for an org. Parameters: org.
pub(crate) const LOAD: &str = include_str!("places.sql");

/// Makes places out of the rows: what has none yet is new here.
pub(crate) fn places(followers: &Followers, rows: &[Row]) -> Result<Places, Error> {
    let mut places: Places = Vec::with_capacity(followers.len());
    for index in 0..followers.len() {
        let slot = followers.model(index).map(|_| Slot::A);
        places.push(Place { position: 0, slot, gait: Gait::New });
    }
    for row in rows {
        let name: &str = row.try_get("follower")?;
        let slot: &str = row.try_get("slot")?;
        let version: i32 = row.try_get("version")?;
        let position: Option<i64> = row.try_get("position")?;
        let parked: bool = row.try_get("parked")?;
        let Some(index) = followers.index_of(name) else { continue };
        if slot == NO_SLOT && version != followers.version(index) {
            // Another version of a policy: `follow/` takes over from it, unless it did already.
            if places[index].gait == Gait::New {
                places[index].gait = Gait::OtherVersion;
            }
            continue;
        }
        let gait = match (version == followers.version(index), position) {
            (true, Some(_)) if parked => Gait::Parked,
            (true, Some(_)) => Gait::Following,
            (true, None) | (false, _) => Gait::OtherVersion,
        };
        let position = position.unwrap_or(0);
        places[index] = Place { position, slot: Slot::of_word(slot), gait };
    }
    Ok(places)
}

/// Reads an org's places, outside any work.
pub(super) async fn read(shared: &Shared, org: OrgId) -> Result<Places, EngineError> {
    let doing = "reading where followers stand";
    let failed = || EngineError::database(doing);
    let mut client = shared.ledger.app_pool().get().await.map_err(EngineError::pool(doing))?;
    let transaction = tenant(&mut client, org).await?;
    let statement = transaction.prepare_cached(LOAD).await.map_err(failed())?;
    let rows = transaction.query(&statement, &[&org.0]).await.map_err(failed())?;
    transaction.commit().await.map_err(failed())?;
    places(&shared.followers, &rows).map_err(failed())
}
