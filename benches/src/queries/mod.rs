//! What a long history does to the answers: the same questions over HTTP, one at a time, of an
//! org with so many invoices and of one with a tenth of them.
//!
//! - `ground.rs`: the history, folded into the read models, and the service on it.
//! - `questions.rs`: what is asked. `past.rs`: lists as they were.

mod ground;
mod past;
mod questions;

use std::time::Instant;

use crate::{
    bench::Bench,
    drive::{empty, micros},
    figures::{Point, Sample},
    options::Part,
};
use ground::History;
use questions::{QUESTIONS, Question};

/// Each question is asked so often at most, and for so long.
const ASKED: usize = 400;

/// The two histories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    Tenth,
    Whole,
}

/// A question about a history; the number of clients is one.
pub(crate) const fn point(what: &'static str) -> Point {
    Point::once(Part::Queries, what)
}

/// What a question about the smaller history is called, too.
pub(crate) fn of(question: &'static [&'static str; 2], size: Size) -> Point {
    match size {
        Size::Tenth => point(question[0]),
        Size::Whole => point(question[1]),
    }
}

pub(crate) use past::{FIRST_AS_OF, PAGE_AS_OF};
pub(crate) use questions::{FLAT, TRIAL_BALANCE};

/// The smaller history first, then the larger.
pub(crate) async fn measure(bench: &mut Bench<'_>) {
    for size in [Size::Tenth, Size::Whole] {
        one(bench, size).await;
    }
}

async fn one(bench: &mut Bench<'_>, size: Size) {
    let invoices = match size {
        Size::Tenth => bench.plan.history / 10,
        Size::Whole => bench.plan.history,
    };
    let patience = bench.plan.patience(invoices * crate::history::EVENTS * 3);
    let name = of(&ground::MADE, size);
    let making = History::make(bench.ground, invoices, patience);
    let Some((history, sample)) = bench.within(name, patience, making).await else { return };
    bench.figures.add(name, sample);
    for question in QUESTIONS {
        let point = of(question.name, size);
        bench.point(point, asked(&history, question)).await;
    }
    past::measure(bench, &history, size, patience).await;
    let ground = bench.ground;
    bench.within(name, patience, history.end(ground)).await;
}

/// Asks until it was asked often enough or has taken long enough; the first answers are not
/// counted.
async fn asked(history: &History, question: &Question) -> anyhow::Result<Sample> {
    let mut asker = history.asker().await?;
    let paths = (question.paths)(history, &mut asker).await?;
    let mut latency = empty()?;
    let began = Instant::now();
    for (number, path) in paths.iter().cycle().take(ASKED + ASKED / 10).enumerate() {
        let asked = Instant::now();
        asker.get(path).await?;
        if number >= ASKED / 10 {
            latency.saturating_record(micros(asked.elapsed()));
        }
        if began.elapsed().as_secs() >= 10 && latency.len() >= 5 {
            break;
        }
    }
    let rate = 1e6 / latency.mean();
    Ok(Sample::of(&latency, rate))
}
