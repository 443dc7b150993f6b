//! `GET /console/reconcile`, `POST /console/reconcile/{invoice_id}`: does every invoice's status
//! agree with its money, and the repair where it does not.

use actix_web::{
    HttpResponse,
    web::{Form, Path},
};
use askama::Template;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::{
    lists::{Pages, Tab, asked},
    once,
    page::{Frame, html},
    refusal::Refusal,
    visit::{Visit, if_any},
};

const PART: &str = "/console/reconcile";
const FINANCE: &[&str] = &["owner", "admin", "finance"];

#[derive(Deserialize)]
struct Invoices {
    invoices: Vec<Entry>,
    next_cursor: Option<String>,
}

/// An invoice beside its money, or a payment that fits none.
#[derive(Deserialize)]
struct Entry {
    kind: String,
    invoice_id: Option<Uuid>,
    payment_id: Option<Uuid>,
    invoice_number: Option<String>,
    status: String,
    expected_status: Option<String>,
    mismatch: Option<String>,
    currency: String,
    total_cents: i64,
    paid_cents: i64,
    outstanding_cents: i64,
    credit_cents: i64,
    succeeded_payment_count: i64,
    failed_payment_count: i64,
    last_payment_on: Option<String>,
    due_date: Option<String>,
}

impl Entry {
    /// What is wrong, for people.
    fn explained(&self) -> Option<&'static str> {
        self.mismatch.as_deref().map(explained)
    }

    /// Whether a repair would set another status; held payments find their place elsewhere.
    fn is_repairable(&self) -> bool {
        self.kind == "invoice"
            && (self.mismatch.is_some() || self.expected_status.as_ref() != Some(&self.status))
    }
}

fn explained(mismatch: &str) -> &'static str {
    match mismatch {
        "paid_without_funds" => "It says paid, but the money that is settled does not cover it.",
        "settled_not_paid" => "Nothing is owed any more, but it does not say paid.",
        "partly_settled" => "Part of it is paid, but it does not say so.",
        "partial_without_funds" => "It says partly paid, but no settled money is there.",
        "currency_mismatch" => "The payment came in another currency than the invoice's.",
        "invoice_not_open" => "The payment came for an invoice that was canceled or never issued.",
        "unknown_invoice" => "The payment came for an invoice that is not here.",
        _ => "Status and money disagree.",
    }
}

#[derive(Deserialize)]
struct Messages {
    events: Vec<Message>,
    limit: i64,
    offset: i64,
}

/// What the payment provider told us: metadata only.
#[derive(Deserialize)]
struct Message {
    event_id: String,
    r#type: String,
    created_at: String,
    invoice_id: Option<Uuid>,
    processed_status: String,
    last_error: Option<String>,
}

#[derive(Template)]
#[template(path = "reconcile.html")]
struct Reconcile {
    frame: Frame,
    tabs: Vec<Tab>,
    shown: String,
    entries: Vec<Entry>,
    messages: Vec<Message>,
    pages: Pages,
    /// Names the repair that each row's button asks for.
    once: String,
    may_repair: bool,
}

/// The lists.
pub(crate) async fn show(visit: Visit) -> Result<HttpResponse, Refusal> {
    let shown = visit.param("list").unwrap_or("mismatch").to_owned();
    let tab = |value, name| Tab::of(&visit, ("list", value), name, &shown);
    let mut page = Reconcile {
        frame: Frame::of(&visit, PART, "Reconcile"),
        tabs: vec![
            tab("mismatch", "Mismatches"),
            tab("all", "All invoices"),
            tab("stripe", "Messages of Stripe"),
        ],
        shown: shown.clone(),
        entries: Vec::new(),
        messages: Vec::new(),
        pages: Pages::default(),
        once: once::draw(),
        may_repair: !visit.moment.is_past() && visit.me.is_any(FINANCE),
    };
    if shown == "stripe" {
        page.frame.moment = None;
        let path = "/v1/admin/finance/reconcile/stripe-events?limit=50";
        let found: Messages = visit.get_now(&asked(&visit, path, &["offset", "status"])).await?;
        let place = |offset: i64| {
            let status = visit.param("status").map(|status| format!("&status={status}"));
            format!("{PART}?list=stripe&offset={offset}{}", status.unwrap_or_default())
        };
        let full = i64::try_from(found.events.len()).is_ok_and(|count| count == found.limit);
        page.pages.first = (found.offset > 0).then(|| place(0));
        page.pages.next = full.then(|| place(found.offset + found.limit));
        page.messages = found.events;
    } else {
        let which = if shown == "all" { "all" } else { "mismatch" };
        let path = format!("/v1/admin/finance/reconcile/invoices?status={which}&limit=50");
        let found: Invoices = visit.get(&asked(&visit, &path, &["cursor"])).await?;
        page.pages = Pages::of(&visit, found.next_cursor.as_deref());
        page.entries = found.invoices;
    }
    Ok(html(&page))
}

/// The form of a repair.
#[derive(Deserialize)]
pub(crate) struct Repair {
    once: String,
}

#[derive(Deserialize)]
struct Answer {
    changed: Option<bool>,
    before: Option<Figures>,
    after: Option<Figures>,
}

/// Figures before or after.
#[derive(Deserialize)]
struct Figures {
    status: String,
    paid_cents: i64,
    outstanding_cents: i64,
    succeeded_payment_count: i64,
}

#[derive(Deserialize)]
struct Invoice {
    number: Option<String>,
    currency: String,
}

#[derive(Template)]
#[template(path = "reconciled.html")]
struct Reconciled {
    frame: Frame,
    invoice_id: Uuid,
    number: String,
    currency: String,
    changed: bool,
    sides: Option<[(&'static str, Figures); 2]>,
}

/// Repairs an invoice and shows what that did, out of the command's own answer: sent again, the
/// form gets the same answer and repairs nothing more.
pub(crate) async fn repair(
    visit: Visit,
    id: Path<Uuid>,
    form: Form<Repair>,
) -> Result<HttpResponse, Refusal> {
    let id = *id;
    let path = format!("/v1/admin/finance/invoices/{id}/reconcile");
    let once = format!("{}-{id}", form.once);
    let answer: Answer = visit.post(&path, Some(&once), &json!({})).await?;
    let invoice = visit.get_now::<Invoice>(&format!("/v1/billing/invoices/{id}")).await;
    let invoice = if_any(invoice)?;
    let (number, currency) =
        invoice.map_or((None, String::new()), |invoice| (invoice.number, invoice.currency));
    let number = number.unwrap_or_else(|| id.to_string());
    Ok(html(&Reconciled {
        frame: Frame::now(&visit, PART, format!("Reconciled {number}")),
        invoice_id: id,
        number,
        currency,
        changed: answer.changed.unwrap_or(false),
        sides: answer.before.zip(answer.after).map(|(a, b)| [("Before", a), ("After", b)]),
    }))
}

/// The address of a repair, looked at again or sent to somebody: back to the list.
pub(crate) async fn back() -> HttpResponse {
    HttpResponse::SeeOther().insert_header(("location", PART)).finish()
}
