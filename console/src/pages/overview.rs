//! `GET /console`: how things stand.

use actix_web::HttpResponse;
use askama::Template;
use futures_util::join;
use serde::Deserialize;
use time::{Date, Duration, format_description::well_known::Iso8601};

use crate::{
    cell::explain_link,
    chart::{Bar, Bars, Share, Shares},
    page::{Frame, html},
    refusal::Refusal,
    show,
    visit::{Visit, if_any},
};

/// Days of cash that are shown.
const DAYS: i64 = 30;

#[derive(Deserialize)]
struct Cash {
    currencies: Vec<CashIn>,
}

#[derive(Deserialize)]
struct CashIn {
    currency: String,
    received: String,
    paid_out: String,
    days: Vec<CashDay>,
}

#[derive(Deserialize)]
struct CashDay {
    date: String,
    received: String,
    received_cents: i64,
}

#[derive(Deserialize)]
struct Ageing {
    as_of: String,
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
struct Activity {
    invoices: Vec<StatusCount>,
    events: Vec<EventCount>,
}

#[derive(Deserialize)]
struct StatusCount {
    status: String,
    count: i64,
}

#[derive(Deserialize)]
struct EventCount {
    until: String,
    count: i64,
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

/// What came in, in one currency.
struct Collected {
    currency: String,
    received: String,
    why: String,
    paid_out: String,
    plot: Bars,
}

/// What one currency owes.
struct Owed {
    currency: String,
    total: String,
    why: String,
    unapplied: String,
    plot: Shares,
}

/// How far the read models are.
struct Lag {
    models: usize,
    parked: usize,
    plot: Bars,
}

/// What stands and what happened.
struct Active {
    invoices: i64,
    states: Shares,
    events: i64,
    rate: Bars,
}

#[derive(Template)]
#[template(path = "overview.html")]
struct Overview {
    frame: Frame,
    collected: Vec<Collected>,
    owed: Vec<Owed>,
    active: Option<Active>,
    lag: Option<Lag>,
}

/// The page.
pub(crate) async fn show(visit: Visit) -> Result<HttpResponse, Refusal> {
    let (ageing, activity, projections) = join!(
        visit.get_if_any::<Ageing>("/v1/admin/reports/ageing"),
        visit.get_if_any::<Activity>("/v1/admin/activity?by=hour"),
        visit.get_now::<Projections>("/v1/admin/projections"),
    );
    let ageing = ageing?;
    let collected = match &ageing {
        Some(ageing) => cash(&visit, &ageing.as_of).await?,
        None => Vec::new(),
    };
    let owed = ageing.map_or_else(Vec::new, |ageing| ageing.currencies);
    let owed = owed.into_iter().enumerate().map(|(place, found)| owed_in(&visit, place, found));
    Ok(html(&Overview {
        frame: Frame::of(&visit, "/console", "Overview"),
        collected,
        owed: owed.collect(),
        active: activity?.map(active),
        lag: if_any(projections)?.map(|found| lag(found.projections)),
    }))
}

/// Of the last days up to today in the org's zone, which is the day that ageing is about.
async fn cash(visit: &Visit, today: &str) -> Result<Vec<Collected>, Refusal> {
    let today = Date::parse(today, &Iso8601::DATE).map_err(|error| Refusal::failed(&error))?;
    let from = today.saturating_sub(Duration::days(DAYS - 1));
    let of = format!("/v1/admin/reports/cash?from={from}&to={today}");
    let found = visit.get_if_any::<Cash>(&of).await?.map_or_else(Vec::new, |cash| cash.currencies);
    let plotted = found.into_iter().enumerate().map(|(place, found)| {
        let CashIn { currency, received, paid_out, days } = found;
        let bars = (0..DAYS).map(|back| {
            let date = from.saturating_add(Duration::days(back)).to_string();
            let day = days.iter().find(|day| day.date == date);
            let said = day.map_or_else(|| "0".to_owned(), |day| show::amount(&day.received));
            let name = date.get(5..).unwrap_or_default().to_owned();
            let value = day.map_or(0, |day| day.received_cents);
            Bar { name, said: format!("{date}: {said} {currency}"), value }
        });
        let most = days.iter().max_by_key(|day| day.received_cents);
        let most = most.map_or_else(String::new, |day| {
            format!("{} on {}", show::amount(&day.received), day.date)
        });
        let title = format!("Cash collected in {currency}, the last {DAYS} days");
        Collected {
            plot: Bars::new(&title, most, bars.collect()),
            why: explain_link(visit, &of, &format!("currencies/{place}/received")),
            received: show::amount(&received),
            paid_out: show::amount(&paid_out),
            currency,
        }
    });
    Ok(plotted.collect())
}

fn owed_in(visit: &Visit, place: usize, found: AgeingIn) -> Owed {
    let AgeingIn { currency, buckets, total, unapplied_credit } = found;
    let of = "/v1/admin/reports/ageing";
    let shares = buckets.into_iter().enumerate().map(|(bucket_place, bucket)| {
        let figure = format!("currencies/{place}/buckets/{bucket_place}/amount");
        let name = match bucket.bucket.as_str() {
            "current" => "not yet due".to_owned(),
            days => format!("{days} days"),
        };
        Share {
            name,
            said: show::amount(&bucket.amount),
            value: bucket.amount_cents,
            link: Some(explain_link(visit, of, &figure)),
            colour: u8::try_from(bucket_place + 1).unwrap_or(6).min(6),
        }
    });
    let plot = Shares::new(&format!("What is owed in {currency}, by age"), shares.collect());
    let why = explain_link(visit, of, &format!("currencies/{place}/total"));
    let (total, unapplied) = (show::amount(&total), show::amount(&unapplied_credit));
    Owed { currency, total, why, unapplied, plot }
}

fn active(found: Activity) -> Active {
    let Activity { invoices, events } = found;
    let (all, happened) = (
        invoices.iter().map(|state| state.count).sum(),
        events.iter().map(|stretch| stretch.count).sum(),
    );
    let shares = invoices.into_iter().map(|state| Share {
        link: Some(format!("/console/invoices?status={}", state.status)),
        name: show::words(&state.status),
        said: show::count(&state.count),
        value: state.count,
        colour: colour_of(&state.status),
    });
    let most = events.iter().map(|stretch| stretch.count).max().unwrap_or(0);
    let most = format!("at most {} an hour", show::count(&most));
    let bars = events.into_iter().map(|stretch| {
        let until = show::minute(&stretch.until);
        let said = format!("{} events in the hour to {until} UTC", show::count(&stretch.count));
        Bar { name: until.get(11..).unwrap_or_default().to_owned(), said, value: stretch.count }
    });
    Active {
        invoices: all,
        states: Shares::new("Invoices by status", shares.collect()),
        events: happened,
        rate: Bars::new("Events recorded, hour by hour", most, bars.collect()),
    }
}

/// As on its chip: paid is good, what is overdue needs somebody, what is canceled is over.
fn colour_of(status: &str) -> u8 {
    match status {
        "paid" => 1,
        "sent" => 2,
        "draft" => 3,
        "partial" => 4,
        "failed" => 5,
        "overdue" => 6,
        _ => 7,
    }
}

fn lag(models: Vec<Projection>) -> Lag {
    let parked = models.iter().filter(|model| model.parked_at.is_some()).count();
    let most = models.iter().max_by_key(|model| model.behind);
    let most = match most {
        Some(model) if model.behind > 0 => {
            format!("{}: {} behind", show::words(&model.model), show::count(&model.behind))
        }
        _ => "every model is at the end of the log".to_owned(),
    };
    let count = models.len();
    let bars = models.into_iter().map(|model| Bar {
        said: format!("{}: {} events behind", show::words(&model.model), model.behind),
        name: String::new(),
        value: model.behind,
    });
    let plot = Bars::new("Events that each read model is behind", most, bars.collect());
    Lag { models: count, parked, plot }
}
