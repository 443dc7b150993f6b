//! `daybook import postgres-es`

use std::process::ExitCode;

use anyhow::{Context, bail};
use api::onboarding::draw_org;
use ledger::store::Ledger;
use ledger::store::postgres_es::{Mapping, Source, Survey, bring_in, survey};
use ledger::store::tenants::{KeyRequest, Role, mint_key};
use ledger::values::OrgId;

use crate::cli::PostgresEsImport;
use crate::commands::org::known;
use crate::progress::Progress;
use crate::{FAILED, out};

/// Surveys the table, and appends it.
pub(super) async fn run(ledger: &Ledger, import: PostgresEsImport) -> anyhow::Result<ExitCode> {
    let config = import.source.parse::<tokio_postgres::Config>();
    let Ok(mut config) = config else {
        bail!("--source: postgresql://user:password@host:port/database is expected");
    };
    config.application_name("daybook-import");
    if let Some(org) = import.org {
        known(ledger, org).await?;
    }
    let org = import.org.unwrap_or_else(draw_org);
    let mapping = Mapping(import.rename.into_iter().collect());
    let mut source = Source::open(&config, &import.table, &import.time_field)
        .await
        .with_context(|| format!("cannot read {} there", import.table))?;
    let reading = Progress::new("reading", 0);
    let surveyed = survey(&mut source, org, &mapping, &mut |read| reading.at(read)).await?;
    reading.done();
    print(&surveyed)?;
    if surveyed.unreadable_rows > 0 {
        out::line("nothing was brought in: the rows above are nothing here")?;
        return Ok(ExitCode::from(FAILED));
    }
    if import.dry_run {
        out::line("every row can be brought in; nothing was (--dry-run)")?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(name) = &import.new_org {
        create(ledger, org, name).await?;
    }
    let appending = Progress::new("appending", surveyed.rows);
    let mut at = |done| appending.at(done);
    let brought = bring_in(ledger, org, &mut source, &mapping, &surveyed, &mut at).await?;
    appending.done();
    let (events, head) = (brought.events, brought.head);
    let when = match (brought.was_finished, brought.resumed) {
        (true, _) => "were in already",
        (false, true) => "are in; an interrupted import was gone on with",
        (false, false) => "are in",
    };
    out::line(format_args!("{events} events {when}; org {org} is at position {head}"))?;
    Ok(ExitCode::SUCCESS)
}

/// An org without an account: its log brings that.
async fn create(ledger: &Ledger, org: OrgId, name: &str) -> anyhow::Result<()> {
    ledger.create_org(org, name).await?;
    let label = "owner".to_owned();
    let owner =
        KeyRequest { role: Role::Owner, label, expires_at: None, rate_limit_per_minute: None };
    let key = mint_key(ledger, org, owner).await?;
    out::line(format_args!("org_id    {org}"))?;
    out::line(format_args!("owner_key {}", key.text))?;
    Ok(())
}

fn print(survey: &Survey) -> anyhow::Result<()> {
    out::line(format_args!("digest    {}", survey.digest))?;
    out::line(format_args!("rows      {} in {} streams", survey.rows, survey.streams))?;
    if survey.timeless > 0 {
        out::line(format_args!("timeless  {} rows get the time of the import", survey.timeless))?;
    }
    for (event, count) in &survey.events {
        out::line(format_args!("{count:>9} {event}"))?;
    }
    for unreadable in &survey.unreadable {
        out::line(unreadable)?;
    }
    let more = survey.unreadable_rows - i64::try_from(survey.unreadable.len())?;
    if more > 0 {
        out::line(format_args!("… and {more} more"))?;
    }
    Ok(())
}
