use time::{Date, macros::date};

use super::*;
use crate::values::{Currency, Rounding};

fn cad(minor: i64) -> Money {
    Money::from_minor(minor, "CAD".parse::<Currency>().unwrap())
}

fn of(base: i64, rate: &str) -> TaxOfRate {
    let rate: Rate = rate.parse().unwrap();
    let tax = rate.of(cad(base), Rounding::HalfAwayFromZero).unwrap();
    TaxOfRate { base: cad(base), rate, tax }
}

/// Name, rate and minor units of each part.
fn named(jurisdiction: &str, day: Date, tax: &TaxOfRate) -> Vec<(String, String, i64)> {
    let code: Option<Code> = jurisdiction.parse().ok();
    let parts = components(code.as_ref(), day, tax).unwrap();
    assert!(parts.iter().all(|part| part.base == tax.base));
    parts
        .iter()
        .map(|part| (part.name.to_string(), part.rate.to_string(), part.tax.minor()))
        .collect()
}

fn one(name: &str, rate: &str, minor: i64) -> Vec<(String, String, i64)> {
    vec![(name.to_owned(), rate.to_owned(), minor)]
}

const TODAY: Date = date!(2026 - 02 - 01);

#[test]
fn quebec_has_two_taxes_that_sum_to_the_tax_of_the_rate() {
    let tax = of(10_000, "0.14975");
    assert_eq!(tax.tax, cad(1_498));
    let parts = named("CA-QC", TODAY, &tax);
    let expected = [one("GST", "0.05", 500), one("QST", "0.09975", 998)].concat();
    assert_eq!(parts, expected);
    // A cent that cannot be split goes to the larger remainder.
    let parts = named("CA-QC", TODAY, &of(7, "0.14975"));
    assert_eq!(parts, [one("GST", "0.05", 0), one("QST", "0.09975", 1)].concat());
}

#[test]
fn one_tax_alone_has_its_own_name() {
    assert_eq!(named("CA-QC", TODAY, &of(10_000, "0.05")), one("GST", "0.05", 500));
    assert_eq!(named("CA-QC", TODAY, &of(10_000, "0.09975")), one("QST", "0.09975", 998));
    assert_eq!(named("CA-ON", TODAY, &of(10_000, "0.13")), one("HST", "0.13", 1_300));
    assert_eq!(named("CA-AB", TODAY, &of(10_000, "0.05")), one("GST", "0.05", 500));
    assert_eq!(named("CA", TODAY, &of(10_000, "0.05")), one("GST", "0.05", 500));
}

#[test]
fn what_is_not_in_the_table_is_a_plain_percentage() {
    for (jurisdiction, rate) in
        [("CA-ON", "0.05"), ("CA-BC", "0.12"), ("DE", "0.19"), ("US-NY", "0.05"), ("", "0.05")]
    {
        let tax = of(10_000, rate);
        assert_eq!(named(jurisdiction, TODAY, &tax), one("TAX", rate, tax.tax.minor()));
    }
}

#[test]
fn the_rate_of_nova_scotia_fell_on_the_first_of_april_2025() {
    let (before, after) = (date!(2025 - 03 - 31), date!(2025 - 04 - 01));
    let (old, new) = (of(10_000, "0.15"), of(10_000, "0.14"));
    assert_eq!(named("CA-NS", before, &old), one("HST", "0.15", 1_500));
    assert_eq!(named("CA-NS", before, &new), one("TAX", "0.14", 1_400));
    assert_eq!(named("CA-NS", after, &new), one("HST", "0.14", 1_400));
    assert_eq!(named("CA-NS", after, &old), one("TAX", "0.15", 1_500));
}

#[test]
fn a_law_holds_from_its_first_day_on() {
    let sum = |jurisdiction, day| -> u32 {
        taxes_on(jurisdiction, day).iter().map(|named| named.millionths).sum()
    };
    let changes = [
        ("CA-ON", date!(2010 - 07 - 01), 50_000, 130_000),
        ("CA-NB", date!(2010 - 07 - 01), 50_000, 130_000),
        ("CA-NB", date!(2016 - 07 - 01), 130_000, 150_000),
        ("CA-NL", date!(2016 - 07 - 01), 130_000, 150_000),
        ("CA-NS", date!(2025 - 04 - 01), 150_000, 140_000),
        ("CA-PE", date!(2013 - 04 - 01), 50_000, 140_000),
        ("CA-PE", date!(2016 - 10 - 01), 140_000, 150_000),
        ("CA-QC", date!(2013 - 01 - 01), 50_000, 149_750),
        ("CA-YT", date!(2008 - 01 - 01), 0, 50_000),
    ];
    for (jurisdiction, day, before, from) in changes {
        let eve = day.previous_day().unwrap();
        assert_eq!((sum(jurisdiction, eve), sum(jurisdiction, day)), (before, from));
    }
    assert_eq!(sum("FR", TODAY), 0);
}

proptest::proptest! {
    #[test]
    fn parts_always_sum_to_the_tax(base in 0..10_000_000_i64, which in 0..6_usize) {
        let (place, rate) = [
            ("CA-QC", "0.14975"), ("CA-QC", "0.05"), ("CA-NS", "0.14"), ("CA-ON", "0.13"),
            ("CA-BC", "0.12"), ("DE", "0.19"),
        ][which];
        let tax = of(base, rate);
        let sum: i64 = named(place, TODAY, &tax).iter().map(|(_, _, minor)| minor).sum();
        proptest::prop_assert_eq!(sum, tax.tax.minor());
    }
}
