//! The load: closed, where so many callers each ask again as soon as they are answered; or open,
//! where so many arrive in a second, whether those before them were answered or not.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};
use tokio::{task::JoinSet, time::sleep_until};

/// How long a load is driven.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Pace {
    pub(crate) warm_up: Duration,
    pub(crate) measured: Duration,
}

/// One caller.
pub(crate) trait Caller: Send + 'static {
    /// Asks once and waits for the answer.
    fn call(&mut self) -> impl Future<Output = anyhow::Result<()>> + Send;
}

/// What a point came to.
#[derive(Debug)]
pub(crate) struct Measured {
    /// Answers a second.
    pub(crate) rate: f64,
    /// Latencies in microseconds.
    pub(crate) latency: Histogram<u64>,
    /// Answers, those of the warm-up included.
    pub(crate) answers: u64,
}

/// When the next one is to ask.
enum Arrivals {
    /// As soon as the caller is free.
    Closed,
    /// At the next of these instants, counted from the beginning. A latency counts from the
    /// instant at which the caller should have asked, however late it could.
    Open { from: Instant, a_second: f64, next: AtomicU64 },
}

impl Arrivals {
    async fn next(&self) -> Instant {
        match self {
            Self::Closed => Instant::now(),
            Self::Open { from, a_second, next } => {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let due = *from + Duration::from_secs_f64(number as f64 / a_second);
                sleep_until(due.into()).await;
                due
            }
        }
    }
}

/// Lets the callers run for a warm-up, then counts what is asked and answered within the time.
///
/// # Errors
/// The first caller's that fails.
pub(crate) async fn drive<C: Caller>(callers: Vec<C>, pace: Pace) -> anyhow::Result<Measured> {
    run(callers, pace, Arrivals::Closed).await
}

/// The same with so many arrivals a second; the callers are how many may be under way.
///
/// # Errors
/// As [`drive`].
pub(crate) async fn arrive<C: Caller>(
    callers: Vec<C>,
    pace: Pace,
    a_second: f64,
) -> anyhow::Result<Measured> {
    let arrivals = Arrivals::Open { from: Instant::now(), a_second, next: AtomicU64::new(0) };
    run(callers, pace, arrivals).await
}

async fn run<C: Caller>(
    callers: Vec<C>,
    pace: Pace,
    arrivals: Arrivals,
) -> anyhow::Result<Measured> {
    let begin = Instant::now() + pace.warm_up;
    let end = begin + pace.measured;
    let arrivals = Arc::new(arrivals);
    let mut running = JoinSet::new();
    for mut caller in callers {
        let arrivals = Arc::clone(&arrivals);
        running.spawn(async move {
            let (mut latency, mut answers, mut all) = (empty()?, 0, 0);
            loop {
                let due = arrivals.next().await;
                if due >= end || Instant::now() >= end {
                    return anyhow::Ok((latency, answers, all));
                }
                caller.call().await?;
                let answered = Instant::now();
                all += 1;
                answers += u64::from(answered >= begin && answered < end);
                if due >= begin {
                    latency.saturating_record(micros(answered - due));
                }
            }
        });
    }
    let (mut latency, mut counted, mut answers) = (empty()?, 0, 0);
    while let Some(caller) = running.join_next().await {
        let (own, answered, all) = caller??;
        latency.add(own)?;
        counted += answered;
        answers += all;
    }
    Ok(Measured { rate: counted as f64 / pace.measured.as_secs_f64(), latency, answers })
}

/// Up to a minute, to three digits.
pub(crate) fn empty() -> anyhow::Result<Histogram<u64>> {
    Ok(Histogram::new_with_bounds(1, 60_000_000, 3)?)
}

pub(crate) fn micros(spent: Duration) -> u64 {
    u64::try_from(spent.as_micros()).unwrap_or(u64::MAX)
}
