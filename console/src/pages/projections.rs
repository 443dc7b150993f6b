//! `GET /console/projections`, `GET /console/projections/{model}`: how the read models stand, and
//! rebuilding them behind what answers.

use actix_web::{
    HttpResponse,
    http::header,
    web::{Form, Path},
};
use askama::Template;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    page::{Frame, html},
    refusal::Refusal,
    show::{self, escaped},
    visit::Visit,
};

const PART: &str = "/console/projections";
const ADMINS: &[&str] = &["owner", "admin"];

#[derive(Deserialize)]
struct Models {
    projections: Vec<Model>,
}

/// How a read model stands.
#[derive(Deserialize)]
struct Model {
    model: String,
    version: i64,
    answering_version: Option<i64>,
    slot: Option<String>,
    position: i64,
    head: i64,
    behind: i64,
    parked_at: Option<i64>,
    rebuild: Option<Rebuild>,
}

impl Model {
    /// Whether a rebuild is on its way.
    fn is_rebuilding(&self) -> bool {
        self.rebuild.as_ref().is_some_and(Rebuild::is_running)
    }

    /// In a word, and how that is coloured.
    fn standing(&self) -> (&'static str, &'static str) {
        match (self.parked_at, self.behind) {
            (Some(_), _) => ("parked", "bad"),
            (None, 0) => ("up to date", "good"),
            (None, _) => ("catching up", "wait"),
        }
    }
}

/// A rebuild.
#[derive(Deserialize)]
struct Rebuild {
    rebuild_id: Uuid,
    asked_by: String,
    state: String,
    switched: bool,
    events_read: i64,
    events: i64,
    position: Option<i64>,
    rows_differing: i64,
    digest: Option<String>,
    differences: Differences,
    error: Option<String>,
    started_at: String,
    updated_at: String,
}

impl Rebuild {
    fn is_running(&self) -> bool {
        self.state == "running"
    }

    /// Ready, and held until somebody accepts what differs.
    fn is_waiting(&self) -> bool {
        self.state == "waiting"
    }

    fn tone(&self) -> &'static str {
        match self.state.as_str() {
            "done" => "good",
            "failed" | "aborted" => "bad",
            _ => "wait",
        }
    }
}

#[derive(Default, Deserialize)]
struct Differences {
    money: Vec<Moved>,
    cells: Vec<Cell>,
}

/// By how much a column differs over all rows.
#[derive(Deserialize)]
struct Moved {
    column: String,
    currency: Option<String>,
    minor: String,
}

impl Moved {
    fn amount(&self) -> String {
        match (self.minor.parse::<i64>(), &self.currency) {
            (Ok(minor), Some(currency)) => format!("{} {currency}", show::minor(&minor, currency)),
            _ => show::amount(&self.minor),
        }
    }
}

/// A cell that differs.
#[derive(Deserialize)]
struct Cell {
    key: String,
    column: String,
    in_live: bool,
    in_rebuilt: bool,
    live: Option<String>,
    rebuilt: Option<String>,
}

impl Cell {
    /// As a line of the table: the row's key, the column, and what either side says.
    fn told(&self, currency: Option<&str>) -> [String; 4] {
        let what = match self.column.as_str() {
            "*" => "the whole row".to_owned(),
            column => show::words(column.strip_suffix("_minor").unwrap_or(column)),
        };
        let live = self.side(self.in_live, self.live.as_deref(), currency);
        let rebuilt = self.side(self.in_rebuilt, self.rebuilt.as_deref(), currency);
        [self.row(), what, live, rebuilt]
    }

    fn row(&self) -> String {
        let parts: Vec<Value> = serde_json::from_str(&self.key).unwrap_or_default();
        let text = |part: &Value| part.as_str().map_or_else(|| part.to_string(), str::to_owned);
        match parts.is_empty() {
            true => self.key.clone(),
            false => parts.iter().map(text).collect::<Vec<_>>().join(" · "),
        }
    }

