//! A log as a file, and as lines that nobody keeps.

use super::{Long, log};
use crate::{
    bench::Bench,
    errand::{self, What},
    figures::{Point, Sample},
    options::Part,
};

/// `daybook export` of one org.
pub(crate) const EXPORT: &str = "export";
/// `daybook replay` of one org, written to nothing.
pub(crate) const REPLAYED: &str = "replay";
/// `daybook verify` of that file.
pub(crate) const VERIFY_FILE: &str = "verify: export";
/// Of an export, which has all columns as text.
pub(crate) const MEGABYTES: &str = "MB/s";

pub(super) async fn measure(bench: &mut Bench<'_>, long: &Long) {
    let org = long.first();
    let events = long.events / super::ORGS;
    let points =
        [REPLAYED, EXPORT, VERIFY_FILE].map(|what| Point { orgs: 1, ..log(Part::Log, what) });
    if !points.iter().any(|point| bench.plan.wants(*point)) {
        return;
    }
    let Ok(folder) = tempfile::tempdir() else { return };
    let file = folder.path().join("log.jsonl");
    let errands =
        [What::Replay { org }, What::Export { org, file: file.clone() }, What::VerifyFile { file }];
    for (point, what) in points.into_iter().zip(errands) {
        let going = async {
            let done = errand::send(&long.database, what, long.patience).await?;
            let sample = Sample::once(events as f64 / done.seconds);
            let megabytes = done.bytes as f64 / 1e6 / done.seconds;
            let sample = if done.bytes > 0 { sample.noting(MEGABYTES, megabytes) } else { sample };
            anyhow::Ok(sample.noting("MiB at most", done.peak_mib))
        };
        if let Some(sample) = bench.within(point, long.patience, going).await {
            bench.figures.add(point, sample);
        }
    }
}
