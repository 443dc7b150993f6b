//! Making the history of all orgs, side by side.

use std::path::Path;

use anyhow::Context;
use api::onboarding::{NewOrg, create_org};
use futures_util::future::try_join_all;
use ledger::store::Ledger;
use ledger::store::tenants::{KeyRequest, Role, mint_key};
use ledger::values::OrgId;
use time::{Date, Duration, OffsetDateTime};

use super::act::{Actress, actor};
use super::card::{CardOrg, Keys};
use super::orgs::{DemoOrg, ORGS};
use super::plan::{Plan, plan};
use super::start::Length;
use super::statement;
use crate::installation::write_private;
use crate::progress::Progress;
use crate::serve::Service;

/// Makes everything, and a key for every role.
///
/// # Errors
/// When the ledger fails.
pub(super) async fn seed(
    service: &Service,
    data: &Path,
    length: Length,
) -> anyhow::Result<Vec<CardOrg>> {
    let note = data.join("demo.until");
    let until = last_day(&note, length.until, service.ledger().clock().now())?;
    let plans: Vec<(&DemoOrg, Plan)> = ORGS
        .iter()
        .map(|org| Ok((org, plan(org, until, length.months)?)))
        .collect::<anyhow::Result<_>>()
        .context("the history cannot be planned")?;
    let steps: usize = plans.iter().map(|(_, plan)| plan.steps.len()).sum();
    tracing::info!(orgs = plans.len(), steps, %until, "making the history");
    let progress = Progress::new("history", i64::try_from(steps)?);
    let made = plans.iter().map(|(org, plan)| one(service, org, plan, &progress));
    let made = try_join_all(made).await?;
    progress.done();
    let [org, ..] = &ORGS;
    let actress = Actress { org, id: org.id(), ledger: service.ledger(), engine: service.engine() };
    statement::reconciled(&actress, data, until).await?;
    // The history is whole: the next start does not take it up again.
    std::fs::remove_file(&note).with_context(|| format!("cannot remove {}", note.display()))?;
    Ok(made)
}

/// A history that was interrupted goes on to the day it was begun for.
fn last_day(note: &Path, until: Option<Date>, now: OffsetDateTime) -> anyhow::Result<Date> {
    if let Ok(text) = std::fs::read_to_string(note) {
        return crate::cli::day(text.trim()).map_err(anyhow::Error::msg);
    }
    let until = until.unwrap_or_else(|| (now - Duration::days(1)).date());
    write_private(note, &format!("{until}\n"))?;
    Ok(until)
}

async fn one(
    service: &Service,
    org: &DemoOrg,
    plan: &Plan,
    progress: &Progress,
) -> anyhow::Result<CardOrg> {
    let (ledger, id) = (service.ledger(), org.id());
    let new = NewOrg {
        activation_fee: Some(org.activation_fee()?),
        setup_fee: Some(org.setup_fee()?),
        auto_issue: true,
        contact_email: Some(format!("billing@{}.example", slug(org.name))),
        opened_at: Some(plan.opened_at),
        ..NewOrg::usual(org.name.to_owned(), org.currency()?, org.cycle_rule()?, org.plan.parse()?)
    };
    let created = create_org(ledger, id, actor(), new).await.context("cannot create the org")?;
    let actress = Actress { org, id, ledger, engine: service.engine() };
    for (number, step) in plan.steps.iter().enumerate() {
        actress.act(number, step).await?;
        progress.more(1);
    }
    let mut keys = Keys::default();
    keys.set(Role::Owner, created.owner_key.text);
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Owner) {
        keys.set(role, key(ledger, id, role).await?);
    }
    Ok(CardOrg { org_id: id, name: org.name.to_owned(), keys })
}

async fn key(ledger: &Ledger, org: OrgId, role: Role) -> anyhow::Result<String> {
    let request = KeyRequest {
        role,
        label: format!("demo {role}"),
        expires_at: None,
        rate_limit_per_minute: None,
    };
    Ok(mint_key(ledger, org, request).await.context("cannot make a key")?.text)
}

fn slug(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}
