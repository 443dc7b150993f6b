//! The bounded cache: what was unused longest goes first.

use super::{org::signed, prepared::Prepared, task::Writer};
use crate::{store::metrics::Counters, values::OrgId};

impl Writer {
    /// Drops what was not used for longest until the cache is three quarters full; not what the
    /// next batch has changed, since the log does not know of that yet.
    pub(super) fn evict(&mut self, next: &Prepared) {
        let limit = signed(self.limits.cache_bytes);
        if self.cache_bytes <= limit {
            return;
        }
        let mut held: Vec<_> = self
            .orgs
            .iter()
            .flat_map(|(org, state)| {
                state.aggregates.iter().map(|(key, cached)| (cached.used, *org, *key))
            })
            .collect();
        held.sort_unstable_by_key(|(used, org, _)| (*used, *org));
        let part = |org: &OrgId| next.part_of.get(org).and_then(|part| next.parts.get(*part));
        for (_, org_id, key) in held {
            if part(&org_id).is_some_and(|part| part.touched.contains(&key)) {
                continue;
            }
            if self.cache_bytes <= limit / 4 * 3 {
                break;
            }
            let Some(org) = self.orgs.get_mut(&org_id) else { continue };
            if let Some(cached) = org.aggregates.remove(&key) {
                self.cache_bytes -= signed(cached.weight);
                Counters::add(&self.counters.evictions, 1);
            }
            let idle = !org.loading && !org.in_ring && org.waiting.is_empty();
            if idle && org.aggregates.is_empty() && part(&org_id).is_none() {
                self.orgs.remove(&org_id);
            }
        }
    }
}
