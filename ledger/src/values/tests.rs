//! The worked examples of `money.json`, and what holds for every value.

use proptest::prelude::*;
use serde_json::{Value, json};
use time::{Date, macros::date, macros::datetime};

use super::*;

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD)
}

fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../tests/vectors/money.json")).unwrap()
}

#[test]
fn the_tax_vectors_hold_in_both_roundings() {
    for vector in vectors()["tax"].as_array().unwrap() {
        let base = usd(vector["taxable_subtotal_cents"].as_i64().unwrap());
        let rate: Rate = vector["rate"].as_str().unwrap().parse().unwrap();
        for (rounding, field) in [
            (Rounding::HalfAwayFromZero, "tax_cents_half_away_from_zero"),
            (Rounding::HalfEven, "tax_cents_half_even"),
        ] {
            let tax = rate.of(base, rounding).unwrap();
            assert_eq!(Some(tax.minor()), vector[field].as_i64(), "{vector}");
        }
    }
}

#[test]
fn the_installment_vectors_hold() {
    for vector in vectors()["installments"].as_array().unwrap() {
        let total = usd(vector["total_cents"].as_i64().unwrap());
        let months = u32::try_from(vector["months"].as_u64().unwrap()).unwrap();
        let parts: Vec<i64> = total.split(months).unwrap().into_iter().map(Money::minor).collect();
        assert_eq!(json!(parts), vector["amounts"]);
    }
    assert_eq!(usd(1).split(0), Err(MoneyError::OutOfRange));
}

#[test]
fn the_parse_vectors_hold() {
    for vector in vectors()["parse"].as_array().unwrap() {
        let parsed = Money::parse(vector["text"].as_str().unwrap(), Currency::USD);
        assert_eq!(parsed.ok().map(Money::minor), vector["cents"].as_i64(), "{vector}");
    }
}

#[test]
fn what_is_not_an_amount_is_refused() {
    for text in ["", "-", ".", "+1", "1.", "--1", "1.2.3", " 1", "1 ", "1_0", "0x1", "١"] {
        assert_eq!(Money::parse(text, Currency::USD), Err(MoneyError::NotANumber), "{text:?}");
    }
    assert_eq!(Money::parse("1.5", currency("JPY")), Err(MoneyError::TooFine { digits: 0 }));
    assert_eq!(Money::parse("1.500", Currency::USD), Ok(usd(150)));
    assert_eq!(Money::parse("-92233720368547758.08", Currency::USD), Ok(usd(i64::MIN)));
}

#[test]
fn amounts_have_the_decimal_places_of_their_currency() {
    assert_eq!(usd(5).to_string(), "0.05");
    assert_eq!(usd(-2016).to_string(), "-20.16");
    assert_eq!(Money::from_minor(-7, currency("JPY")).to_string(), "-7");
    assert_eq!(Money::from_minor(1500, currency("KWD")).to_string(), "1.500");
    assert_eq!(usd(i64::MIN).to_string(), "-92233720368547758.08");
    assert_eq!(
        serde_json::to_value(usd(200)).unwrap(),
        json!({"amount": "2.00", "currency": "USD"})
    );
    assert_eq!("usd".parse(), Ok(Currency::USD));
    assert_eq!("XXX".parse::<Currency>(), Err(MoneyError::UnknownCurrency));
}

#[test]
fn overflow_is_an_error_and_currencies_do_not_mix() {
    let most = usd(i64::MAX);
    assert_eq!(most.plus(usd(1)), Err(MoneyError::OutOfRange));
    assert_eq!(usd(i64::MIN).minus(usd(1)), Err(MoneyError::OutOfRange));
    assert_eq!(most.times(2), Err(MoneyError::OutOfRange));
    assert_eq!(usd(i64::MIN).negated(), Err(MoneyError::OutOfRange));
    let (left, right) = (Currency::USD, currency("EUR"));
    let mismatch = Err(MoneyError::CurrencyMismatch { left, right });
    assert_eq!(usd(1).plus(Money::zero(right)), mismatch);
    assert_eq!(usd(1).smaller(Money::zero(right)), mismatch);
}

#[test]
fn a_rate_is_a_plain_fraction_of_one() {
    for (text, error) in [
        ("", RateError::NotANumber),
        (".", RateError::NotANumber),
        ("-0.05", RateError::NotANumber),
        ("5e-2", RateError::NotANumber),
        ("0,05", RateError::NotANumber),
        ("1.01", RateError::OutOfRange),
        ("0.0000001", RateError::TooFine),
    ] {
        assert_eq!(text.parse::<Rate>(), Err(error), "{text:?}");
    }
    let rate: Rate = "0.0500000000".parse().unwrap();
    assert_eq!((rate.to_string(), rate.is_positive()), ("0.05".to_owned(), true));
    assert_eq!(rate, "0.05".parse().unwrap());
    assert_eq!(serde_json::to_value(rate).unwrap(), json!("0.05"));
}

#[test]
fn a_code_is_no_sentence() {
    assert_eq!("CA-ON".parse::<Code>().unwrap().as_str(), "CA-ON");
    assert_eq!("".parse::<Code>(), Err(CodeError::Empty));
    assert_eq!("x".repeat(65).parse::<Code>(), Err(CodeError::TooLong));
    for text in ["two words", "naïve", "a/b", "a\n"] {
        assert_eq!(text.parse::<Code>(), Err(CodeError::BadCharacter), "{text:?}");
    }
}

