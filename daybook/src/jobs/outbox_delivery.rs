//! `outbox-delivery`: what waits in the outbox leaves the house.
//!
//! A message is taken under a lease, written as things stand, carried, and settled. Whoever dies
//! in between leaves it to the next, under the same id; so it leaves at least once.

use std::future::Future;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use ledger::contact::{ContactRules, Verdict};
use ledger::correspondence::{Message, Written, may_leave, report, write};
use ledger::documents::Stationery;
use ledger::ports::exports::{ExportReceiver, Parcel};
use ledger::ports::mail::{Courier, Mailer, Undelivered};
use ledger::store::Ledger;
use ledger::store::outbox::{Fate, Held, take};
use ledger::traces::{TARGET, correlated, span_id, trace_id};
use ledger::values::OrgId;
use projections::engine::Snapshot;
use projections::exports;
use time::OffsetDateTime;
use tokio::sync::watch;
use tracing::field::Empty;
use tracing::{Instrument, Span};
use uuid::Uuid;

use super::Ground;
use super::every_org::{Summary, every_org};

/// Messages taken at a time.
const PORTION: i64 = 20;

/// Longer than carrying a portion takes.
const LEASE: Duration = Duration::from_secs(900);

/// Nobody waits longer than this for the next attempt.
const LONGEST: Duration = Duration::from_secs(6 * 3_600);

/// Why a message waits for the morning.
const QUIET: &str = "quiet_hours";

/// How messages leave.
#[derive(Clone)]
pub struct Post {
    /// Carries e-mails; without one they wait.
    pub mailer: Option<Arc<dyn Mailer>>,
    /// Carries papers and texts.
    pub courier: Arc<dyn Courier>,
    /// Takes exports; without one they wait.
    pub exports: Option<Arc<dyn ExportReceiver>>,
    /// What letters are written on.
    pub stationery: Stationery,
    /// How often messages are tried.
    pub patience: Patience,
    /// How often exports are tried.
    pub export_patience: Patience,
    /// When patients may be written to.
    pub rules: ContactRules,
}

/// How often something is tried.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// The wait after the first attempt; it doubles with each.
    pub base_backoff: Duration,
    /// Attempts before it is a dead letter.
    pub max_attempts: u32,
}

impl Post {
    /// The ways that are open.
    fn ways(&self) -> Vec<&'static str> {
        // The courier is always there.
        let always = ["letter", "portal", "sms"];
        let mail = self.mailer.as_ref().map(|_| "email");
        let exports = self.exports.as_ref().map(|_| "webhook");
        always.into_iter().chain(mail).chain(exports).collect()
    }
}

/// Sends what is due, org by org.
pub(super) async fn run(
    ground: &Ground,
    holder: &str,
    stop: &watch::Receiver<bool>,
) -> anyhow::Result<Summary> {
    every_org(&ground.ledger, stop, async |org| deliver(ground, org, holder, stop).await).await
}

async fn deliver(
    ground: &Ground,
    org: OrgId,
    holder: &str,
    stop: &watch::Receiver<bool>,
) -> anyhow::Result<usize> {
    let (ledger, ways) = (&ground.ledger, ground.post.ways());
    let mut settled = 0;
    while !*stop.borrow() {
        let portion = take(ledger, org, &ways, holder, LEASE, PORTION).await?;
        if portion.is_empty() {
            break;
        }
        for held in portion {
            let fate = told(&held, carry(ledger, &ground.post, &held)).await?;
            settled += usize::from(held.settle(ledger, &fate).await?);
        }
    }
    Ok(settled)
}

/// Tries once, and tells whoever sent it what came of that.
async fn carry(ledger: &Ledger, post: &Post, held: &Held) -> anyhow::Result<Fate> {
    let fate = attempt(ledger, post, held).await?;
    if let Fate::Dead(why) = &fate {
        tracing::warn!(org = %held.org, message = %held.id, why, "a message is a dead letter");
    }
    let outcome = match &fate {
        Fate::Sent => "sent",
        Fate::Canceled(_) => "canceled",
        Fate::Later(..) => "later",
        Fate::NotYet(..) => "not_yet",
        Fate::Dead(_) => "dead",
    };
    Span::current().record("daybook.outcome", outcome);
    tell(ledger, held, &fate).await?;
    Ok(fate)
}

/// In the trace of the request that the message follows from, or in one of its own.
async fn told<F: Future>(held: &Held, carrying: F) -> F::Output {
    let correlation_id = held.cause.map_or(held.id, |cause| cause.correlation_id);
    let span = tracing::info_span!(
        target: TARGET,
        "deliver",
        trace.id = trace_id(correlation_id),
        parent.id = held.cause.map(|cause| span_id(cause.causation_id)),
        daybook.org = %held.org,
        daybook.way = held.message.as_ref().map(Message::kind),
        daybook.template = held.message.as_ref().map(Message::template),
        daybook.attempt = held.attempt,
        daybook.outcome = Empty,
    );
    correlated(correlation_id, carrying.instrument(span)).await
}

