//! Texts as they can be set: clean, in lines that fit, and figures as people read them.

use ledger::values::{Money, Rate};
use time::{Date, format_description::BorrowedFormatItem, macros::format_description};

use super::fonts::Typeface;

/// Longer texts are cut: nobody's name is this long, and a paper is no archive.
const LONGEST: usize = 2_000;

const DAY: &[BorrowedFormatItem<'_>] =
    format_description!("[month repr:long] [day padding:none], [year]");
const SHORT_DAY: &[BorrowedFormatItem<'_>] =
    format_description!("[month repr:short] [day padding:none], [year]");

/// A text in one line: white space as single spaces, nothing that steers a printer or a reader's
/// eye (control characters, marks of direction).
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(LONGEST));
    let mut gap = false;
    for character in text.chars().take(LONGEST) {
        if character.is_whitespace() || character.is_control() {
            gap = true;
        } else if !unseen(character) {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(character);
        }
    }
    out
}

/// Characters that are not seen but change what is: marks of direction, joiners, tags, and those
/// that stand for nothing.
fn unseen(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..)
}

/// Breaks a text into lines that are no wider than `width`; a word that is wider by itself is
/// broken anywhere. At least one line.
pub(super) fn wrap(face: &Typeface, size: f32, text: &str, width: f32) -> Vec<String> {
    let text = clean(text);
    let mut lines = Vec::new();
    let (mut line, mut filled) = (String::new(), 0.0);
    let space = face.width_of(' ') * size;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let wide = face.width(word, size);
        if !line.is_empty() && filled + space + wide <= width {
            line.push(' ');
            line.push_str(word);
            filled += space + wide;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        filled = 0.0;
        for character in word.chars() {
            let step = face.width_of(character) * size;
            if filled + step > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                filled = 0.0;
            }
            line.push(character);
            filled += step;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// `1,234.50`, with a minus sign as it is printed.
pub(super) fn figure(money: Money) -> String {
    let plain = money.to_string();
    let (sign, digits) = plain.strip_prefix('-').map_or(("", &*plain), |rest| ("\u{2212}", rest));
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    format!("{sign}{}{rest}", grouped(whole))
}

/// What is taken off, as it is printed; nothing taken off has no sign.
pub(super) fn less(money: Money) -> String {
    if money.is_zero() { figure(money) } else { format!("\u{2212}{}", figure(money)) }
}

/// `12,000`.
pub(super) fn count(number: i64) -> String {
    let sign = if number < 0 { "\u{2212}" } else { "" };
    format!("{sign}{}", grouped(&number.unsigned_abs().to_string()))
}

fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `9.975 %`.
pub(super) fn percent(rate: Rate) -> String {
    let hundredfold = rate.decimal().checked_mul(100.into()).unwrap_or_default();
    format!("{} %", hundredfold.normalize())
}

/// `November 1, 2026`.
pub(super) fn day(day: Date) -> String {
    day.format(DAY).unwrap_or_else(|_| day.to_string())
}

/// `Nov 1, 2026`.
pub(super) fn short_day(day: Date) -> String {
    day.format(SHORT_DAY).unwrap_or_else(|_| day.to_string())
}

/// `Nov 1 – Nov 30, 2026`, or one day.
pub(super) fn days((first, last): (Date, Date)) -> String {
    if first == last {
        short_day(first)
    } else {
        format!("{} \u{2013} {}", short_day(first), short_day(last))
    }
}

#[cfg(test)]
mod tests {
    use ledger::values::Currency;
    use time::macros::date;

    use super::*;
    use crate::documents::fonts::{Cut, Fonts};

    #[test]
    fn figures_are_grouped_by_thousands_and_negative_ones_have_a_true_minus() {
        let dollars = |minor| Money::from_minor(minor, Currency::USD);
        assert_eq!(figure(dollars(123_456_789)), "1,234,567.89");
        assert_eq!(figure(dollars(99_950)), "999.50");
        assert_eq!(figure(dollars(-100_000)), "\u{2212}1,000.00");
        assert_eq!((less(dollars(0)), less(dollars(5))), ("0.00".into(), "\u{2212}0.05".into()));
        assert_eq!(count(1_000), "1,000");
    }

    #[test]
    fn days_and_rates_read_as_people_write_them() {
        assert_eq!(day(date!(2026 - 11 - 01)), "November 1, 2026");
        assert_eq!(days((date!(2026 - 11 - 01), date!(2026 - 11 - 01))), "Nov 1, 2026");
        let rate = "0.09975".parse().unwrap();
        assert_eq!(percent(rate), "9.975 %");
    }

    #[test]
    fn lines_fit_their_width_and_a_word_without_an_end_is_broken() {
        let face = Fonts::get().of(Cut::Regular);
        let lines = wrap(face, 10.0, &format!("a short word and {}", "x".repeat(200)), 100.0);
        assert!(lines.len() > 5);
        assert!(lines.iter().all(|line| face.width(line, 10.0) <= 100.0), "{lines:?}");
        assert_eq!(wrap(face, 10.0, " \t\n", 100.0), [""]);
    }

    #[test]
    fn marks_that_turn_a_text_around_are_left_out() {
        assert_eq!(clean("paid\u{202e} 00.001\u{0}\r\n to"), "paid 00.001 to");
    }
}
