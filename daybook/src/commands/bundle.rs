//! `daybook bundle`

use anyhow::{Context, bail};
use ledger::store::{Ledger, account_id};
use ledger::subscription::Subscription;
use ledger::values::{CycleKey, OrgId};
use time::{Date, Month, UtcOffset};

use super::dispatch::with_ledger;
use super::org::known;
use crate::bundle::{self, About};
use crate::cli::{Bundle, Concerning};
use crate::config::Config;
use crate::installation::signers;
use crate::out;

/// Writes the file and says what it needs to be checked.
pub(super) async fn run(config: &Config, bundle: Bundle) -> anyhow::Result<()> {
    let signers = &signers(&config.checkpoints)?;
    with_ledger(config, |ledger| async move {
        let Bundle { org, concerning, output } = bundle;
        known(&ledger, org).await?;
        let about = about(&ledger, org, concerning).await?;
        let title = about.to_string();
        let written = bundle::write(&ledger, org, about, signers, &output).await?;
        let (events, size) = (written.events, written.size);
        out::line(format_args!("{events} events of {title} in {}", output.display()))?;
        out::line(format_args!("checkpoint   at {size}"))?;
        Ok(out::line(format_args!("verifier_key {}", signers.key.verifier().of_log(org)))?)
    })
    .await
}

async fn about(ledger: &Ledger, org: OrgId, asked: Concerning) -> anyhow::Result<About> {
    match asked {
        Concerning { invoice: Some(id), .. } => Ok(About::Invoice { id }),
        Concerning { claim: Some(id), .. } => Ok(About::Claim { id }),
        Concerning { patient: Some(patient), .. } => Ok(About::Patient {
            anonymous_ref: ledger.names().anonymous_ref(org, &patient).0,
            stream_id: ledger.names().patient(org, &patient).uuid(),
        }),
        Concerning { period: Some(month), .. } => period(ledger, org, month).await,
        Concerning { invoice: None, claim: None, patient: None, period: None } => {
            bail!("say what the bundle is about")
        }
    }
}

/// A month of the org's zone.
async fn period(ledger: &Ledger, org: OrgId, month: CycleKey) -> anyhow::Result<About> {
    let (account, _) = ledger.load::<Subscription>(org, account_id(org)).await?;
    let Some(rule) = account.cycle_rule() else { bail!("org {org} has no account yet") };
    let first = |month: CycleKey| {
        let of_year = Month::try_from(month.month)?;
        let day = Date::from_calendar_date(i32::from(month.year), of_year, 1)?;
        let at = rule.day_starts_at(day).context("the month is out of range")?;
        anyhow::Ok(at.to_offset(UtcOffset::UTC))
    };
    Ok(About::Period { from: first(month)?, until: first(month.next())? })
}
