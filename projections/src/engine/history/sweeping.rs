//! Letting answers go that nobody asks any more, also when nobody asks anything.

use std::{
    sync::Weak,
    time::{Duration, Instant},
};

use super::Inner;

/// Looks after the answers until there are none.
pub(super) async fn sweep(inner: Weak<Inner>) {
    loop {
        let Some(keep) = inner.upgrade().map(|inner| inner.options.keep) else { return };
        tokio::time::sleep((keep / 4).max(Duration::from_millis(100))).await;
        let Some(inner) = inner.upgrade() else { return };
        let now = Instant::now();
        let mut answers = inner.lock();
        answers.kept.retain(|_, answer| !inner.is_over(answer, now));
        if answers.kept.is_empty() {
            answers.swept = false;
            return;
        }
    }
}
