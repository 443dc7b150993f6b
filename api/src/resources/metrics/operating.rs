//! What runs by itself, in figures: jobs, and what waits to leave the house (contract S2.12).

use std::collections::BTreeMap;

use ledger::store::{
    notary::{Lag, lag},
    operating::{DeadLetters, Outgoing, dead_letters, outgoing},
};
use time::OffsetDateTime;

use super::reading::Reading;
use crate::{jobs::JobStanding, state::AppState};

/// Orgs with dead letters that are named; the sum counts all.
const NAMED: usize = 100;

/// The figures that can be had: a database that is away takes none of the others along.
pub(super) async fn operating(state: &AppState) -> Vec<Reading> {
    let mut now = Vec::new();
    match state.jobs.standing().await {
        Ok(standing) => now.extend(jobs(&standing)),
        Err(error) => tracing::warn!(%error, "the jobs could not be read"),
    }
    match dead_letters(&state.ledger).await {
        Ok(dead) => now.extend(dead_lettered(dead)),
        Err(error) => tracing::warn!(%error, "dead letters could not be counted"),
    }
    match outgoing(&state.ledger).await {
        Ok(waiting) => now.extend(leaving(&waiting)),
        Err(error) => tracing::warn!(%error, "the outbox could not be measured"),
    }
    match lag(&state.ledger).await {
        Ok(lag) => now.extend(unsigned(lag)),
        Err(error) => tracing::warn!(%error, "the lag of signing could not be measured"),
    }
    now
}

fn unsigned(lag: Lag) -> [Reading; 3] {
    [
        Reading::Count(
            "daybook_seal_lag_events",
            "Events beyond the last signed checkpoint of their org.",
            lag.events,
        ),
        Reading::Count("daybook_seal_lag_orgs", "Orgs that have some.", lag.orgs),
        Reading::Seconds(
            "daybook_seal_lag_seconds",
            "How long the first of them has been there.",
            lag.oldest.as_seconds_f64(),
        ),
    ]
}

fn jobs(standing: &[JobStanding]) -> Vec<Reading> {
    let of_each = |name, help, counted, figure: fn(&JobStanding) -> f64| Reading::Several {
        name,
        help,
        counted,
        labels: &["job"],
        figures: standing.iter().map(|job| (vec![job.job.to_owned()], figure(job))).collect(),
    };
    vec![
        of_each(
            "job_last_heartbeat_timestamp",
            "When a scheduler last showed that it cares for the job; 0 for never.",
            false,
            |job| seconds(job.heartbeat_at),
        ),
        of_each(
            "job_last_success_timestamp",
            "When the job last ended well; 0 for never.",
            false,
            |job| seconds(job.last_success_at),
        ),
        of_each("job_interval_seconds", "How often the job runs.", false, |job| {
            job.every.as_secs_f64()
        }),
        of_each(
            "job_consecutive_failures",
            "How often in a row the job has ended badly.",
            false,
            |job| f64::from(job.consecutive_failures),
        ),
        of_each("job_errors_total", "How often the job has ended badly.", true, |job| {
            count(job.errors)
        }),
    ]
}

fn dead_lettered(mut dead: Vec<DeadLetters>) -> Vec<Reading> {
    // Both kinds are there when all is well: an alert on a figure that is missing never fires.
    let mut sums: BTreeMap<String, i64> =
        ["email", "webhook"].map(|kind| (kind.to_owned(), 0)).into();
    for one in &dead {
        *sums.entry(one.kind.clone()).or_default() += one.count;
    }
    dead.sort_by_key(|one| std::cmp::Reverse(one.count));
    dead.truncate(NAMED);
    let named = dead.into_iter();
    vec![
        Reading::Several {
            name: "daybook_dead_letters",
            help: "Messages and exports that were given up and wait for a replay.",
            counted: false,
            labels: &["kind"],
            figures: sums.into_iter().map(|(kind, sum)| (vec![kind], count(sum))).collect(),
        },
        Reading::Several {
            name: "daybook_org_dead_letters",
            help: "The same by org, for the hundred orgs with the most.",
            counted: false,
            labels: &["kind", "org"],
            figures: named
                .map(|one| (vec![one.kind, one.org.to_string()], count(one.count)))
                .collect(),
        },
    ]
}

fn leaving(outgoing: &Outgoing) -> Vec<Reading> {
    vec![
        Reading::Count(
            "daybook_outbox_waiting",
            "Messages that are due and have not left.",
            outgoing.waiting,
        ),
        Reading::Seconds(
            "daybook_outbox_oldest_waiting_seconds",
            "How long the first of them has been due.",
            outgoing.oldest_waiting.as_seconds_f64(),
        ),
        Reading::Count(
            "daybook_emails_sent_last_day",
            "E-mails that left in the last 24 hours.",
            outgoing.emails_sent,
        ),
        Reading::Count(
            "daybook_emails_given_up_last_day",
            "E-mails that were given up in the last 24 hours.",
            outgoing.emails_given_up,
        ),
    ]
}

fn seconds(at: Option<OffsetDateTime>) -> f64 {
    at.map_or(0.0, |at| (at - OffsetDateTime::UNIX_EPOCH).as_seconds_f64())
}

#[expect(clippy::cast_precision_loss, reason = "Prometheus counts in floating point")]
fn count(number: i64) -> f64 {
    number as f64
}
