//! `GET /console/queues`: what waits for somebody.
//!
//! - `mod.rs`: which queues there are, and the page. `rows.rs`: what each of them says of a thing.

mod rows;

use actix_web::HttpResponse;
use askama::Template;
use futures_util::future::join_all;
use serde_json::Value;

use self::rows::Row;
use crate::{
    lists::{Pages, Tab, asked},
    page::{Frame, html},
    refusal::Refusal,
    show::count,
    visit::Visit,
};

const PART: &str = "/console/queues";
/// Things that a tab counts; it says where there are more.
const COUNTED: usize = 100;

/// A queue: where it is asked for, and how it is told.
struct Queue {
    code: &'static str,
    name: &'static str,
    about: &'static str,
    path: &'static str,
    /// Which field of the answer is the list; nothing where the answer is the list.
    list: Option<&'static str>,
    /// Columns: the thing, its state, the amount, the day, how long.
    heads: [&'static str; 5],
    row: fn(&Value) -> Option<Row>,
}

const QUEUES: &[Queue] = &[
    Queue {
        code: "overdue",
        name: "Overdue invoices",
        about: "Money is owed past the due date, the longest first.",
        path: "/v1/admin/queue/invoices?status=overdue",
        list: Some("invoices"),
        heads: ["Invoice", "Status", "Still owed", "Due", "Overdue"],
        row: rows::invoice,
    },
    Queue {
        code: "unpaid",
        name: "Unpaid invoices",
        about: "Money is owed, what is due first comes first.",
        path: "/v1/admin/queue/invoices?status=unpaid",
        list: Some("invoices"),
        heads: ["Invoice", "Status", "Still owed", "Due", "Overdue"],
        row: rows::invoice,
    },
    Queue {
        code: "exceptions",
        name: "Exceptions",
        about: "The log and a statement of a provider disagree, and somebody owns it.",
        path: "/v1/admin/finance/exceptions?status=open",
        list: Some("exceptions"),
        heads: ["Exception", "Owner", "About", "Noticed", "Open for"],
        row: rows::exception,
    },
    Queue {
        code: "held",
        name: "Held payments",
        about: "Money that came and fits no invoice, until somebody says where it belongs.",
        path: "/v1/admin/finance/held-payments",
        list: Some("held_payments"),
        heads: ["Payment", "Why it is held", "Amount", "Received", "Held for"],
        row: rows::held,
    },
    Queue {
        code: "disputes",
        name: "Disputes",
        about: "A payer's bank took money back and waits for an answer.",
        path: "/v1/admin/finance/disputes?status=open",
        list: Some("disputes"),
        heads: ["Dispute", "Reason", "Amount", "Opened", ""],
        row: rows::dispute,
    },
    Queue {
        code: "statements",
        name: "Statements for the founder",
        about: "Statements that are held until the founder sends them.",
        path: "/v1/founder-billing/statements?requires_founder_approval=true",
        list: None,
        heads: ["Statement", "State", "Balance due", "Due", ""],
        row: rows::statement,
    },
    Queue {
        code: "follow-ups",
        name: "Missing facesheets",
        about: "Patients' data that was asked for and has not come.",
        path: "/v1/billing/facesheet/requests?status=open",
        list: Some("requests"),
        heads: ["Patient", "Missing", "", "Answer due", ""],
        row: rows::facesheet,
    },
];

/// What an answer lists.
fn listed<'a>(list: Option<&str>, answer: &'a Value) -> &'a [Value] {
    let found = match list {
        Some(name) => answer.get(name).and_then(Value::as_array),
        None => answer.as_array(),
    };
    found.map_or(&[], Vec::as_slice)
}

#[derive(Template)]
#[template(path = "queues.html")]
struct Queues {
    frame: Frame,
    tabs: Vec<Tab>,
    name: &'static str,
    about: &'static str,
    heads: [&'static str; 5],
    rows: Vec<Row>,
    pages: Pages,
}

/// The page: the queues that the role may see, and one of them.
pub(crate) async fn show(visit: Visit) -> Result<HttpResponse, Refusal> {
    let counts = join_all(QUEUES.iter().map(|queue| how_many(&visit, queue))).await;
    let counts: Vec<Option<String>> = counts.into_iter().collect::<Result<_, _>>()?;
    let seen = || QUEUES.iter().zip(&counts).filter(|(_, count)| count.is_some());
    let wanted = visit.param("queue").unwrap_or_default();
    let chosen = seen().find(|(queue, _)| queue.code == wanted).or_else(|| seen().next());
    let (queue, _) = chosen.ok_or_else(Refusal::not_found)?;
    let tab = |(each, count): (&Queue, &Option<String>)| {
        let tab = Tab::of(&visit, ("queue", each.code), each.name, queue.code);
        tab.counted(count.clone())
    };
    let mut tabs: Vec<Tab> = seen().map(tab).collect();
    tabs.extend(dead_letters(&visit).await?);
    let path = asked(&visit, &format!("{}&limit=50", joined(queue.path)), &["cursor"]);
    let answer: Value = visit.get(&path).await?;
    let next = answer.get("next_cursor").and_then(Value::as_str);
    Ok(html(&Queues {
        frame: Frame::of(&visit, PART, "Queues"),
        tabs,
        name: queue.name,
        about: queue.about,
        heads: queue.heads,
        rows: listed(queue.list, &answer).iter().filter_map(queue.row).collect(),
        pages: Pages::of(&visit, next),
    }))
}

/// How many wait; nothing where the role may not see them.
async fn how_many(visit: &Visit, queue: &Queue) -> Result<Option<String>, Refusal> {
    let path = format!("{}&limit={COUNTED}", joined(queue.path));
    let answer: Option<Value> = visit.get_if_any(&path).await?;
    Ok(answer.map(|answer| {
        let rows = listed(queue.list, &answer);
        let found = rows.iter().filter_map(queue.row).count();
        let more = answer.get("next_cursor").is_some_and(|cursor| !cursor.is_null());
        let more = more || (queue.list.is_none() && rows.len() == COUNTED);
        let number = count(&i64::try_from(found).unwrap_or(i64::MAX));
        if more { format!("{number}+") } else { number }
    }))
}

/// Those have a page of their own, and no past.
async fn dead_letters(visit: &Visit) -> Result<Option<Tab>, Refusal> {
    let path = format!("/v1/admin/queue/dlq?limit={COUNTED}");
    let answer = crate::visit::if_any(visit.get_now::<Value>(&path).await)?;
    Ok(answer.map(|answer| {
        let found = listed(Some("messages"), &answer).len();
        let more = if answer["next_cursor"].is_null() { "" } else { "+" };
        let link = "/console/dead-letters".to_owned();
        let count = Some(format!("{found}{more}"));
        Tab { name: "Dead letters", link, count, here: false }
    }))
}

fn joined(path: &str) -> String {
    if path.contains('?') { path.to_owned() } else { format!("{path}?") }
}