    /// What a side says. Other than money and states is compared, and not kept.
    fn side(&self, is_there: bool, said: Option<&str>, currency: Option<&str>) -> String {
        match (is_there, said) {
            (false, _) => "no such row".to_owned(),
            (true, None) if self.column == "*" => "a row".to_owned(),
            (true, None) => "another value".to_owned(),
            (true, Some(text)) if self.column.ends_with("_minor") => {
                match (text.parse::<i64>(), currency) {
                    (Ok(minor), Some(currency)) => {
                        format!("{} {currency}", show::minor(&minor, currency))
                    }
                    _ => format!("{} minor units", show::amount(text)),
                }
            }
            (true, Some(text)) => show::words(text),
        }
    }
}

impl Differences {
    /// The currency, where all that differs is of one.
    fn currency(&self) -> Option<&str> {
        let mut currencies = self.money.iter().map(|moved| moved.currency.as_deref());
        let first = currencies.next()??;
        currencies.all(|other| other == Some(first)).then_some(first)
    }

    fn told(&self) -> Vec<[String; 4]> {
        self.cells.iter().map(|cell| cell.told(self.currency())).collect()
    }
}

#[derive(Template)]
#[template(path = "projections.html")]
struct List {
    frame: Frame,
    models: Vec<Model>,
    moving: bool,
}

/// The list.
pub(crate) async fn list(visit: Visit) -> Result<HttpResponse, Refusal> {
    let found: Models = visit.get_now("/v1/admin/projections").await?;
    let models = found.projections;
    let moving = models.iter().any(|model| model.is_rebuilding() || model.behind > 0);
    Ok(html(&List { frame: Frame::now(&visit, PART, "Projections"), models, moving }))
}

#[derive(Template)]
#[template(path = "projection.html")]
struct One {
    frame: Frame,
    model: Model,
    may_rebuild: bool,
}

/// One of them.
pub(crate) async fn show(visit: Visit, name: Path<String>) -> Result<HttpResponse, Refusal> {
    let model: Model = visit.get_now(&api_path(&name)).await?;
    Ok(html(&One {
        frame: Frame::now(&visit, PART, show::words(&model.model)),
        may_rebuild: visit.me.is_any(ADMINS),
        model,
    }))
}

/// How it is to be rebuilt: `check`, `switch`, `accept` (with a reason) or `resume`.
#[derive(Deserialize)]
pub(crate) struct Asked {
    how: String,
    #[serde(default)]
    reason: String,
}

/// Begins a rebuild, and shows it.
pub(crate) async fn rebuild(
    visit: Visit,
    name: Path<String>,
    form: Form<Asked>,
) -> Result<HttpResponse, Refusal> {
    let body = match form.how.as_str() {
        "check" => json!({"switch": false}),
        "switch" => json!({"switch": true}),
        "resume" => json!({"switch": true, "resume": true}),
        "accept" => json!({"switch": true, "resume": true, "accept_reason_code": form.reason}),
        _ => {
            return Err(Refusal::bad(
                "a rebuild is a check, a switch, a resumption or an acceptance",
            ));
        }
    };
    visit.post::<Value>(&format!("{}/rebuild", api_path(&name)), None, &body).await?;
    Ok(again(&name, "rebuilding"))
}

/// Gives a rebuild up, and shows what answers.
pub(crate) async fn abort(visit: Visit, name: Path<String>) -> Result<HttpResponse, Refusal> {
    visit.post::<Value>(&format!("{}/abort", api_path(&name)), None, &json!({})).await?;
    Ok(again(&name, "aborted"))
}

fn api_path(name: &str) -> String {
    format!("/v1/admin/projections/{}", escaped(name))
}

fn again(name: &str, notice: &str) -> HttpResponse {
    let place = format!("{PART}/{}?notice={notice}", escaped(name));
    HttpResponse::SeeOther().insert_header((header::LOCATION, place)).finish()
}
