//! Upright bars over a row of days, hours or classes.

use askama::Template;

const WIDTH: i64 = 420;
const HEIGHT: i64 = 150;
/// For the words below.
const FOOT: i64 = 20;
/// For the largest value above.
const HEAD: i64 = 16;
/// Words below that fit without touching.
const WORDS: usize = 6;

/// One bar.
pub(crate) struct Bar {
    /// Below it.
    pub(crate) name: String,
    /// What it says when pointed at.
    pub(crate) said: String,
    /// How high, in whatever whole unit.
    pub(crate) value: i64,
}

/// A bar on paper.
struct Drawn {
    x: i64,
    y: i64,
    width: i64,
    height: i64,
    middle: i64,
    name: Option<String>,
    said: String,
}

/// The plot.
#[derive(Template)]
#[template(path = "parts/bars.html")]
pub(crate) struct Bars {
    title: String,
    /// The largest value, in words.
    most: String,
    drawn: Vec<Drawn>,
    zero: i64,
    width: i64,
    height: i64,
}

impl Bars {
    /// `most` says the largest value in words.
    pub(crate) fn new(title: &str, most: String, bars: Vec<Bar>) -> Self {
        let largest = bars.iter().map(|bar| bar.value.max(0)).max().unwrap_or(0);
        let least = bars.iter().map(|bar| bar.value.min(0)).min().unwrap_or(0);
        let span = i128::from(largest) - i128::from(least);
        let room = HEIGHT - HEAD - FOOT;
        let scaled = |value: i64| match span {
            0 => 0,
            span => i64::try_from(i128::from(value) * i128::from(room) / span).unwrap_or(0),
        };
        let zero = HEAD + scaled(largest);
        let count = i64::try_from(bars.len()).unwrap_or(1).max(1);
        let every = bars.len().div_ceil(WORDS).max(1);
        let last = bars.len().saturating_sub(1);
        let drawn = bars.into_iter().enumerate().map(|(index, bar)| {
            let place = i64::try_from(index).unwrap_or(0);
            let (from, to) = (WIDTH * place / count, WIDTH * (place + 1) / count);
            let tall = scaled(bar.value);
            // Something is never nothing.
            let tall = if tall == 0 { bar.value.signum() } else { tall };
            let named = (last - index).is_multiple_of(every);
            Drawn {
                x: from + 1,
                y: if tall >= 0 { zero - tall } else { zero },
                width: (to - from - 2).max(1),
                height: tall.abs(),
                middle: i64::midpoint(from, to),
                name: named.then_some(bar.name),
                said: bar.said,
            }
        });
        let drawn = drawn.collect();
        Self { title: title.to_owned(), most, drawn, zero, width: WIDTH, height: HEIGHT }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heights(values: &[i64]) -> Vec<i64> {
        let bar = |value: &i64| Bar { name: String::new(), said: String::new(), value: *value };
        let bars = Bars::new("", String::new(), values.iter().map(bar).collect());
        bars.drawn.iter().map(|bar| bar.height).collect()
    }

    #[test]
    fn bars_are_as_high_as_their_values_and_the_highest_fills_the_room() {
        assert_eq!(heights(&[0, 57, 114]), [0, 57, 114]);
        assert_eq!(heights(&[i64::MAX, 0]), [114, 0]);
        assert_eq!(heights(&[-50, 50]), [57, 57]);
        assert_eq!(heights(&[]), [0_i64; 0]);
    }

    #[test]
    fn the_smallest_value_can_still_be_seen() {
        assert_eq!(heights(&[1, 1_000_000]), [1, 114]);
        assert_eq!(heights(&[0, 0]), [0, 0]);
    }
}
