//! All of `vectors/contact-rules.json`, and what they leave open.

use proptest::prelude::*;
use serde_json::Value;
use time::{
    Date, Duration, OffsetDateTime, Time, format_description::well_known::Rfc3339, macros::date,
    macros::datetime, macros::format_description,
};

use super::*;
use crate::values::{Currency, Money, TimeZone};

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../tests/vectors/contact-rules.json")).unwrap()
}

fn day(value: &Value) -> Date {
    Date::parse(value.as_str().unwrap(), &format_description!("[year]-[month]-[day]")).unwrap()
}

fn zone(name: &str) -> TimeZone {
    name.parse().unwrap()
}

#[test]
fn calls_are_limited_as_the_vectors_say() {
    for case in vectors()["reg_f"]["cases"].as_array().unwrap() {
        let calls: Vec<Date> = case["calls"].as_array().unwrap().iter().map(day).collect();
        let spoken: Vec<Date> =
            Some(&case["conversation"]).filter(|day| !day.is_null()).map(day).into_iter().collect();
        let history = CallHistory { calls: &calls, conversations: &spoken };
        let allowed = may_call(history, day(&case["next_call"])).is_ok();
        assert_eq!(allowed, case["allowed"].as_bool().unwrap(), "{case}");
    }
}

#[test]
fn nights_are_quiet_as_the_vectors_say() {
    for case in vectors()["quiet_hours"]["cases"].as_array().unwrap() {
        let format = format_description!("[hour]:[minute]:[second]");
        let local = Time::parse(case["local"].as_str().unwrap(), &format).unwrap();
        let at = date!(2026 - 01 - 15).with_time(local).assume_utc();
        let allowed = may_contact(at, &[zone("UTC")]).is_ok();
        assert_eq!(allowed, case["allowed"].as_bool().unwrap(), "{case}");
    }
}

#[test]
fn every_zone_where_the_person_may_be_counts() {
    let case = &vectors()["multi_zone"];
    let at = OffsetDateTime::parse(case["utc"].as_str().unwrap(), &Rfc3339).unwrap();
    let (east, west) = (zone("America/New_York"), zone("America/Los_Angeles"));
    let both = [east.clone(), west.clone()];
    assert_eq!(may_contact(at, &both).is_ok(), case["allowed"].as_bool().unwrap());
    assert_eq!(may_contact(at, std::slice::from_ref(&east)), Ok(()));
    let local = Time::from_hms(7, 30, 0).unwrap();
    assert_eq!(may_contact(at, &both), Err(HoursRefusal::Quiet { local, zone: west }));
    assert_eq!(next_open(at, &both), Some(datetime!(2026-01-15 16:00 UTC)));
    assert_eq!(may_contact(at, &[]), Err(HoursRefusal::NobodyKnowsWhere));
}

#[test]
fn a_bill_far_above_the_estimate_is_disputable_as_the_vectors_say() {
    let cents = |value: &Value| Money::from_minor(value.as_i64().unwrap(), Currency::USD);
    let first = date!(2026 - 01 - 01);
    for case in vectors()["gfe"]["cases"].as_array().unwrap() {
        let (estimate, billed) = (cents(&case["estimate_cents"]), cents(&case["billed_cents"]));
        let eligible = may_dispute(estimate, billed, first, first).unwrap();
        assert_eq!(eligible, case["eligible"].as_bool().unwrap(), "{case}");
    }
    let (estimate, billed) =
        (Money::from_minor(100_000, Currency::USD), Money::from_minor(140_000, Currency::USD));
    let on = |days| may_dispute(estimate, billed, first, first + Duration::days(days)).unwrap();
    assert_eq!((on(120), on(121), on(-1)), (true, false, false));
    let other = Money::from_minor(1, "CAD".parse().unwrap());
    assert!(may_dispute(estimate, other, first, first).is_err());
}

#[test]
fn a_refused_call_is_allowed_on_the_day_that_the_refusal_names() {
    let calls: Vec<Date> = (1..=7).map(|day| date!(2026 - 01 - 01) + Duration::days(day)).collect();
    let history = CallHistory { calls: &calls, conversations: &[] };
    let refused = may_call(history, date!(2026 - 01 - 08)).unwrap_err();
    assert_eq!(refused.from(), date!(2026 - 01 - 09));
    assert_eq!(may_call(history, refused.from()), Ok(()));
}

#[test]
fn rules_hold_where_they_are_switched_on() {
    let night = datetime!(2026-01-15 03:00 UTC);
    let zones = [zone("UTC")];
    let calls = [date!(2026 - 01 - 14); 7];
    let contact = |way| Contact {
        at: night,
        history: CallHistory { calls: &calls, conversations: &[] },
        today: night.date(),
        way,
        zones: &zones,
    };
    let rules = ContactRules::default();
    let morning = Verdict::NotBefore(datetime!(2026-01-15 08:00 UTC));
    assert_eq!(rules.ask(&contact(Way::Sms)), morning);
    assert_eq!(rules.ask(&contact(Way::Email)), morning);
    assert_eq!(rules.ask(&contact(Way::Letter)), Verdict::Now);
    assert_eq!(rules.ask(&contact(Way::Call)), Verdict::NotBeforeDay(date!(2026 - 01 - 21)));
    let nowhere = Contact { zones: &[], ..contact(Way::Sms) };
    assert_eq!(rules.ask(&nowhere), Verdict::NotThisWay);
    let off = ContactRules { call_limits: false, quiet_hours: false };
    assert_eq!(off.ask(&contact(Way::Call)), Verdict::Now);
    assert_eq!(off.ask(&nowhere), Verdict::Now);
}

proptest! {
    /// Whoever calls whenever it is allowed never calls an eighth time within seven days.
    #[test]
    fn no_seven_days_hold_more_than_seven_calls(wishes in prop::collection::vec(0_i64..40, 0..80)) {
        let mut calls: Vec<Date> = Vec::new();
        let mut wishes = wishes;
        wishes.sort_unstable();
        for wish in wishes {
            let on = date!(2026 - 01 - 01) + Duration::days(wish);
            if may_call(CallHistory { calls: &calls, conversations: &[] }, on).is_ok() {
                calls.push(on);
            }
        }
        for first in &calls {
            let within = calls.iter().filter(|day| (0..7).contains(&(**day - *first).whole_days()));
            prop_assert!(within.count() <= 7);
        }
    }

    /// The instant that is named is allowed, and none before it is.
    #[test]
    fn the_next_open_instant_is_open(hours in 0_i64..9_000, quarter in 0_i64..4) {
        let zones = ["America/New_York", "America/Los_Angeles", "Pacific/Honolulu"].map(zone);
        let begin = datetime!(2026-01-01 00:00 UTC) + Duration::hours(hours);
        let at = begin + Duration::minutes(15 * quarter);
        let open = next_open(at, &zones).unwrap();
        prop_assert!(open >= at && open - at < Duration::days(1));
        prop_assert!(may_contact(open, &zones).is_ok());
        let steps = (open - at).whole_minutes() / 15;
        for step in 0..steps {
            prop_assert!(may_contact(at + Duration::minutes(15 * step), &zones).is_err());
        }
    }
}
