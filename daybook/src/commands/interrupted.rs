//! A signal while a one-shot command works: it is ended, and what it opened is closed, so that no
//! private PostgreSQL is left running behind it.

use std::future::Future;

use crate::serve::Signals;

/// A signal ended a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("interrupted by {0}: what was committed stays, the rest was not begun")]
pub struct Interrupted(&'static str);

impl Interrupted {
    /// As a shell counts a program that a signal ended.
    pub fn code(self) -> u8 {
        if self.0 == "SIGINT" { 130 } else { 143 }
    }
}

/// What to do at the first signal instead of ending the work: tell it, so that it ends well. The
/// second one ends it in any case.
pub(super) type Tell = Box<dyn FnOnce() + Send>;

/// Works until done or interrupted.
pub(super) async fn until_interrupted<T>(
    signals: &mut Signals,
    mut tell: Option<Tell>,
    work: impl Future<Output = anyhow::Result<T>>,
) -> anyhow::Result<T> {
    let mut work = std::pin::pin!(work);
    loop {
        tokio::select! {
            biased;
            name = signals.next() => match tell.take() {
                Some(tell) => {
                    tracing::warn!(signal = name, "stopping after what is in hand");
                    tell();
                }
                None => return Err(Interrupted(name).into()),
            },
            result = &mut work => return result,
        }
    }
}
