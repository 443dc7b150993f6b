//! The closed loop: so many callers, each of which asks again as soon as it is answered.

use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use tokio::task::JoinSet;

use crate::options::Plan;

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
}

/// Lets the callers run for a warm-up, then counts what is asked and answered within the time.
///
/// # Errors
/// The first caller's that fails.
pub(crate) async fn drive<C: Caller>(callers: Vec<C>, plan: &Plan) -> anyhow::Result<Measured> {
    let begin = Instant::now() + plan.warm_up;
    let end = begin + plan.measured;
    let mut running = JoinSet::new();
    for mut caller in callers {
        running.spawn(async move {
            let mut latency = empty()?;
            loop {
                let asked = Instant::now();
                if asked >= end {
                    return anyhow::Ok(latency);
                }
                caller.call().await?;
                let answered = Instant::now();
                if asked >= begin && answered < end {
                    latency.saturating_record(micros(answered - asked));
                }
            }
        });
    }
    let mut latency = empty()?;
    while let Some(caller) = running.join_next().await {
        latency.add(caller??)?;
    }
    Ok(Measured { rate: latency.len() as f64 / plan.measured.as_secs_f64(), latency })
}

/// Up to a minute, to three digits.
fn empty() -> anyhow::Result<Histogram<u64>> {
    Ok(Histogram::new_with_bounds(1, 60_000_000, 3)?)
}

fn micros(spent: Duration) -> u64 {
    u64::try_from(spent.as_micros()).unwrap_or(u64::MAX)
}
