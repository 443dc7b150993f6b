//! Signing how far the logs go, beside everything else. Any number of nodes may do it.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use ledger::store::Ledger;
use ledger::store::notary::{Signers, sign_head, unsigned};
use ledger::store::operating::orgs_with_traces;
use ledger::values::OrgId;
use time::OffsetDateTime;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Logs that are followed at the same time.
const AT_ONCE: usize = 2;

/// A head that another node moved shows up within this time, whatever its clock says.
const OVERLAP: time::Duration = time::Duration::minutes(2);

/// Every so many looks all heads are looked at, not only those that moved lately.
const THOROUGH: u32 = 30;

/// The running notary.
pub(super) struct Notary {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Notary {
    /// Starts; the first look is at once and at every log, because the key may be a new one.
    pub(super) fn start(ledger: Ledger, signers: Signers, every: Duration) -> Self {
        let (stop, stopping) = watch::channel(false);
        Self { stop, task: tokio::spawn(look(ledger, signers, every, stopping)) }
    }

    /// Lets the checkpoint in hand be signed, and ends.
    pub(super) async fn stop(self) {
        self.stop.send_replace(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the notary failed");
        }
    }
}

async fn look(ledger: Ledger, signers: Signers, every: Duration, mut stop: watch::Receiver<bool>) {
    let mut looks = 0_u32;
    let mut looked_at: Option<OffsetDateTime> = None;
    loop {
        let now = ledger.clock().now();
        let found = if looks == 0 {
            orgs_with_traces(&ledger).await
        } else {
            let since = looked_at.filter(|_| !looks.is_multiple_of(THOROUGH));
            unsigned(&ledger, since.map(|at| at - OVERLAP)).await
        };
        match found {
            Ok(orgs) => {
                sign_all(&ledger, &signers, orgs, &stop).await;
                (looks, looked_at) = (looks.wrapping_add(1).max(1), Some(now));
            }
            Err(error) => tracing::warn!(%error, "logs to sign could not be found"),
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(every) => {}
        }
    }
}

async fn sign_all(
    ledger: &Ledger,
    signers: &Signers,
    orgs: Vec<OrgId>,
    stop: &watch::Receiver<bool>,
) {
    stream::iter(orgs)
        .for_each_concurrent(AT_ONCE, |org| async move {
            if *stop.borrow() {
                return;
            }
            if let Err(error) = sign_head(ledger, org, signers).await {
                let error = format!("{:#}", anyhow::Error::new(error));
                tracing::error!(%org, error, "a log was not signed");
            }
        })
        .await;
}
