//! `daybook org`

use anyhow::{Context, bail};
use ledger::store::Ledger;
use ledger::store::tenants::{self, Org, OrgStanding};
use ledger::values::OrgId;

use super::key::instant;
use crate::cli::OrgCommand;
use crate::out;

/// Does what was typed after `org`.
pub(super) async fn run(ledger: Ledger, command: OrgCommand) -> anyhow::Result<()> {
    match command {
        OrgCommand::Create(create) => create_org(&ledger, *create).await,
        OrgCommand::List => list(&ledger).await,
        OrgCommand::Suspend { org } => changed(org, tenants::suspend_org(&ledger, org).await?),
        OrgCommand::Reinstate { org } => changed(org, tenants::reinstate_org(&ledger, org).await?),
        OrgCommand::Close { org } => changed(org, tenants::close_org(&ledger, org).await?),
    }
}

/// Refuses an org that is not registered.
pub(super) async fn known(ledger: &Ledger, org: OrgId) -> anyhow::Result<Org> {
    match tenants::find_org(ledger, org).await? {
        Some(org) => Ok(org),
        None => bail!("there is no org {org}: `daybook org list` shows them"),
    }
}

async fn create_org(ledger: &Ledger, create: crate::cli::OrgCreate) -> anyhow::Result<()> {
    let created = super::org_create::create(ledger, create).await?;
    out::line(format_args!("org_id    {}", created.org))?;
    out::line(format_args!("owner_key {}", created.owner_key.text))?;
    Ok(())
}

async fn list(ledger: &Ledger) -> anyhow::Result<()> {
    let orgs = tenants::orgs(ledger).await.context("cannot list the orgs")?;
    let rows = orgs.into_iter().map(|org| {
        let standing = word(org.standing()).to_owned();
        [org.id.to_string(), org.name, standing, instant(Some(org.created_at))]
    });
    Ok(out::table(["org_id", "name", "state", "created"], rows)?)
}

fn changed(id: OrgId, org: Option<Org>) -> anyhow::Result<()> {
    match org {
        Some(org) => Ok(out::line(format_args!("org {id} is {}", word(org.standing())))?),
        None => bail!("there is no org {id}: `daybook org list` shows them"),
    }
}

const fn word(standing: OrgStanding) -> &'static str {
    match standing {
        OrgStanding::Open => "open",
        OrgStanding::Suspended => "suspended",
        OrgStanding::Closed => "closed",
    }
}
