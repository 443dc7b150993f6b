//! Starting: the history is made, or found again.

use ledger::store::tenants::{Role, orgs as registered};
use time::Date;

use super::card::Card;
use super::{orgs, seed};
use crate::cli::Demo;
use crate::config::Config;
use crate::out;
use crate::serve::{Service, Signals};

/// Serves a history, made first where there is none.
///
/// # Errors
/// What kept it from starting, or from making the history.
pub async fn demo(config: Config, demo: Demo) -> anyhow::Result<()> {
    let data = config.data.clone();
    let service = Service::start(config).await?;
    let length = Length { until: demo.until, months: demo.months };
    let mut signals = Signals::listen()?;
    let made = tokio::select! {
        made = card(&service, &data, length) => made,
        name = signals.next() => {
            tracing::info!(signal = name, "stopping: the next start goes on with the history");
            signals.end_at_once();
            return service.stop().await;
        }
    };
    let card = match made {
        Ok(card) => card,
        Err(error) => {
            service.stop().await?;
            return Err(error);
        }
    };
    if let Some(card) = &card {
        print(card)?;
    } else {
        tracing::warn!("the data folder has orgs of its own: no demonstration was made in it");
    }
    if demo.seed_only { service.stop().await } else { service.run().await }
}

/// How long a history is made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Length {
    /// The last day; yesterday unless said otherwise.
    pub(super) until: Option<Date>,
    /// How many months.
    pub(super) months: i64,
}

/// The card of this start, or `None` in somebody's own books.
async fn card(
    service: &Service,
    data: &std::path::Path,
    length: Length,
) -> anyhow::Result<Option<Card>> {
    let base_url = service.base_url()?;
    if let Some(mut card) = Card::load(data)? {
        if card.base_url != base_url {
            card.base_url = base_url;
            card.save(data)?;
        }
        return Ok(Some(card));
    }
    let ours: Vec<_> = orgs::ORGS.iter().map(orgs::DemoOrg::id).collect();
    let registered = registered(service.ledger()).await?;
    if registered.iter().any(|org| !ours.contains(&org.id)) {
        return Ok(None);
    }
    let orgs = seed::seed(service, data, length).await?;
    let card = Card { base_url, orgs };
    card.save(data)?;
    Ok(Some(card))
}

fn print(card: &Card) -> anyhow::Result<()> {
    let url = &card.base_url;
    out::line("")?;
    out::line(format_args!("  Daybook     {url}"))?;
    out::line(format_args!("  API pages   {url}/v1/docs"))?;
    for org in &card.orgs {
        out::line("")?;
        out::line(format_args!("  {}  {}", org.name, org.org_id))?;
        for role in Role::ALL {
            out::line(format_args!("    {:<12}{}", role.as_str(), org.keys.of(role)))?;
        }
    }
    out::line("")?;
    Ok(())
}
