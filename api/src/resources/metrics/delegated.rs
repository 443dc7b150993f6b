//! What the agent and the post do, in figures (contract S4.8).

use ledger::values::{Currency, Money};
use projections::statements::{Activity, across_orgs};

use super::reading::Reading;
use crate::state::AppState;

/// The figures, if they can be had.
pub(super) async fn delegated(state: &AppState) -> Vec<Reading> {
    match across_orgs(&state.ledger).await {
        Ok(found) => readings(&found),
        Err(error) => {
            tracing::warn!(%error, "statements could not be measured");
            Vec::new()
        }
    }
}

/// Name, meaning, and where it is found.
type Figure = (&'static str, &'static str, fn(&Activity) -> i64);

const FIGURES: [Figure; 12] = [
    ("daybook_statements_generated_last_week", "Statements that the agent drew up.", |it| {
        it.generated
    }),
    ("daybook_statements_overridden_last_week", "Of those, taken over by the founder.", |it| {
        it.overridden
    }),
    ("daybook_statements_sent_last_week", "Statements drawn up and sent.", |it| it.sent),
    ("daybook_statements_sent_alone_last_week", "Of those, by the agent unasked.", |it| {
        it.sent_by_agent
    }),
    ("daybook_statement_emails_last_week", "Statements sent by e-mail.", |it| it.emails),
    ("daybook_statement_emails_known_last_week", "Of those, with a known end.", |it| {
        it.emails_known
    }),
    ("daybook_statement_emails_succeeded_last_week", "Of those, with a good one.", |it| {
        it.emails_succeeded
    }),
    ("daybook_statement_failovers_last_week", "Letters after failed e-mails.", |it| it.failovers),
    ("daybook_escalations_last_month", "Levels that statements reached.", |it| it.escalations),
    ("daybook_escalations_paid_last_month", "Of those, settled by payment.", |it| {
        it.escalations_paid
    }),
    ("daybook_payment_plans_answered_last_month", "Plans that were answered.", |it| {
        it.plans_answered
    }),
    ("daybook_payment_plans_accepted_last_month", "Of those, accepted.", |it| it.plans_accepted),
];

fn readings(found: &[Activity]) -> Vec<Reading> {
    let (named, all): (Vec<_>, Vec<_>) = found.iter().partition(|one| one.org.is_some());
    let total = |figure: fn(&Activity) -> i64| all.iter().map(|one| figure(one)).sum();
    let mut readings: Vec<Reading> = FIGURES
        .iter()
        .map(|(name, help, figure)| Reading::Count(name, help, total(*figure)))
        .collect();
    readings.push(Reading::Count(
        "daybook_escalations_level_3_open",
        "Third levels that are open.",
        total(|it| it.level_3),
    ));
    // A figure that is missing raises no alarm.
    let none = Activity { currency: Some(Currency::USD), ..Activity::default() };
    let has_dollars = all.iter().any(|one| one.currency == none.currency);
    let costs = all.iter().copied().chain((!has_dollars).then_some(&none));
    readings.push(Reading::Several {
        name: "daybook_mail_cost_last_day",
        help: "What letters cost in the last 24 hours, in whole units of the currency.",
        counted: false,
        labels: &["currency"],
        figures: costs.filter_map(|one| Some((vec![code(one)?], cost(one)))).collect(),
    });
    readings.extend(by_org(&named));
    readings
}

/// The same for the orgs with the most to look at.
fn by_org(named: &[&Activity]) -> Vec<Reading> {
    let of_each = |name, help, figure: fn(&Activity) -> i64| Reading::Several {
        name,
        help,
        counted: false,
        labels: &["org", "currency"],
        figures: named.iter().filter_map(|one| Some((labels(one)?, count(figure(one))))).collect(),
    };
    vec![
        of_each(
            "daybook_org_statements_generated_last_week",
            "Statements that the agent drew up, for the orgs with the most to look at.",
            |it| it.generated,
        ),
        of_each(
            "daybook_org_statements_overridden_last_week",
            "Of those, taken over by the founder.",
            |it| it.overridden,
        ),
        of_each(
            "daybook_org_escalations_level_3_open",
            "Third levels that are open, for the orgs with the most to look at.",
            |it| it.level_3,
        ),
        Reading::Several {
            name: "daybook_org_mail_cost_last_day",
            help: "What letters cost in the last 24 hours, for the orgs with the most to look at.",
            counted: false,
            labels: &["org", "currency"],
            figures: named.iter().filter_map(|one| Some((labels(one)?, cost(one)))).collect(),
        },
    ]
}

fn labels(one: &Activity) -> Option<Vec<String>> {
    Some(vec![one.org?.to_string(), code(one)?])
}

fn code(one: &Activity) -> Option<String> {
    Some(one.currency?.to_string())
}

/// In whole units, as Prometheus counts; nobody posts it.
fn cost(one: &Activity) -> f64 {
    let text = one.mail_cost.map(|cost: Money| cost.to_string());
    text.and_then(|text| text.parse().ok()).unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "Prometheus counts in floating point")]
fn count(number: i64) -> f64 {
    number as f64
}
