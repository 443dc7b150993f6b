//! `GET /console`: how things stand.

use actix_web::HttpResponse;
use askama::Template;
use serde::Deserialize;

use crate::{
    chart::{Bar, Bars, Share, Shares},
    page::{Frame, html},
    refusal::Refusal,
    show,
    visit::{Visit, if_any},
};

#[derive(Deserialize)]
struct Ageing {
    currencies: Vec<AgeingIn>,
}

#[derive(Deserialize)]
struct AgeingIn {
    currency: String,
    buckets: Vec<Bucket>,
    total: String,
    unapplied_credit: String,
}

#[derive(Deserialize)]
struct Bucket {
    bucket: String,
    amount: String,
    amount_cents: i64,
}

#[derive(Deserialize)]
struct Projections {
    projections: Vec<Projection>,
}

#[derive(Deserialize)]
struct Projection {
    model: String,
    behind: i64,
    parked_at: Option<i64>,
}

/// What one currency owes.
struct Owed {
    currency: String,
    total: String,
    unapplied: String,
    plot: Shares,
}

#[derive(Template)]
#[template(path = "overview.html")]
struct Overview {
    frame: Frame,
    owed: Vec<Owed>,
    lag: Option<Lag>,
}

/// How far the read models are.
struct Lag {
    models: usize,
    parked: usize,
    behind: i64,
    plot: Bars,
}

/// The page.
pub(crate) async fn show(visit: Visit) -> Result<HttpResponse, Refusal> {
    let (ageing, projections) = futures_util::join!(
        visit.get_if_any::<Ageing>("/v1/admin/reports/ageing"),
        visit.get_now::<Projections>("/v1/admin/projections"),
    );
    let owed = ageing?.map_or_else(Vec::new, |ageing| ageing.currencies);
    Ok(html(&Overview {
        frame: Frame::of(&visit, "/console", "Overview"),
        owed: owed.into_iter().map(owed_in).collect(),
        lag: if_any(projections)?.map(|found| lag(found.projections)),
    }))
}

fn owed_in(found: AgeingIn) -> Owed {
    let AgeingIn { currency, buckets, total, unapplied_credit } = found;
    let shares = buckets.into_iter().map(|bucket| Share {
        said: show::amount(&bucket.amount),
        value: bucket.amount_cents,
        link: None,
        name: show::words(&bucket.bucket),
    });
    let plot = Shares::new(&format!("What is owed in {currency}, by age"), shares.collect());
    let (total, unapplied) = (show::amount(&total), show::amount(&unapplied_credit));
    Owed { currency, total, unapplied, plot }
}

fn lag(models: Vec<Projection>) -> Lag {
    let parked = models.iter().filter(|model| model.parked_at.is_some()).count();
    let behind = models.iter().map(|model| model.behind).max().unwrap_or(0);
    let count = models.len();
    let bars = models.into_iter().map(|model| Bar {
        said: format!("{}: {} events behind", show::words(&model.model), model.behind),
        name: String::new(),
        value: model.behind,
    });
    let most = format!("at most {behind} events behind");
    let plot = Bars::new("Events that each read model is behind", most, bars.collect());
    Lag { models: count, parked, behind, plot }
}
