//! A run: where, how, and what came of it so far.

use std::time::{Duration, Instant};

use tokio::time::timeout;

use crate::{
    figures::{Figures, Point, Sample},
    ground::Ground,
    options::Plan,
};

/// What every part measures with.
pub(crate) struct Bench<'a> {
    pub(crate) ground: &'a Ground,
    pub(crate) plan: &'a Plan,
    pub(crate) figures: Figures,
    began: Instant,
}

impl<'a> Bench<'a> {
    pub(crate) fn new(ground: &'a Ground, plan: &'a Plan) -> Self {
        Self { ground, plan, figures: Figures::default(), began: Instant::now() }
    }

    /// Measures a point if it is wanted, for as long as a point may take. What goes wrong is
    /// written down and is not the end of the run.
    pub(crate) async fn point(
        &mut self,
        point: Point,
        measuring: impl Future<Output = anyhow::Result<Sample>>,
    ) {
        if self.plan.wants(point)
            && let Some(sample) = self.within(point, self.plan.deadline, measuring).await
        {
            self.figures.add(point, sample);
        }
    }

    /// Work that points need, under the name of the first of them.
    pub(crate) async fn within<T>(
        &mut self,
        point: Point,
        deadline: Duration,
        work: impl Future<Output = anyhow::Result<T>>,
    ) -> Option<T> {
        let left = self.plan.longest.saturating_sub(self.began.elapsed());
        let failed = match timeout(deadline.min(left), work).await {
            Ok(Ok(done)) => return Some(done),
            Ok(Err(error)) => format!("{error:#}"),
            Err(_) if left < deadline => "the run had taken as long as it may".to_owned(),
            Err(_) => format!("not done within {} s", deadline.as_secs()),
        };
        self.figures.fail(point, failed);
        None
    }
}
