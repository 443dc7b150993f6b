//! `daybook verify`

use std::process::ExitCode;

use super::dispatch::with_ledger;
use crate::cli::Verify;
use crate::config::Config;
use crate::out;
use crate::verify::{self, Outcome, Verdict};

/// Verifies, says what came out, and answers the exit code.
pub(super) async fn run(config: &Config, verify: Verify) -> anyhow::Result<ExitCode> {
    let Verify { file, org, expect_head } = verify;
    let verdicts = match file {
        Some(path) => {
            vec![tokio::task::spawn_blocking(move || verify::file(&path, &expect_head)).await??]
        }
        None => {
            let held = expect_head;
            with_ledger(config, |ledger| async move { verify::database(&ledger, org, &held).await })
                .await?
        }
    };
    let code = verify::exit_code(&verdicts);
    for verdict in &verdicts {
        out::line(sentence(verdict))?;
    }
    if verdicts.is_empty() {
        out::line("there are no orgs: nothing to verify")?;
    }
    if code == verify::UNWITNESSED {
        out::line(
            "A log alone cannot show whether it was rewritten as a whole or cut at its end: keep \
             these heads elsewhere and give them back with --expect-head. (exit code 3)",
        )?;
    }
    Ok(ExitCode::from(code))
}

fn sentence(verdict: &Verdict) -> String {
    let whose = verdict.org.map(|org| format!("org {org}: ")).unwrap_or_default();
    match &verdict.outcome {
        Outcome::Damaged(what) => format!("{whose}DAMAGED at {what}"),
        Outcome::Sound { head, streams, held } => {
            let count = head.position;
            let witness = match held {
                Some(position) => format!(", as your head says up to position {position}"),
                None => String::new(),
            };
            format!("{whose}sound, {count} events in {streams} streams{witness}; head {head}")
        }
    }
}
