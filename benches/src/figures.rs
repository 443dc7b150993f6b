//! What was measured, by point and repetition.

use std::fmt;

use hdrhistogram::Histogram;

use crate::{drive::Measured, options::Part};

/// What is measured; the same point is measured once in each repetition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) part: Part,
    pub(crate) what: &'static str,
    pub(crate) orgs: u64,
    pub(crate) clients: usize,
    /// Events, or rows, of one operation.
    pub(crate) events: u64,
}

impl Point {
    /// Something that one caller does once at a time.
    pub(crate) const fn once(part: Part, what: &'static str) -> Self {
        Self { part, what, orgs: 1, clients: 1, events: 1 }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { part: _, what, orgs, clients, events } = self;
        write!(formatter, "{what}/{orgs}/{clients}/{events}")
    }
}

/// One repetition's result.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    /// Operations a second.
    pub(crate) rate: f64,
    /// Median latency in milliseconds.
    pub(crate) p50_ms: Option<f64>,
    /// 99th percentile of the latency in milliseconds.
    pub(crate) p99_ms: Option<f64>,
    /// What else is worth saying, each with its number.
    pub(crate) notes: Vec<(&'static str, f64)>,
}

/// Median, smallest and largest.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    pub(crate) min: f64,
    pub(crate) max: f64,
}

/// Everything, in the order in which it was first measured.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    rows: Vec<(Point, Vec<Sample>)>,
    failures: Vec<(Point, String)>,
}

impl From<Measured> for Sample {
    fn from(measured: Measured) -> Self {
        let at = |quantile| Some(measured.latency.value_at_quantile(quantile) as f64 / 1_000.0);
        Self { rate: measured.rate, p50_ms: at(0.5), p99_ms: at(0.99), notes: Vec::new() }
    }
}

impl Sample {
    /// Of something that happens once and is as long as it is.
    pub(crate) fn once(rate: f64) -> Self {
        Self { rate, p50_ms: None, p99_ms: None, notes: Vec::new() }
    }

    /// Of something that was done so often, each time with its own latency.
    pub(crate) fn of(latency: &Histogram<u64>, rate: f64) -> Self {
        Measured { rate, latency: latency.clone(), answers: latency.len() }.into()
    }

    /// The same with everything of a list.
    #[must_use]
    pub(crate) fn noting_all(self, notes: impl IntoIterator<Item = (&'static str, f64)>) -> Self {
        notes.into_iter().fold(self, |sample, (what, number)| sample.noting(what, number))
    }

    #[must_use]
    pub(crate) fn noting(mut self, what: &'static str, number: f64) -> Self {
        self.notes.push((what, number));
        self
    }
}

impl Figures {
    pub(crate) fn add(&mut self, point: Point, sample: Sample) {
        let p99_ms = sample.p99_ms.unwrap_or_default();
        let notes = &sample.notes;
        eprintln!(
            "  {:<24} {:>9.0}/s  p99 {p99_ms:.2} ms  {notes:.2?}",
            point.to_string(),
            sample.rate
        );
        match self.rows.iter_mut().find(|(known, _)| *known == point) {
            Some((_, samples)) => samples.push(sample),
            None => self.rows.push((point, vec![sample])),
        }
    }

    /// Writes down why there is no figure.
    pub(crate) fn fail(&mut self, point: Point, why: String) {
        eprintln!("  {point}: {why}");
        self.failures.push((point, why));
    }

    pub(crate) fn failures(&self) -> &[(Point, String)] {
        &self.failures
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.failures.is_empty()
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = (&Point, &[Sample])> {
        self.rows.iter().map(|(point, samples)| (point, samples.as_slice()))
    }

    fn samples(&self, point: Point) -> Option<&[Sample]> {
        self.rows().find(|(known, _)| **known == point).map(|(_, samples)| samples)
    }

    /// What a point came to when it was last measured, operations a second.
    pub(crate) fn latest(&self, point: Point) -> Option<f64> {
        Some(self.samples(point)?.last()?.rate)
    }

    /// Events, or rows, a second.
    pub(crate) fn events(&self, point: Point) -> Option<Spread> {
        let samples = self.samples(point)?;
        spread(samples.iter().map(|sample| sample.rate * point.events as f64))
    }

    /// The 99th percentile of the latency, in milliseconds.
    pub(crate) fn p99_ms(&self, point: Point) -> Option<Spread> {
        spread(self.samples(point)?.iter().filter_map(|sample| sample.p99_ms))
    }

    /// A number that was noted beside the figures of a point.
    pub(crate) fn noted(&self, point: Point, what: &str) -> Option<Spread> {
        let noted = |sample: &Sample| {
            sample.notes.iter().find(|(name, _)| *name == what).map(|(_, number)| *number)
        };
        spread(self.samples(point)?.iter().filter_map(noted))
    }

    /// One point's median latency to another's of the same repetition.
    pub(crate) fn growth(&self, of: Point, to: Point) -> Option<Spread> {
        let pairs = self.samples(of)?.iter().zip(self.samples(to)?);
        spread(pairs.filter_map(|(of, to)| Some(of.p50_ms? / to.p50_ms?)))
    }

    /// Events a second of one point to those of another of the same repetition.
    pub(crate) fn ratio(&self, of: Point, to: Point) -> Option<Spread> {
        let pairs = self.samples(of)?.iter().zip(self.samples(to)?);
        let scale = of.events as f64 / to.events as f64;
        spread(pairs.map(|(of, to)| of.rate / to.rate * scale))
    }
}

/// `None` of nothing. The median of an even number is the mean of the middle two.
pub(crate) fn spread(numbers: impl IntoIterator<Item = f64>) -> Option<Spread> {
    let mut sorted: Vec<f64> = numbers.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    let (min, max) = (*sorted.first()?, *sorted.last()?);
    let middle = sorted.len() / 2;
    let median = if sorted.len() % 2 == 1 {
        sorted[middle]
    } else {
        f64::midpoint(sorted[middle - 1], sorted[middle])
    };
    Some(Spread { median, min, max })
}

#[cfg(test)]
mod tests {
    use super::*;

    const POINT: Point = Point { events: 10, ..Point::once(Part::Append, "a") };

    #[test]
    fn a_ratio_compares_within_each_repetition() {
        let other = Point { what: "b", events: 1, ..POINT };
        let mut figures = Figures::default();
        for (ours, theirs) in [(10.0, 10.0), (1.0, 2.0), (60.0, 20.0)] {
            figures.add(POINT, Sample::once(ours));
            figures.add(other, Sample::once(theirs));
        }
        let ratio = figures.ratio(POINT, other).unwrap();
        assert_eq!((ratio.min, ratio.median, ratio.max), (5.0, 10.0, 30.0));
    }

    #[test]
    fn the_median_of_two_is_their_mean() {
        assert_eq!(spread([4.0, 2.0]).unwrap().median, 3.0);
        assert!(spread([]).is_none());
    }
}
