//! Time on a processor, which other work on the machine disturbs less than time on the clock.

use std::fs;

/// Of one of the kernel's ticks, in microseconds (`USER_HZ` is 100).
const TICK: f64 = 10_000.0;

/// What processes have spent so far, in microseconds.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Spent {
    /// This process, without the thread that asks over HTTP.
    ours: f64,
    /// PostgreSQL.
    server: f64,
}

/// What one process or thread has spent.
struct Stat {
    parent: u64,
    own: f64,
    /// Children that have ended.
    ended: f64,
}

impl Spent {
    /// So far; `postmaster` is the server's first process.
    pub(crate) fn so_far(postmaster: u64) -> Self {
        let whole = stat("/proc/self/stat").map_or(0.0, |stat| stat.own);
        let asking: f64 = folders("/proc/self/task")
            .filter(|task| is_asking(task))
            .filter_map(|task| Some(stat(&format!("{task}/stat"))?.own))
            .sum();
        let first = stat(&format!("/proc/{postmaster}/stat"));
        let children = folders("/proc")
            .filter_map(|process| stat(&format!("{process}/stat")))
            .filter(|stat| stat.parent == postmaster)
            .map(|stat| stat.own);
        let server = first.map_or(0.0, |stat| stat.own + stat.ended) + children.sum::<f64>();
        Self { ours: whole - asking, server }
    }

    /// Since then, by so many commands: here, and in PostgreSQL.
    pub(crate) fn since(self, then: Self, commands: f64) -> [(&'static str, f64); 2] {
        let each = |now: f64, then: f64| (now - then).max(0.0) / commands.max(1.0);
        [
            ("µs of CPU a command here", each(self.ours, then.ours)),
            ("in PostgreSQL", each(self.server, then.server)),
        ]
    }
}

/// Whether a thread is the one that asks over HTTP.
fn is_asking(task: &str) -> bool {
    fs::read_to_string(format!("{task}/comm")).is_ok_and(|name| name.trim() == "load")
}

fn folders(path: &str) -> impl Iterator<Item = String> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries.map(|entry| entry.path().to_string_lossy().into_owned())
}

/// Reads `/proc/…/stat`, whose second field is a name in brackets that may hold anything.
fn stat(path: &str) -> Option<Stat> {
    let text = fs::read_to_string(path).ok()?;
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |place: usize| fields.get(place)?.parse::<f64>().ok().map(|ticks| ticks * TICK);
    Some(Stat {
        parent: fields.get(1)?.parse().ok()?,
        own: ticks(11)? + ticks(12)?,
        ended: ticks(13)? + ticks(14)?,
    })
}

#[cfg(test)]
mod tests {
    use super::{Spent, stat};

    #[test]
    fn our_own_time_is_told_and_a_stranger_has_none() {
        let here = stat("/proc/self/stat").unwrap();
        assert!(here.parent > 0 && here.own >= 0.0);
        let nobody = Spent::so_far(u64::MAX);
        assert!(nobody.server == 0.0);
        assert_eq!(nobody.since(nobody, 10.0).map(|(_, number)| number), [0.0, 0.0]);
    }
}
