//! Lists as they were: the first question folds the log up to its position, the others share what
//! came of it.

use std::time::{Duration, Instant};

use anyhow::ensure;

use super::{ASKED, Size, ground::History, of, questions::page};
use crate::{
    bench::Bench,
    drive::{empty, micros},
    figures::Sample,
};

/// The first answer.
pub(crate) const FIRST_AS_OF: [&str; 2] =
    ["invoice list as of, first, tenth", "invoice list as of, first"];
/// Its pages afterwards.
pub(crate) const PAGE_AS_OF: [&str; 2] =
    ["invoice list as of, page, tenth", "invoice list as of, page"];
/// Between two looks whether it is ready.
const LOOK: Duration = Duration::from_millis(100);

pub(super) async fn measure(
    bench: &mut Bench<'_>,
    history: &History,
    size: Size,
    patience: Duration,
) {
    let (first, pages) = (of(&FIRST_AS_OF, size), of(&PAGE_AS_OF, size));
    if !bench.plan.wants(first) && !bench.plan.wants(pages) {
        return;
    }
    if let Some((one, many)) = bench.within(first, patience, asked(history, patience)).await {
        bench.figures.add(first, one);
        bench.figures.add(pages, many);
    }
}

async fn asked(history: &History, patience: Duration) -> anyhow::Result<(Sample, Sample)> {
    let mut asker = history.asker().await?;
    let path = format!("{}&as_of_position={}", page(), history.head - 1);
    let began = Instant::now();
    loop {
        let (status, body) = asker.ask(&path).await?;
        if status == 200 {
            break;
        }
        ensure!(status == 202, "{path}: HTTP {status}: {body}");
        ensure!(began.elapsed() < patience, "the past was not ready in time");
        tokio::time::sleep(LOOK).await;
    }
    let spent = began.elapsed();
    let mut latency = empty()?;
    for _ in 0..ASKED {
        let asked = Instant::now();
        asker.get(&path).await?;
        latency.saturating_record(micros(asked.elapsed()));
    }
    let rate = 1e6 / latency.mean();
    let first = Sample::once(1.0 / spent.as_secs_f64());
    let first = first
        .noting("s until it was there", spent.as_secs_f64())
        .noting("events a second", history.head as f64 / spent.as_secs_f64());
    Ok((first, Sample::of(&latency, rate)))
}
