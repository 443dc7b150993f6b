//! `outbox-delivery`: what waits in the outbox leaves the house.
//!
//! A message is taken under a lease, written as things stand, carried, and settled. Whoever dies
//! in between leaves it to the next, under the same id; so it leaves at least once.

use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use ledger::correspondence::{Written, report, write};
use ledger::documents::Stationery;
use ledger::ports::mail::{Courier, Mailer, Undelivered};
use ledger::store::Ledger;
use ledger::store::outbox::{Fate, Held, take};
use ledger::values::OrgId;
use tokio::sync::watch;

use super::Ground;
use super::every_org::{Summary, every_org};

/// Messages taken at a time.
const PORTION: i64 = 20;

/// Longer than carrying a portion takes.
const LEASE: Duration = Duration::from_secs(900);

/// Nobody waits longer than this for the next attempt.
const LONGEST: Duration = Duration::from_secs(6 * 3_600);

/// How messages leave.
#[derive(Clone)]
pub struct Post {
    /// Carries e-mails; without one they wait.
    pub mailer: Option<Arc<dyn Mailer>>,
    /// Carries papers and short texts.
    pub courier: Arc<dyn Courier>,
    /// What letters are written on.
    pub stationery: Stationery,
    /// The wait after the first attempt; it doubles with each.
    pub base_backoff: Duration,
    /// Attempts before a message is a dead letter.
    pub max_attempts: u32,
}

/// Sends what is due, org by org.
pub(super) async fn run(
    ground: &Ground,
    holder: &str,
    stop: &watch::Receiver<bool>,
) -> anyhow::Result<Summary> {
    let Some(mailer) = &ground.post.mailer else { return Ok(Summary::default()) };
    every_org(&ground.ledger, stop, async |org| {
        deliver(&ground.ledger, &ground.post, mailer.as_ref(), org, holder, stop).await
    })
    .await
}

async fn deliver(
    ledger: &Ledger,
    post: &Post,
    mailer: &dyn Mailer,
    org: OrgId,
    holder: &str,
    stop: &watch::Receiver<bool>,
) -> anyhow::Result<usize> {
    let mut settled = 0;
    while !*stop.borrow() {
        let portion = take(ledger, org, holder, LEASE, PORTION).await?;
        if portion.is_empty() {
            break;
        }
        for held in portion {
            let fate = attempt(ledger, post, mailer, &held).await?;
            if let Fate::Dead(why) = &fate {
                tracing::warn!(%org, message = %held.id, why, "a message is a dead letter");
            }
            tell(ledger, &held, &fate).await?;
            settled += usize::from(held.settle(ledger, &fate).await?);
        }
    }
    Ok(settled)
}

/// Tries once. The store's failures leave the message to whoever comes after the lease.
async fn attempt(
    ledger: &Ledger,
    post: &Post,
    mailer: &dyn Mailer,
    held: &Held,
) -> anyhow::Result<Fate> {
    let Some(message) = &held.message else { return Ok(Fate::Canceled("erased")) };
    match write(ledger, &post.stationery, held.org, message, held.occurred_at).await? {
        Written::NotNeeded(why) => Ok(Fate::Canceled(why)),
        Written::Impossible(why) => Ok(Fate::Dead(why.to_owned())),
        Written::Letter(letter) => Ok(fate(post, held, mailer.carry(held.id, &letter).await)),
        Written::Paper(pdf) => Ok(fate(post, held, post.courier.paper(held.id, &pdf).await)),
        Written::Text { to, text } => {
            Ok(fate(post, held, post.courier.text(held.id, &to, &text).await))
        }
    }
}

fn fate(post: &Post, held: &Held, carried: Result<(), Undelivered>) -> Fate {
    match carried {
        Ok(()) => Fate::Sent,
        Err(Undelivered::Never(why)) => Fate::Dead(why),
        Err(Undelivered::NotNow(why)) => not_now(post, held, why),
    }
}

/// Tells whoever sent it, before it is settled: whoever dies in between tells it again, which
/// changes nothing.
async fn tell(ledger: &Ledger, held: &Held, fate: &Fate) -> anyhow::Result<()> {
    let Some(message) = &held.message else { return Ok(()) };
    let gone = match fate {
        Fate::Sent => Ok(()),
        Fate::Canceled(why) => Err(*why),
        Fate::Dead(why) => Err(why.as_str()),
        Fate::Later(_, _) => return Ok(()),
    };
    let now = ledger.clock().now();
    Ok(report(ledger, held.org, (held.id, message), gone, now).await?)
}

fn not_now(post: &Post, held: &Held, why: String) -> Fate {
    let attempt = u32::try_from(held.attempt).unwrap_or(u32::MAX);
    if attempt >= post.max_attempts {
        return Fate::Dead(why);
    }
    Fate::Later(why, backoff(post.base_backoff, attempt, held))
}

/// Doubles with each attempt, and lies up to a quarter above that: messages that failed together
/// do not all come back together.
fn backoff(base: Duration, attempt: u32, held: &Held) -> Duration {
    let doubled = base.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1).min(20)));
    let wait = doubled.min(LONGEST);
    let mut hasher = std::hash::DefaultHasher::new();
    (held.id, attempt).hash(&mut hasher);
    let percent = u32::try_from(hasher.finish() % 26).unwrap_or(0);
    wait + wait * percent / 100
}