/// Tries once. The store's failures leave the message to whoever comes after the lease.
async fn attempt(ledger: &Ledger, post: &Post, held: &Held) -> anyhow::Result<Fate> {
    let Some(message) = &held.message else { return Ok(Fate::Canceled("erased")) };
    let now = ledger.clock().now();
    match may_leave(ledger, post.rules, held.org, message, now).await? {
        Verdict::Now => {}
        Verdict::NotBefore(at) => return Ok(Fate::NotYet(QUIET, until(now, at))),
        Verdict::NotBeforeDay(_) | Verdict::NotThisWay => return Ok(Fate::Canceled("no_time")),
    }
    let written = write(ledger, &post.stationery, held.org, message, held.occurred_at).await?;
    let (carried, patience) = match written {
        Written::NotNeeded(why) => return Ok(Fate::Canceled(why)),
        Written::Impossible(why) => return Ok(Fate::Dead(why.to_owned())),
        Written::Letter(letter) => match &post.mailer {
            Some(mailer) => (mailer.carry(held.id, &letter).await, post.patience),
            None => (Err(Undelivered::NotNow("mail_off".to_owned())), post.patience),
        },
        Written::Paper(pdf) => (post.courier.paper(held.id, &pdf).await, post.patience),
        Written::Text { to, text } => (post.courier.text(held.id, &to, &text).await, post.patience),
        Written::Export(id) => (hand_over(ledger, post, held, id).await?, post.export_patience),
    };
    Ok(match carried {
        Ok(()) => Fate::Sent,
        Err(Undelivered::Never(why)) => Fate::Dead(why),
        Err(Undelivered::NotNow(why)) => not_now(patience, held, why),
    })
}

/// Tells whoever sent it, before it is settled: whoever dies in between tells it again, which
/// changes nothing.
async fn tell(ledger: &Ledger, held: &Held, fate: &Fate) -> anyhow::Result<()> {
    let Some(message) = &held.message else { return Ok(()) };
    let gone = match fate {
        Fate::Sent => Ok(()),
        Fate::Canceled(why) => Err(*why),
        Fate::Dead(why) => Err(why.as_str()),
        Fate::Later(..) | Fate::NotYet(..) => return Ok(()),
    };
    let now = ledger.clock().now();
    Ok(report(ledger, held.org, (held.id, message), gone, now).await?)
}

/// Hands a kept file over.
async fn hand_over(
    ledger: &Ledger,
    post: &Post,
    held: &Held,
    export_id: Uuid,
) -> anyhow::Result<Result<(), Undelivered>> {
    let Some(receiver) = &post.exports else {
        return Ok(Err(Undelivered::NotNow("exports_off".to_owned())));
    };
    let snapshot = Snapshot::open(ledger.app_pool(), held.org).await?;
    let export = exports::get(&snapshot, export_id).await?;
    let bytes = exports::piece(&snapshot, export_id, 0, i32::MAX).await?;
    snapshot.close().await?;
    let Some(export) = export else {
        return Ok(Err(Undelivered::Never("export_missing".to_owned())));
    };
    let parcel = Parcel {
        id: held.id,
        org: held.org,
        file_name: export.file_name,
        media_type: "text/csv; charset=utf-8; header=present",
        bytes,
        sha256: export.sha256,
    };
    Ok(receiver.hand_over(&parcel, ledger.clock().now()).await)
}

/// How long it waits, to a whole second that lies behind it.
fn until(now: OffsetDateTime, at: OffsetDateTime) -> Duration {
    Duration::try_from(at - now).unwrap_or_default().saturating_add(Duration::from_secs(1))
}

fn not_now(patience: Patience, held: &Held, why: String) -> Fate {
    let attempt = u32::try_from(held.attempt).unwrap_or(u32::MAX);
    if attempt >= patience.max_attempts {
        return Fate::Dead(why);
    }
    Fate::Later(why, backoff(patience.base_backoff, attempt, held.id))
}

/// Doubles with each attempt, and lies up to a quarter above that: messages that failed together
/// do not all come back together.
fn backoff(base: Duration, attempt: u32, id: Uuid) -> Duration {
    let doubled = base.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1).min(20)));
    let wait = doubled.min(LONGEST);
    let mut hasher = std::hash::DefaultHasher::new();
    (id, attempt).hash(&mut hasher);
    let percent = u32::try_from(hasher.finish() % 26).unwrap_or(0);
    wait + wait * percent / 100
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_doubles_lies_up_to_a_quarter_above_and_never_beyond_the_longest() {
        let base = Duration::from_secs(60);
        for id in (0..200).map(Uuid::from_u128) {
            for attempt in 1..=100_u32 {
                let least = base.saturating_mul(2_u32.saturating_pow(attempt - 1)).min(LONGEST);
                let wait = backoff(base, attempt, id);
                assert!(wait >= least && wait <= least + least / 4, "{attempt}: {wait:?}");
                assert_eq!(wait, backoff(base, attempt, id));
            }
        }
        let waits: std::collections::BTreeSet<Duration> =
            (0..200).map(|id| backoff(base, 1, Uuid::from_u128(id))).collect();
        assert!(waits.len() > 10, "they do not come back together");
    }
}
