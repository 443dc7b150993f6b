//! `daybook erase`

use anyhow::Context as _;
use ledger::recorded::Actor;
use ledger::store::{Context, Ledger};
use ledger::values::SubjectRef;

use super::org::known;
use crate::cli::{Erase, Person};
use crate::out;

/// Erases a person. Safe to repeat.
pub(super) async fn run(ledger: Ledger, erase: Erase) -> anyhow::Result<()> {
    let Erase { org, person, reason } = erase;
    known(&ledger, org).await?;
    let subject = match person {
        Person { patient: Some(patient), .. } => ledger.names().subject(org, "patient", &patient),
        Person { subject: Some(subject), .. } => SubjectRef(subject),
        Person { patient: None, subject: None } => {
            anyhow::bail!("--patient or --subject is needed")
        }
    };
    let context = Context::fresh(&ledger, org, Actor("cli".to_owned()));
    let outcome = ledger
        .erase(&context, subject, reason)
        .await
        .context("not everything is erased: repeat the command until it succeeds")?;
    let position = outcome.position;
    if outcome.events.is_empty() {
        out::line(format_args!("subject {subject} was erased before"))?;
    } else {
        out::line(format_args!("subject {subject} is erased (position {position})"))?;
    }
    Ok(())
}
