//! Which events a reader asked for.

use ledger::{
    store::{Ledger, StoreError, Stored},
    values::OrgId,
};
use serde::Serialize;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::body::Params;

/// Which events a reader asked for; everything that is not said matches.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Filter {
    pub(super) types: Vec<String>,
    pub(super) aggregate: Option<String>,
    pub(super) aggregate_id: Option<Uuid>,
    /// Exclusive.
    pub(super) after: Option<i64>,
    /// Inclusive.
    pub(super) until: Option<i64>,
    /// Recorded at or after.
    #[serde(with = "time::serde::rfc3339::option")]
    pub(super) from: Option<OffsetDateTime>,
    /// Recorded before.
    #[serde(with = "time::serde::rfc3339::option")]
    pub(super) to: Option<OffsetDateTime>,
}

impl Filter {
    /// Reads the parameters; `type` may hold several names, each may end in `*`.
    pub(super) fn read(params: &mut Params) -> Self {
        let position = "a position, 0 or above";
        let types = params.text("type").map(|text| text.split(',').map(str::to_owned).collect());
        Self {
            types: types.unwrap_or_default(),
            aggregate: params.text("aggregate"),
            aggregate_id: params.parsed("aggregate_id", "a UUID is expected"),
            after: params.parsed::<u32>("after", position).map(i64::from),
            until: params.parsed::<u32>("until", position).map(i64::from),
            from: params.instant("from"),
            to: params.instant("to"),
        }
    }

    pub(super) fn matches(&self, event: &Stored) -> bool {
        let named = |pattern: &String| match pattern.strip_suffix('*') {
            Some(prefix) => event.event_type.starts_with(prefix),
            None => event.event_type == *pattern,
        };
        (self.types.is_empty() || self.types.iter().any(named))
            && self.aggregate.as_ref().is_none_or(|kind| *kind == event.aggregate_type)
            && self.aggregate_id.is_none_or(|id| id == event.aggregate_id)
    }

    /// Whether nothing at or after this event can match.
    pub(super) fn is_past(&self, event: &Stored) -> bool {
        self.until.is_some_and(|until| event.position > until)
            || self.to.is_some_and(|to| event.recorded_at >= to)
    }

    /// The position after which reading starts. Instants of recording never decrease along
    /// positions, so an instant is found by halving.
    pub(super) async fn start(&self, ledger: &Ledger, org: OrgId) -> Result<i64, StoreError> {
        let after = self.after.unwrap_or(0);
        let Some(from) = self.from else { return Ok(after) };
        let (mut low, mut high) = (after, ledger.head(org).await?.unwrap_or(0).max(after));
        // Everything up to `low` is earlier; everything after `high` is not.
        while low < high {
            let middle = low + (high - low + 1) / 2;
            match ledger.read_one(org, middle).await? {
                Some(event) if event.recorded_at < from => low = middle,
                _ => high = middle - 1,
            }
        }
        Ok(low)
    }
}
