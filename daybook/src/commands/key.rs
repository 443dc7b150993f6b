//! `daybook key`

use std::time::Duration;

use anyhow::{Context, bail};
use ledger::store::Ledger;
use ledger::store::tenants::{self, ApiKey, KeyRequest, MintedKey};
use ledger::values::OrgId;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::org::known;
use crate::cli::KeyCommand;
use crate::out;

/// Does what was typed after `key`.
pub(super) async fn run(ledger: Ledger, command: KeyCommand) -> anyhow::Result<()> {
    match command {
        KeyCommand::Create { org, role, label, expires_at, rate_limit_per_minute } => {
            known(&ledger, org).await?;
            let request = KeyRequest { role, label, expires_at, rate_limit_per_minute };
            let minted = tenants::mint_key(&ledger, org, request).await?;
            print(&minted)
        }
        KeyCommand::List { org } => list(&ledger, org).await,
        KeyCommand::Rotate { org, key, overlap_hours } => {
            let overlap = Duration::from_secs(overlap_hours * 3_600);
            match tenants::rotate_key(&ledger, org, key, overlap).await? {
                Some(minted) => print(&minted),
                None => bail!("org {org} has no valid key {key}: `daybook key list` shows them"),
            }
        }
        KeyCommand::Revoke { org, key } => match tenants::revoke_key(&ledger, org, key).await? {
            Some(_) => Ok(out::line(format_args!("key {key} is revoked"))?),
            None => bail!("org {org} has no key {key}: `daybook key list` shows them"),
        },
    }
}

/// The key, once.
fn print(minted: &MintedKey) -> anyhow::Result<()> {
    out::line(format_args!("key_id {}", minted.key.id))?;
    out::line(format_args!("role   {}", minted.key.role))?;
    out::line(format_args!("key    {}", minted.text))?;
    Ok(())
}

async fn list(ledger: &Ledger, org: OrgId) -> anyhow::Result<()> {
    known(ledger, org).await?;
    let keys = tenants::keys_of(ledger, org).await.context("cannot list the keys")?;
    let now = ledger.clock().now();
    let rows = keys.into_iter().map(|key| {
        let standing = standing(&key, now).to_owned();
        [
            key.id.to_string(),
            key.role.to_string(),
            key.label,
            standing,
            instant(Some(key.created_at)),
            instant(key.expires_at),
            instant(key.last_used_at),
        ]
    });
    Ok(out::table(["key_id", "role", "label", "state", "created", "expires", "last used"], rows)?)
}

fn standing(key: &ApiKey, now: OffsetDateTime) -> &'static str {
    match (key.revoked_at, key.is_valid_at(now)) {
        (Some(_), _) => "revoked",
        (None, true) => "valid",
        (None, false) => "expired",
    }
}

/// To the second, or nothing.
pub(super) fn instant(at: Option<OffsetDateTime>) -> String {
    let second = at.and_then(|at| at.replace_nanosecond(0).ok());
    second.and_then(|at| at.format(&Rfc3339).ok()).unwrap_or_default()
}
