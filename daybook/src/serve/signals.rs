//! SIGTERM and SIGINT: the first one asks to stop, the second one does not ask.

use anyhow::Context;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// As a shell counts a program that was interrupted.
const FORCED: i32 = 130;

/// Both signals, heard from now on.
pub(crate) struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    /// Begins to listen.
    ///
    /// # Errors
    /// When the system refuses.
    pub(crate) fn listen() -> anyhow::Result<Self> {
        let signals = || -> std::io::Result<Self> {
            Ok(Self {
                interrupt: signal(SignalKind::interrupt())?,
                terminate: signal(SignalKind::terminate())?,
            })
        };
        signals().context("cannot listen to signals")
    }

    /// Waits for the next one and says which it was.
    pub(crate) async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.interrupt.recv() => "SIGINT",
            _ = self.terminate.recv() => "SIGTERM",
        }
    }

    /// From now on a signal ends the program at once. What is in the database stays sound: the
    /// next start finds it.
    pub(crate) fn end_at_once(mut self) {
        tokio::spawn(async move {
            let name = self.next().await;
            tracing::warn!(signal = name, "a second signal: stopping at once");
            std::process::exit(FORCED);
        });
    }
}
