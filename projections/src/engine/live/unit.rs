//! New events of one org, heard by all followers that stand at the same position.

use std::collections::HashMap;

use ledger::values::OrgId;

use super::{
    super::{
        log::{Entry, caught},
        projector::Batch,
    },
    dirty::{Gait, Place},
    followers::{Followers, One},
};

/// An event that a follower cannot digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Poison {
    /// Place in the log.
    pub position: i64,
    /// What went wrong.
    pub error: String,
}

/// Events known to be indigestible when folded, by org and follower.
pub(crate) type KnownPoison = HashMap<(OrgId, usize), Poison>;

/// A follower within a unit.
pub(crate) struct Member {
    /// Index among all followers.
    pub follower: usize,
    /// Where it stands.
    pub place: Place,
    /// What it heard; `None` for a policy.
    pub batch: Option<Box<dyn Batch>>,
    /// Where it will stand.
    pub target: i64,
    /// Why it stops there.
    pub poison: Option<Poison>,
    /// It is a policy and the next event concerns it.
    pub concerned: bool,
    /// Whether the database let it move; a rival may have been faster.
    pub moved: bool,
}

/// Work for one org from one position on.
pub(crate) struct Unit {
    /// Whose.
    pub org: OrgId,
    /// Where its members stand.
    pub from: i64,
    /// Who takes part.
    pub members: Vec<Member>,
    /// The events, in order.
    pub entries: Vec<Entry>,
    /// Whether there may be more events after these.
    pub full: bool,
    /// A newer program wrote the next event: everybody waits for the upgrade.
    pub unknown_at: Option<i64>,
}

impl Unit {
    /// Groups an org's moving followers by where they stand.
    pub(crate) fn of(org: OrgId, places: &[Place], only: Option<usize>) -> Vec<Self> {
        let mut units: Vec<Self> = Vec::new();
        for (follower, place) in places.iter().enumerate() {
            if !place.moves() || only.is_some_and(|only| only != follower) {
                continue;
            }
            let member = Member {
                follower,
                place: *place,
                batch: None,
                target: place.position,
                poison: None,
                concerned: false,
                moved: false,
            };
            match units.iter_mut().find(|unit| unit.from == place.position) {
                Some(unit) => unit.members.push(member),
                None => units.push(Self {
                    org,
                    from: place.position,
                    members: vec![member],
                    entries: Vec::new(),
                    full: false,
                    unknown_at: None,
                }),
            }
        }
        units
    }

    /// Lets every member hear the events.
    pub(crate) fn hear(&mut self, followers: &Followers, known: &KnownPoison) {
        self.unknown_at = self.entries.iter().find_map(|entry| match entry {
            Entry::Unknown { position } => Some(*position),
            Entry::Event(_) | Entry::Malformed { .. } => None,
        });
        for member in &mut self.members {
            let known = known.get(&(self.org, member.follower));
            match followers.one(member.follower) {
                One::Model(model) => {
                    let mut batch = model.batch();
                    let hears = |name: &str| model.hears(name);
                    member.hear(&self.entries, known, hears, |event| {
                        batch.hear(event);
                        true
                    });
                    if let Some(poison) = &member.poison {
                        batch.forget_from(poison.position);
                    }
                    member.batch = Some(batch);
                }
                One::Policy(policy) => {
                    let hears = |name: &str| policy.hears(name);
                    member.hear(&self.entries, known, hears, |event| policy.key(event).is_none());
                }
            }
        }
    }
}

impl Unit {
    /// Whether anything is to be written.
    pub(crate) fn moves_or_parks(&self) -> bool {
        self.members.iter().any(|member| member.wants_to_move() || member.poison.is_some())
    }
}

impl Member {
    pub(crate) fn wants_to_move(&self) -> bool {
        self.target > self.place.position
    }

    /// Where it stands once the work is committed.
    pub(crate) fn place_after(&self) -> Place {
        let gait = match (&self.poison, self.wants_to_move()) {
            (Some(_), _) => Gait::Parked,
            (None, true) => Gait::Following,
            (None, false) => self.place.gait,
        };
        Place { position: self.target, slot: self.place.slot, gait }
    }

    /// Goes through the events until one stops it; `pass` says whether an event may be passed.
    fn hear(
        &mut self,
        entries: &[Entry],
        known: Option<&Poison>,
        hears: impl Fn(&str) -> bool,
        mut pass: impl FnMut(&ledger::recorded::Recorded) -> bool,
    ) {
        for entry in entries {
            let position = entry.position();
            if let Some(known) = known.filter(|known| known.position == position) {
                self.poison = Some(known.clone());
                return;
            }
            match entry {
                Entry::Unknown { .. } => return,
                Entry::Malformed { event_type, reason, .. } if hears(event_type) => {
                    self.poison = Some(Poison { position, error: reason.clone() });
                    return;
                }
                Entry::Event(event) if hears(event.event.name()) => match caught(|| pass(event)) {
                    Ok(true) => {}
                    Ok(false) => {
                        self.concerned = true;
                        return;
                    }
                    Err(error) => {
                        self.poison = Some(Poison { position, error });
                        return;
                    }
                },
                Entry::Malformed { .. } | Entry::Event(_) => {}
            }
            self.target = position;
        }
    }

    /// Folds what was heard onto the loaded rows.
    pub(crate) fn fold(&mut self) -> Result<(), Poison> {
        let Some(batch) = &mut self.batch else { return Ok(()) };
        let mut position = 0;
        caught(|| batch.fold(&mut position)).map_err(|error| Poison { position, error })
    }
}