fn rule(anchor_day: u8, zone: &str) -> CycleRule {
    CycleRule::new(anchor_day, zone.parse().unwrap()).unwrap()
}

#[test]
fn an_anchor_at_the_end_of_the_month_is_clamped() {
    let february = "2026-02".parse().unwrap();
    let cycle = rule(31, "UTC").cycle(february).unwrap();
    assert_eq!((cycle.starts_on, cycle.ends_on), (date!(2026 - 02 - 28), date!(2026 - 03 - 31)));
    let leap = rule(30, "UTC").cycle("2028-02".parse().unwrap()).unwrap();
    assert_eq!(leap.starts_on, date!(2028 - 02 - 29));
    let before = rule(31, "UTC").cycle_of(date!(2026 - 02 - 27)).unwrap();
    assert_eq!(before.key.to_string(), "2026-01");
}

#[test]
fn a_cycle_starts_at_local_midnight_whatever_the_clock_does() {
    let starts_at = |rule: CycleRule, key: &str| {
        rule.starts_at(&rule.cycle(key.parse().unwrap()).unwrap()).unwrap()
    };
    let toronto = rule(1, "America/Toronto");
    assert_eq!(starts_at(toronto.clone(), "2026-01"), datetime!(2026-01-01 05:00 UTC));
    assert_eq!(starts_at(toronto, "2026-07"), datetime!(2026-07-01 04:00 UTC));
    // Midnight of 8 March 2026 does not exist in Havana: the day begins at 01:00.
    assert_eq!(starts_at(rule(8, "America/Havana"), "2026-03"), datetime!(2026-03-08 05:00 UTC));
}

#[test]
fn the_local_day_decides_the_cycle() {
    let auckland = rule(1, "Pacific/Auckland");
    let at = datetime!(2026-01-31 11:30 UTC);
    assert_eq!(auckland.cycle_at(at).unwrap().key.to_string(), "2026-02");
    assert_eq!(rule(1, "UTC").cycle_at(at).unwrap().key.to_string(), "2026-01");
}

#[test]
fn what_is_no_cycle_is_refused() {
    for text in ["", "2026", "2026-13", "2026-00", "26-01", "2026-1", "+026-01", "9999-01"] {
        assert_eq!(text.parse::<CycleKey>(), Err(CycleError::BadKey), "{text:?}");
    }
    assert_eq!("Mars/Olympus".parse::<TimeZone>(), Err(CycleError::UnknownTimeZone));
    let zone: TimeZone = "UTC".parse().unwrap();
    assert_eq!(CycleRule::new(0, zone.clone()), Err(CycleError::BadAnchorDay));
    assert_eq!(CycleRule::new(32, zone), Err(CycleError::BadAnchorDay));
    // A cycle whose name could not be read back is never made.
    assert_eq!(rule(1, "UTC").cycle_of(date!(1799 - 05 - 05)), Err(CycleError::OutOfRange));
    assert_eq!(rule(1, "UTC").cycle_of(date!(9500 - 05 - 05)), Err(CycleError::OutOfRange));
}

proptest! {
    #[test]
    fn money_is_read_as_it_was_written(minor: i64, code in "USD|JPY|KWD") {
        let money = Money::from_minor(minor, currency(&code));
        prop_assert_eq!(Money::parse(&money.to_string(), money.currency()), Ok(money));
        prop_assert_eq!(Money::from_decimal(money.decimal(), money.currency()), Ok(money));
        let written = serde_json::to_string(&money).unwrap();
        prop_assert_eq!(serde_json::from_str::<Money>(&written).unwrap(), money);
    }

    #[test]
    fn parts_add_up_and_differ_by_one_at_most(minor: i64, parts in 1..400_u32) {
        let split = usd(minor).split(parts).unwrap();
        let sum: i128 = split.iter().map(|part| i128::from(part.minor())).sum();
        prop_assert_eq!(sum, i128::from(minor));
        prop_assert_eq!(split.len(), parts as usize);
        prop_assert!(split.is_sorted_by(|one, other| one.minor() >= other.minor()));
        prop_assert!(split[0].minor() - split[split.len() - 1].minor() <= 1);
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,24}") {
        let _ = Money::parse(&text, Currency::USD);
        let _ = text.parse::<Rate>();
        let _ = text.parse::<CycleKey>();
        let _ = text.parse::<Code>();
        let _ = text.parse::<TimeZone>();
        let _ = text.parse::<Currency>();
    }

    /// Every day belongs to exactly one cycle, and every instant to the cycle it lies in.
    #[test]
    fn cycles_tile_the_calendar(
        days in 0..20_000_i64,
        seconds in 0..86_400_i64,
        anchor in 1..=31_u8,
        zone in "UTC|America/Toronto|Pacific/Apia|America/Havana|Asia/Kathmandu",
    ) {
        let rule = rule(anchor, &zone);
        let day: Date = date!(1990 - 01 - 01) + time::Duration::days(days);
        let cycle = rule.cycle_of(day).unwrap();
        prop_assert!(cycle.starts_on <= day && day < cycle.ends_on);
        prop_assert_eq!(rule.cycle(cycle.key.next()).unwrap().starts_on, cycle.ends_on);
        prop_assert_eq!(cycle.key.next().previous(), cycle.key);

        let at = day.midnight().assume_utc() + time::Duration::seconds(seconds);
        let cycle = rule.cycle_at(at).unwrap();
        prop_assert!(rule.starts_at(&cycle).unwrap() <= at);
        prop_assert!(at < rule.ends_at(&cycle).unwrap());
    }
}
