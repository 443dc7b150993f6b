//! `daybook import csv`

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use ledger::store::Ledger;

use crate::cli::CsvImport;
use crate::commands::org::known;
use crate::import::{Problem, Proof, carry_out, digest, prove, read_accounts, read_invoices};
use crate::out;
use crate::progress::Progress;

/// The files are wrong or do not balance.
const WRONG: u8 = 2;
/// Complaints that are printed; the first ones tell the story.
const PRINTED: usize = 200;

/// Proves, and brings in what is proved.
pub(super) async fn run(ledger: &Ledger, import: CsvImport) -> anyhow::Result<ExitCode> {
    known(ledger, import.org).await?;
    let (accounts, invoices) = (load(&import.accounts)?, load(&import.invoices)?);
    let digest = digest(&accounts, &invoices);
    let accounts = read_accounts(&name(&import.accounts), &accounts);
    let invoices = read_invoices(&name(&import.invoices), &invoices);
    let problems: Vec<Problem> = [accounts.problems, invoices.problems].concat();
    let proof = prove(&accounts.lines, &invoices.lines);
    complain(&problems)?;
    print(&proof)?;
    out::line(format_args!("digest    {digest}"))?;
    if !problems.is_empty() || !proof.holds() {
        let what = if problems.is_empty() { "the files do not balance" } else { "see above" };
        out::line(format_args!("nothing was brought in: {what}"))?;
        return Ok(ExitCode::from(WRONG));
    }
    if import.dry_run {
        out::line("the proof holds; nothing was brought in (--dry-run)")?;
        return Ok(ExitCode::SUCCESS);
    }
    let progress = Progress::new("import", i64::try_from(invoices.lines.len())?);
    let lines = (accounts.lines.as_slice(), invoices.lines.as_slice());
    let mut at = |done| progress.at(done);
    let carried = carry_out(ledger, import.org, digest, lines, import.opened_on, &mut at).await;
    let carried = carried.context("the import stopped; the same command goes on with it")?;
    progress.done();
    let (entries, invoices) = (carried.entries, carried.invoices);
    let when = if carried.was_finished { "was in already" } else { "is in" };
    out::line(format_args!("all of it {when}: {entries} opening entries, {invoices} invoices"))?;
    Ok(ExitCode::SUCCESS)
}

fn load(path: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn name(path: &Path) -> String {
    path.display().to_string()
}

fn complain(problems: &[Problem]) -> anyhow::Result<()> {
    for problem in problems.iter().take(PRINTED) {
        out::line(problem)?;
    }
    if problems.len() > PRINTED {
        out::line(format_args!("… and {} more", problems.len() - PRINTED))?;
    }
    Ok(())
}

/// In minor units, so that nothing is rounded on the way to the eye.
fn print(proof: &Proof) -> anyhow::Result<()> {
    let rows = proof.0.iter().map(|(currency, balance)| {
        [
            currency.to_string(),
            balance.debit_minor.to_string(),
            balance.credit_minor.to_string(),
            balance.receivables_minor.to_string(),
            balance.invoices_minor.to_string(),
            balance.invoices.to_string(),
            balance.opening_minor.to_string(),
            if balance.holds() { "holds" } else { "DOES NOT HOLD" }.to_owned(),
        ]
    });
    let header = [
        "currency",
        "debits",
        "credits",
        "account 1100",
        "owed of invoices",
        "invoices",
        "left on 3900",
        "proof",
    ];
    Ok(out::table(header, rows)?)
}
