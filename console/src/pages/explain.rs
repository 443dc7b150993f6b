//! `GET /console/explain?of=…&figure=…`: a figure as a tree, down to the events it is the sum of.

use actix_web::HttpResponse;
use askama::Template;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    page::{Frame, html},
    refusal::Refusal,
    show::{self, escaped},
    visit::Visit,
};

/// Parameters of this page; the others are the answer's own.
const OURS: [&str; 8] =
    ["of", "figure", "notice", "as_of", "as_of_position", "proofs", "skip", "row"];

#[derive(Deserialize)]
struct Explained {
    figure: String,
    position: i64,
    currency: String,
    amount: String,
    row_count: i64,
    rows: Vec<Row>,
    more: Option<More>,
}

#[derive(Deserialize)]
struct Row {
    model: String,
    rule_version: i64,
    key: Map<String, Value>,
    amount: String,
    entries: Vec<Entry>,
    more: Option<More>,
}

#[derive(Deserialize)]
struct Entry {
    amount: String,
    lines: Vec<Line>,
    event: Event,
}

#[derive(Deserialize)]
struct Line {
    account: String,
    account_name: String,
    debit: String,
    credit: String,
}

#[derive(Deserialize)]
struct Event {
    position: i64,
    r#type: String,
    event_version: i64,
    subject: String,
    actor: String,
    reason_code: Option<String>,
    reason: Option<String>,
    rounding: Option<String>,
    occurred_at: String,
    recorded_at: String,
    proof: Option<Value>,
}

#[derive(Deserialize)]
struct More {
    count: i64,
    amount: String,
    href: String,
}

impl Row {
    /// The key, for people.
    fn keys(&self) -> String {
        let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let pairs =
            self.key.iter().map(|(name, value)| format!("{} {}", show::words(name), word(value)));
        pairs.collect::<Vec<_>>().join(", ")
    }
}

impl Entry {
    /// Sides of the journal entry that are not nothing.
    fn side(&self, amount: &str) -> String {
        if amount.trim_matches(['0', '.']).is_empty() {
            String::new()
        } else {
            show::amount(amount)
        }
    }
}

impl More {
    /// The same as a page of ours.
    fn link(&self, visit: &Visit) -> String {
        let query = self.href.split_once('?').map_or("", |(_, query)| query);
        let own = query.split('&').filter(|pair| {
            let name = pair.split('=').next().unwrap_or_default();
            matches!(name, "skip" | "row" | "children")
        });
        let own = own.map(|pair| format!("&{pair}")).collect::<String>();
        let of = visit.param("of").map(escaped).unwrap_or_default();
        let figure = visit.param("figure").map(escaped).unwrap_or_default();
        visit.moment.onto(&format!("/console/explain?of={of}&figure={figure}{own}"))
    }
}

#[derive(Template)]
#[template(path = "explain.html")]
struct Page<'a> {
    frame: Frame,
    visit: &'a Visit,
    explained: Explained,
    name: String,
    of: String,
    proved: bool,
    prove: String,
}

/// The page.
pub(crate) async fn show(visit: Visit) -> Result<HttpResponse, Refusal> {
    let asked =
        |name: &str| visit.param(name).ok_or_else(|| Refusal::bad("of and figure are needed"));
    let (of, figure) = (asked("of")?.to_owned(), asked("figure")?.to_owned());
    let (path, query) = of.split_once('?').unwrap_or((&of, ""));
    // The API alone is asked, and only what explains something there.
    let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'#' | b'?' | b'\\');
    if !path.starts_with("/v1/") || !path.bytes().all(plain) {
        return Err(Refusal::bad("of is an address of the API"));
    }
    // The page's own moment counts, and its own place in the tree.
    let kept = query.split('&').filter(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        !name.is_empty() && !OURS.contains(&name)
    });
    let ours = ["proofs", "skip", "row", "children"].into_iter();
    let ours = ours.filter_map(|name| Some(format!("{name}={}", escaped(visit.param(name)?))));
    let pairs = kept.map(str::to_owned).chain(ours);
    let pairs = pairs.chain([format!("figure={}", escaped(&figure))]).collect::<Vec<_>>().join("&");
    let explained: Explained = visit.get(&format!("{path}/explain?{pairs}")).await?;
    let name = explained.figure.rsplit('/').next().unwrap_or_default();
    let name = show::words(name.strip_suffix("_cents").unwrap_or(name));
    let title = format!("Why is {name} {}?", show::money(&explained.amount, &explained.currency));
    let proved = visit.param("proofs") == Some("true");
    let prove = format!("{}&proofs=true", crate::cell::explain_link(&visit, &of, &figure));
    let frame = Frame::of(&visit, "", title);
    let of = path.to_owned();
    Ok(html(&Page { frame, visit: &visit, explained, name, of, proved, prove }))
}
