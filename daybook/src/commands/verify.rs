//! `daybook verify`

use std::process::ExitCode;

use super::dispatch::with_ledger;
use crate::cli::Verify;
use crate::config::Config;
use crate::installation::signers;
use crate::out;
use crate::verify::{self, Outcome, Tree, Verdict};

/// Verifies, says what came out, and answers the exit code.
pub(super) async fn run(config: &Config, verify: Verify) -> anyhow::Result<ExitCode> {
    let verdicts = verdicts(config, verify).await?;
    let code = verify::exit_code(&verdicts);
    for verdict in &verdicts {
        out::line(sentence(verdict))?;
    }
    if verdicts.is_empty() {
        out::line("there are no orgs: nothing to verify")?;
    }
    if code == verify::UNWITNESSED {
        out::line(unwitnessed(&verdicts))?;
    }
    if verdicts.iter().any(|verdict| matches!(verdict.outcome, Outcome::Proved { .. })) {
        out::line(
            "A bundle cannot show whether anything happened to these streams after the last event \
             that it holds; of a period it holds everything.",
        )?;
    }
    Ok(ExitCode::from(code))
}

async fn verdicts(config: &Config, verify: Verify) -> anyhow::Result<Vec<Verdict>> {
    let Verify { file, org, expect_head: mut heads, checkpoint, key: mut keys } = verify;
    match verify::held(&checkpoint, &keys)? {
        Ok(held) => heads.extend(held),
        Err(verdict) => return Ok(vec![verdict]),
    }
    if let Some(path) = file {
        let verified = move || verify::file(&path, &heads, &keys);
        return Ok(vec![tokio::task::spawn_blocking(verified).await??]);
    }
    keys.extend(signers(&config.checkpoints)?.known());
    with_ledger(config, |ledger| async move { verify::database(&ledger, org, &heads, &keys).await })
        .await
}

/// What cannot be excluded, and what would.
fn unwitnessed(verdicts: &[Verdict]) -> &'static str {
    if verdicts.iter().any(|verdict| matches!(verdict.outcome, Outcome::Proved { .. })) {
        "Nobody's signature was checked, so anybody may have made this bundle: give --key, the \
         public key of whoever signs. (exit code 3)"
    } else {
        "A log alone cannot show whether it was rewritten as a whole or cut at its end: keep these \
         heads elsewhere and give them back with --expect-head, or a signed checkpoint with \
         --checkpoint and --key. (exit code 3)"
    }
}

fn sentence(verdict: &Verdict) -> String {
    let whose = verdict.org.map(|org| format!("org {org}: ")).unwrap_or_default();
    match &verdict.outcome {
        Outcome::Damaged(what) => format!("{whose}DAMAGED at {what}"),
        Outcome::Proved { what, signed_by } => match signed_by {
            Some(key) => format!("{whose}sound, {what}, signed by {key}"),
            None => format!("{whose}sound in itself, {what}"),
        },
        Outcome::Sound { head, streams, held, tree } => {
            let count = head.position;
            let witness = match held {
                Some(position) => format!(", as your head says up to position {position}"),
                None => String::new(),
            };
            let kept = tree.as_ref().map(kept).unwrap_or_default();
            format!("{whose}sound, {count} events in {streams} streams{witness}{kept}; head {head}")
        }
    }
}

/// What is kept of the tree, and what about it cannot be told.
fn kept(tree: &Tree) -> String {
    let kept = format!(", {} tiles, {} signed checkpoints", tree.tiles, tree.signed);
    match &tree.strange {
        Some(strange) => format!("{kept} and others ({strange})"),
        None => kept,
    }
}
