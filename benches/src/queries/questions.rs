//! What is asked.

use futures_util::future::BoxFuture;

use super::ground::{Asker, History};
use crate::work::{Dice, invoice, org};

/// Different paths of one question: what is asked again and again is nobody's question.
const PATHS: u64 = 100;
/// Invoices of a page: a thousand pages of the smaller history, by default.
const PAGE: u64 = 10;
/// How far somebody turns the pages.
const FAR: u64 = 1_000;

type Paths = for<'a> fn(&'a History, &'a mut Asker) -> BoxFuture<'a, anyhow::Result<Vec<String>>>;

/// One question.
pub(super) struct Question {
    /// Of the smaller history, and of the whole one.
    pub(super) name: &'static [&'static str; 2],
    pub(super) paths: Paths,
}

const MISMATCHES: [&str; 2] = ["mismatch list, tenth", "mismatch list"];
const FIRST_PAGE: [&str; 2] = ["invoice list, page 1, tenth", "invoice list, page 1"];
const FAR_PAGE: [&str; 2] = ["invoice list, page 1000, tenth", "invoice list, page 1000"];
const TIMELINE: [&str; 2] = ["timeline of an invoice, tenth", "timeline of an invoice"];
/// Adds up the whole journal.
pub(crate) const TRIAL_BALANCE: [&str; 2] = ["trial balance, tenth", "trial balance"];
/// One subject as it was.
const INVOICE_AS_OF: [&str; 2] = ["invoice as of, tenth", "invoice as of"];
/// Which events made a figure.
const EXPLAIN: [&str; 2] = ["explain an invoice, tenth", "explain an invoice"];
/// What must not grow with the history.
pub(crate) const FLAT: [&[&str; 2]; 6] =
    [&MISMATCHES, &FIRST_PAGE, &FAR_PAGE, &TIMELINE, &INVOICE_AS_OF, &EXPLAIN];

pub(super) const QUESTIONS: &[Question] = &[
    Question { name: &MISMATCHES, paths: |_, _| one("/v1/admin/finance/reconcile/invoices") },
    Question { name: &FIRST_PAGE, paths: |_, _| Box::pin(async { Ok(vec![page()]) }) },
    Question { name: &FAR_PAGE, paths: |history, asker| Box::pin(far(history, asker)) },
    Question {
        name: &TIMELINE,
        paths: |history, _| {
            of_invoices(history, |id, _| format!("/v1/admin/timeline/invoice/{id}"))
        },
    },
    Question { name: &TRIAL_BALANCE, paths: |_, _| one("/v1/admin/journal/trial-balance") },
    Question {
        name: &INVOICE_AS_OF,
        paths: |history, _| {
            of_invoices(history, |id, history| {
                format!("/v1/billing/invoices/{id}?as_of_position={}", history.head - 1)
            })
        },
    },
    Question {
        name: &EXPLAIN,
        paths: |history, _| {
            of_invoices(history, |id, _| {
                format!("/v1/billing/invoices/{id}/explain?figure=balance_due")
            })
        },
    },
];

fn one(path: &'static str) -> BoxFuture<'static, anyhow::Result<Vec<String>>> {
    Box::pin(async move { Ok(vec![path.to_owned()]) })
}

/// The same question about invoices from all over the history.
fn of_invoices(
    history: &History,
    path: fn(&str, &History) -> String,
) -> BoxFuture<'_, anyhow::Result<Vec<String>>> {
    let mut dice = Dice::new(5);
    let numbers = (0..PATHS).map(|_| dice.throw(history.invoices));
    let paths = numbers.map(|number| path(&invoice(number).to_string(), history)).collect();
    Box::pin(async move { Ok(paths) })
}

/// The first page of the list.
pub(super) fn page() -> String {
    format!("/v1/billing/offices/{}/invoices?limit={PAGE}", org(0))
}

/// Turns the pages up to the last that is wanted, or that there is.
async fn far(history: &History, asker: &mut Asker) -> anyhow::Result<Vec<String>> {
    let pages = FAR.min(history.invoices / PAGE);
    let mut path = page();
    for _ in 1..pages {
        let answer = asker.get(&path).await?;
        let Some(cursor) = answer["next_cursor"].as_str() else { break };
        path = format!("{}&cursor={cursor}", page());
    }
    Ok(vec![path])
}
