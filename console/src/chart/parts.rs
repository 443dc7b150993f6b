//! One bar lying down, parted into shares of a whole.

use askama::Template;

const WIDTH: i64 = 420;

/// A share.
pub(crate) struct Share {
    /// What it is.
    pub(crate) name: String,
    /// How much, in words.
    pub(crate) said: String,
    /// How much, in whatever whole unit; nothing below zero is drawn.
    pub(crate) value: i64,
    /// Where it leads.
    pub(crate) link: Option<String>,
    /// Which of the plot's colours, 1 to 7: from good over plain and waiting to bad, then over.
    pub(crate) colour: u8,
}

struct Drawn {
    x: i64,
    width: i64,
    colour: u8,
    name: String,
    said: String,
    link: Option<String>,
}

/// The plot with its legend.
#[derive(Template)]
#[template(path = "parts/shares.html")]
pub(crate) struct Shares {
    title: String,
    drawn: Vec<Drawn>,
    width: i64,
}

impl Shares {
    pub(crate) fn new(title: &str, shares: Vec<Share>) -> Self {
        let whole: i128 = shares.iter().map(|share| i128::from(share.value.max(0))).sum();
        let mut before = 0_i128;
        let place = |upto: i128| match whole {
            0 => 0,
            whole => i64::try_from(upto * i128::from(WIDTH) / whole).unwrap_or(0),
        };
        let drawn = shares.into_iter().map(|share| {
            let from = place(before);
            before += i128::from(share.value.max(0));
            let Share { name, said, link, colour, .. } = share;
            Drawn { x: from, width: place(before) - from, colour, name, said, link }
        });
        let drawn = drawn.collect();
        Self { title: title.to_owned(), drawn, width: WIDTH }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_fill_the_whole_and_leave_no_gap() {
        let share = |value| {
            let (name, said) = (String::new(), String::new());
            Share { name, said, value, link: None, colour: 1 }
        };
        let shares = Shares::new("", vec![share(1), share(1), share(1), share(-5)]);
        let drawn: Vec<_> = shares.drawn.iter().map(|share| (share.x, share.width)).collect();
        assert_eq!(drawn, [(0, 140), (140, 140), (280, 140), (420, 0)]);
        assert!(Shares::new("", vec![share(0)]).drawn.iter().all(|share| share.width == 0));
    }
}
