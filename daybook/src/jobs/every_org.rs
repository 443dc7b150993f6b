//! Going through all orgs, and what came of it.

use std::fmt;
use std::future::Future;

use anyhow::Context;
use ledger::store::Ledger;
use ledger::store::tenants::{OrgStanding, orgs};
use ledger::values::OrgId;
use tokio::sync::watch;

/// What a job did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Orgs that were looked at.
    pub orgs: usize,
    /// What was changed, in the job's own unit.
    pub changed: usize,
    /// The first complaint of each org that had one.
    pub complaints: Vec<(OrgId, String)>,
}

impl Summary {
    /// Whether all was in order already.
    pub fn did_nothing(&self) -> bool {
        self.changed == 0 && self.complaints.is_empty()
    }

    /// One line for the record, if something went wrong. Orgs are named, people never.
    pub fn complaint(&self) -> Option<String> {
        let (org, first) = self.complaints.first()?;
        let count = self.complaints.len();
        Some(format!("{count} of {} orgs failed; org {org}: {first}", self.orgs))
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} orgs, {} changes", self.orgs, self.changed)
    }
}

/// Works on every org that is not closed, one after the other, until told to stop.
///
/// # Errors
/// When the orgs cannot be listed. What fails for an org is in the summary.
pub(super) async fn every_org<F>(
    ledger: &Ledger,
    stop: &watch::Receiver<bool>,
    work: impl Fn(OrgId) -> F,
) -> anyhow::Result<Summary>
where
    F: Future<Output = anyhow::Result<usize>>,
{
    let mut summary = Summary::default();
    for org in orgs(ledger).await.context("cannot list the orgs")? {
        if *stop.borrow() {
            break;
        }
        if org.standing() == OrgStanding::Closed {
            continue;
        }
        summary.orgs += 1;
        match work(org.id).await {
            Ok(changed) => summary.changed += changed,
            Err(error) => {
                let error = format!("{error:#}");
                tracing::warn!(org = %org.id, error, "a job failed for an org");
                summary.complaints.push((org.id, error));
            }
        }
    }
    Ok(summary)
}
