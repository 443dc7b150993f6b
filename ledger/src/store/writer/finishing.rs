//! What follows an append: answers, or another round.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    append::Ended,
    intake::answer_known,
    job::{Job, Verdict},
    org::signed,
    prepared::{Entry, Planned, Prepared},
    task::Writer,
};
use crate::{
    store::{ExecuteError, StoreError, metrics::Counters, told},
    values::OrgId,
};

/// A head that is refused so often although it is where we expect it is no lost race.
const PHANTOMS: u32 = 3;
/// How long commands of an org are turned away whose head somebody else would not let go.
const STUCK: Duration = Duration::from_secs(2);
pub(super) const BUSY: ExecuteError = ExecuteError::Busy { retry_after_seconds: 2 };

impl Writer {
    /// Answers the commands of a batch, or lets them go round again.
    pub(super) fn finish(&mut self, prepared: Prepared, ended: Ended, took: Duration) {
        match ended {
            Ended::Taken(taken) => self.taken(prepared, &taken, took),
            Ended::Failed(error) => {
                self.undo(&prepared, |_| true);
                for entry in prepared.entries {
                    entry.job.reply.answer(Err(ExecuteError::Store(error.clone())));
                }
            }
            Ended::Blame(error) => self.blame(prepared, &error),
            Ended::Resolved(mut found) => {
                self.undo(&prepared, |_| true);
                for Entry { job, .. } in prepared.entries {
                    match found.remove(&(job.org(), job.command_id())) {
                        Some(record) => answer_known(job, record),
                        None => self.again(job),
                    }
                }
            }
            Ended::Unresolved => {
                self.undo(&prepared, |_| true);
                for Entry { job, recorded, .. } in prepared.entries {
                    let command_id = job.command_id();
                    let answer = if recorded {
                        ExecuteError::Indeterminate { command_id }
                    } else {
                        ExecuteError::Store(StoreError::Connection {
                            operation: "appending",
                            reason: "the database went away".to_owned(),
                        })
                    };
                    job.reply.answer(Err(answer));
                }
            }
        }
    }

    fn taken(&mut self, prepared: Prepared, taken: &[Option<bool>], took: Duration) {
        Counters::add(&self.counters.batches, 1);
        self.undo(&prepared, |part| taken[part] != Some(true));
        for (index, part) in prepared.parts.iter().enumerate() {
            let Some(org) = self.orgs.get_mut(&part.org) else { continue };
            if taken[index].is_none() {
                org.stuck_until = Some(Instant::now() + STUCK);
            } else if taken[index] == Some(true) {
                org.phantoms = 0;
                org.proved = org.proved.max(part.new_head);
                if part.new_head > part.old_head {
                    let appended = part.new_head - part.old_head;
                    Counters::add(&self.counters.events, appended.unsigned_abs());
                    // Nobody listening is fine.
                    let _ = self.doorbell.send((part.org, part.new_head));
                }
            } else {
                Counters::add(&self.counters.cas_misses, 1);
            }
        }
        let together = prepared.entries.len();
        for entry in prepared.entries {
            match (taken[entry.part], entry.planned) {
                (Some(true), Planned::Accepted(outcome)) => {
                    told::append(&entry.job.span, &outcome, together, took);
                    entry.job.reply.answer(Ok(Verdict::Done(outcome)));
                }
                (Some(true), Planned::Refused(refusal)) => self.refuse(entry.job, refusal),
                (Some(false), _) => self.behind(entry.job),
                (None, _) => entry.job.reply.answer(Err(BUSY)),
            }
        }
    }

    /// A proved refusal. Another process may have carried out the same command between our look-up
    /// and the head that proves this, and its own effect would be the reason: the id is looked up
    /// once more, and who is known is answered from the record.
    fn refuse(&mut self, mut job: Job, refusal: ExecuteError) {
        match self.lookups.upgrade() {
            Some(lookups) if !job.batch.dry_run => {
                job.refused = Some(refusal);
                // A closed channel drops the job, and the job says so to its caller.
                let _ = lookups.send(job);
            }
            _ => job.reply.answer(Err(refusal)),
        }
    }

    /// Its org's head had moved: read what happened, then decide again.
    fn behind(&mut self, mut job: Job) {
        if job.tries.round() {
            job.reply.answer(Err(ExecuteError::Conflict));
            return;
        }
        let org_id = job.org();
        let org = self.orgs.entry(org_id).or_default();
        org.waiting.push(job);
        org.phantoms += u32::from(org.waiting.len() == 1);
        if org.phantoms > PHANTOMS {
            let error = StoreError::Configuration(
                "the head of an org cannot be moved although it is where it should be: the \
                 writer's role lacks a policy or a grant on org_heads"
                    .to_owned(),
            );
            org.phantoms = 0;
            self.cache_bytes -= signed(org.forget());
            self.fail_waiting(org_id, &ExecuteError::Store(error));
            return;
        }
        self.load(org_id);
    }

    /// A batch was rolled back because of one command: each goes on its own, and its id is
    /// looked up again, since another process may have carried it out.
    fn blame(&mut self, prepared: Prepared, error: &StoreError) {
        self.undo(&prepared, |_| true);
        let single = prepared.entries.len() == 1;
        for Entry { mut job, .. } in prepared.entries {
            if job.tries.fail(single) {
                job.reply.answer(Err(ExecuteError::Store(error.clone())));
            } else {
                self.again(job);
            }
        }
    }

    /// Sends a command through the look-up once more.
    fn again(&mut self, mut job: Job) {
        if job.tries.round() {
            job.reply.answer(Err(ExecuteError::Conflict));
        } else if job.batch.dry_run {
            self.queue(job);
        } else if let Some(lookups) = self.lookups.upgrade() {
            // A closed channel drops the job, and the job says so to its caller.
            let _ = lookups.send(job);
        }
    }

    /// Takes back what the batch had assumed of these parts' orgs.
    pub(super) fn undo(&mut self, prepared: &Prepared, which: impl Fn(usize) -> bool) {
        for (index, part) in prepared.parts.iter().enumerate() {
            if which(index)
                && let Some(org) = self.orgs.get_mut(&part.org)
            {
                self.cache_bytes -= signed(org.roll_back(part.old_head, &part.touched));
            }
        }
    }

    pub(super) fn fail_waiting(&mut self, org_id: OrgId, error: &ExecuteError) {
        let Some(org) = self.orgs.get_mut(&org_id) else { return };
        for job in org.waiting.drain(..) {
            job.reply.answer(Err(error.clone()));
        }
    }

    pub(super) fn counters_of_cache(&self) {
        let cache = &self.counters.cache_bytes;
        cache.store(self.cache_bytes, std::sync::atomic::Ordering::Relaxed);
    }
}

/// Shared answers are cheap to take apart when nobody else holds them.
pub(in super::super) fn owned<T: Clone>(shared: Arc<T>) -> T {
    Arc::unwrap_or_clone(shared)
}
