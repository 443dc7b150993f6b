//! Which orgs have something new, each listed once, none worked on twice at a time.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};

use ledger::values::OrgId;
use tokio::sync::Notify;

/// Where a follower stands in one org.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// The last event that it has handled.
    pub position: i64,
    /// Which table it fills; `None` for a policy.
    pub slot: Option<super::super::Slot>,
    /// Whether it moves.
    pub gait: Gait,
}

/// Whether a follower moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gait {
    /// It does.
    Following,
    /// It was never here: its rows in `active_slots` and `checkpoints` are still to be made.
    New,
    /// It met an event that it cannot digest, and waits.
    Parked,
    /// The active table was filled by another version: a rebuild is due, or an upgrade.
    OtherVersion,
}

impl Place {
    pub(crate) fn moves(&self) -> bool {
        matches!(self.gait, Gait::Following | Gait::New)
    }
}

/// Where all followers stand in one org: models first, then policies.
pub(crate) type Places = Vec<Place>;

#[derive(Default)]
struct Inner {
    waiting: VecDeque<OrgId>,
    listed: HashSet<OrgId>,
    busy: HashSet<OrgId>,
    /// Rung again while being worked on.
    again: HashSet<OrgId>,
    /// To be read anew, said while being worked on.
    stale: HashSet<OrgId>,
    places: HashMap<OrgId, Places>,
}

/// The set of dirty orgs, and what is known of where followers stand.
#[derive(Default)]
pub(crate) struct Dirty {
    inner: Mutex<Inner>,
    rung: Notify,
}

impl Dirty {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        // Nothing here can panic halfway; a poisoned lock still guards a sound set.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something happened in an org whose head is said to be `head`. What everybody is known to
    /// have handled already is passed over.
    pub(crate) fn ring(&self, org: OrgId, head: i64) {
        let mut inner = self.inner();
        let handled = inner.places.get(&org).is_some_and(|places| {
            places.iter().all(|place| !place.moves() || place.position >= head)
        });
        if !handled {
            inner.list(org);
            drop(inner);
            self.rung.notify_one();
        }
    }

    /// Forgets where followers stand in an org and looks at it anew.
    pub(crate) fn reload(&self, org: OrgId) {
        let mut inner = self.inner();
        inner.places.remove(&org);
        if inner.busy.contains(&org) {
            inner.stale.insert(org);
        }
        inner.list(org);
        drop(inner);
        self.rung.notify_one();
    }

    /// Takes up to `count` orgs to work on, sorted, with where followers are known to stand.
    pub(crate) fn take(&self, count: usize) -> Vec<(OrgId, Option<Places>)> {
        let mut inner = self.inner();
        let mut taken = Vec::new();
        while taken.len() < count {
            let Some(org) = inner.waiting.pop_front() else { break };
            inner.listed.remove(&org);
            inner.busy.insert(org);
            taken.push((org, inner.places.get(&org).cloned()));
        }
        let more = !inner.waiting.is_empty();
        drop(inner);
        if more {
            self.rung.notify_one();
        }
        taken.sort_unstable_by_key(|(org, _)| *org);
        taken
    }

    /// Ends the work on an org: remembers where followers stand, and lists it again if there is
    /// `more` or somebody rang meanwhile.
    pub(crate) fn done(&self, org: OrgId, places: Option<Places>, more: bool) {
        let mut inner = self.inner();
        inner.busy.remove(&org);
        let stale = inner.stale.remove(&org);
        match places.filter(|_| !stale) {
            Some(places) => inner.places.insert(org, places),
            None => inner.places.remove(&org),
        };
        let again = inner.again.remove(&org);
        if more || again {
            inner.list(org);
            drop(inner);
            self.rung.notify_one();
        }
    }

    /// Where followers are known to stand in an org.
    pub(crate) fn places(&self, org: OrgId) -> Option<Places> {
        self.inner().places.get(&org).cloned()
    }

    /// How many orgs wait.
    pub(crate) fn len(&self) -> usize {
        self.inner().waiting.len()
    }

    /// Waits until somebody rings.
    pub(crate) async fn rung(&self) {
        self.rung.notified().await;
    }
}

impl Inner {
    fn list(&mut self, org: OrgId) {
        if self.busy.contains(&org) {
            self.again.insert(org);
        } else if self.listed.insert(org) {
            self.waiting.push_back(org);
        }
    }
}
