//! How far long work has got: a bar on a terminal, a log line now and then elsewhere.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Between two log lines.
const EVERY: Duration = Duration::from_secs(5);

/// The progress of one piece of work.
pub struct Progress {
    what: String,
    total: i64,
    at: AtomicI64,
    shown: Shown,
}

enum Shown {
    Bar(ProgressBar),
    Lines(Mutex<Instant>),
}

impl Progress {
    /// Work of `total` steps.
    pub fn new(what: impl Into<String>, total: i64) -> Self {
        let what = what.into();
        let shown = if std::io::stderr().is_terminal() {
            Shown::Bar(bar(&what, total))
        } else {
            Shown::Lines(Mutex::new(now()))
        };
        Self { what, total, at: AtomicI64::new(0), shown }
    }

    /// So many steps are done, of all.
    pub fn at(&self, done: i64) {
        self.at.store(done, Ordering::Relaxed);
        self.show(done);
    }

    /// So many steps more are done.
    pub fn more(&self, steps: i64) {
        let done = self.at.fetch_add(steps, Ordering::Relaxed) + steps;
        self.show(done);
    }

    /// The work is done; the bar goes.
    pub fn done(&self) {
        match &self.shown {
            Shown::Bar(bar) => bar.finish_and_clear(),
            Shown::Lines(_) => {
                let done = self.at.load(Ordering::Relaxed);
                tracing::info!(done, of = self.total, "{}: done", self.what);
            }
        }
    }

    fn show(&self, done: i64) {
        match &self.shown {
            Shown::Bar(bar) => bar.set_position(u64::try_from(done).unwrap_or(0)),
            Shown::Lines(last) => {
                let Ok(mut last) = last.try_lock() else { return };
                if last.elapsed() >= EVERY {
                    *last = now();
                    tracing::info!(done, of = self.total, "{}", self.what);
                }
            }
        }
    }
}

fn bar(what: &str, total: i64) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(total).unwrap_or(0));
    let template = "{msg} {wide_bar} {human_pos}/{human_len} {per_sec} {eta}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_message(what.to_owned());
    bar
}

/// The machine's own stopwatch; no business depends on it.
fn now() -> Instant {
    Instant::now()
}
