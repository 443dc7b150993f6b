//! The buckets of `vectors/ar-aging.json`.

use serde_json::Value;
use time::{Date, macros::format_description};

use super::bucket::{Bucket, days_past_due};
use crate::engine::Worded;

fn day(value: &Value) -> Date {
    let format = format_description!("[year]-[month]-[day]");
    Date::parse(value.as_str().unwrap(), &format).unwrap()
}

#[test]
fn every_day_falls_into_the_bucket_of_the_vectors() {
    let vectors = include_str!("../../tests/vectors/ar-aging.json");
    let vectors: Value = serde_json::from_str(vectors).unwrap();
    let as_of = day(&vectors["as_of"]);
    let rows = vectors["rows"].as_array().unwrap();
    assert!(!rows.is_empty());
    for row in rows {
        let due_on = day(&row["due_date"]);
        assert_eq!(row["days_past_due"], days_past_due(due_on, as_of));
        assert_eq!(row["bucket"], Bucket::of(due_on, as_of).word(), "{due_on}");
    }
}

#[test]
fn every_bucket_has_its_own_word() {
    for bucket in Bucket::ALL {
        assert_eq!(Bucket::of_word(bucket.word()), Some(bucket));
    }
}
