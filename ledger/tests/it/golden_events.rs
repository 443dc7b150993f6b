//! Every stored shape has a golden file that must read for ever.
//!
//! A new shape: add its sample in `samples/`, run this test with `UPDATE_GOLDEN=1`, look at the
//! file it writes, classify its fields in `schema/events/catalogue.json`, and commit both. A file
//! that exists is never written again.

use std::{collections::BTreeSet, fs, path::PathBuf};

use ledger::{
    canonical,
    recorded::{LedgerEvent, shapes},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::samples;

/// A golden file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Golden {
    pub(crate) name: String,
    pub(crate) version: u16,
    pub(crate) payload: Value,
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../schema/events"))
}

fn file_name(name: &str, version: u16) -> String {
    format!("{name}.v{version}.json")
}

/// The golden file of a shape.
pub(crate) fn golden(name: &str, version: u16) -> Golden {
    let file = file_name(name, version);
    let text = fs::read_to_string(folder().join(&file))
        .unwrap_or_else(|error| panic!("schema/events/{file} is missing: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("schema/events/{file}: {error}"))
}

fn written_today(name: &str, version: u16) -> bool {
    !shapes().any(|(other, later)| other == name && later > version)
}

#[expect(clippy::disallowed_methods, reason = "asks the developer, not the service's settings")]
fn may_write() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some()
}

fn write_missing() {
    for event in samples::events() {
        let path = folder().join(file_name(event.name(), event.version()));
        if !path.exists() {
            let payload = serde_json::from_slice(&event.encode().unwrap()).unwrap();
            let name = event.name().to_owned();
            let golden = Golden { name, version: event.version(), payload };
            let text = serde_json::to_string_pretty(&golden).unwrap() + "\n";
            fs::write(path, text).unwrap();
        }
    }
}

#[test]
fn every_stored_shape_has_a_golden_file_that_reads() {
    if may_write() {
        write_missing();
    }
    let missing: Vec<String> = shapes()
        .map(|(name, version)| file_name(name, version))
        .filter(|file| !folder().join(file).exists())
        .collect();
    assert!(missing.is_empty(), "golden files missing in schema/events: {missing:?}");
    for (name, version) in shapes() {
        let golden = golden(name, version);
        assert_eq!((golden.name.as_str(), golden.version), (name, version));
        let stored = canonical(&golden.payload).unwrap();
        let event = LedgerEvent::decode(name, version, &stored)
            .unwrap_or_else(|error| panic!("{name} v{version}: {error}: {error:?}"));
        assert_eq!(event.name(), name);
        if written_today(name, version) {
            let again = event.encode().unwrap();
            let (again, stored) =
                (String::from_utf8(again).unwrap(), String::from_utf8(stored).unwrap());
            assert_eq!(again, stored, "{name} v{version} is written differently now");
        }
    }
}

#[test]
fn no_golden_file_is_without_its_shape() {
    let known: BTreeSet<String> =
        shapes().map(|(name, version)| file_name(name, version)).collect();
    for entry in fs::read_dir(folder()).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        let is_known = file == "catalogue.json" || known.contains(&file);
        assert!(is_known, "schema/events/{file} can no longer be read by this program");
    }
}

#[test]
fn every_shape_that_is_written_today_has_a_sample() {
    let sampled: BTreeSet<(&str, u16)> =
        samples::events().iter().map(|event| (event.name(), event.version())).collect();
    let written: BTreeSet<(&str, u16)> =
        shapes().filter(|(name, version)| written_today(name, *version)).collect();
    assert_eq!(sampled, written);
}

#[test]
fn names_say_aggregate_and_past_tense() {
    for (name, version) in shapes() {
        let parts: Vec<&str> = name.split('.').collect();
        assert!(matches!(parts.as_slice(), ["billing", _, _]), "{name}");
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'_' || byte == b'.';
        assert!(name.bytes().all(plain) && version > 0, "{name} v{version}");
    }
}

#[test]
fn an_unknown_name_or_version_is_named() {
    let error = LedgerEvent::decode("billing.invoice.issued", 99, b"{}").unwrap_err();
    assert_eq!(
        error.to_string(),
        "event billing.invoice.issued v99 is not known to this version of the program"
    );
    for name in ["billing.invoice.invented", "billing.other.issued", "invoice.issued", ""] {
        let error = LedgerEvent::decode(name, 1, b"{}").unwrap_err();
        assert!(matches!(error, ledger::DecodeError::Unknown { .. }), "{name}");
    }
}

#[test]
fn a_payload_with_a_field_too_many_or_too_few_is_refused() {
    for (name, version) in shapes() {
        let golden = golden(name, version);
        let Value::Object(fields) = golden.payload else { panic!("{name}") };
        let refused = |fields: &serde_json::Map<String, Value>| {
            LedgerEvent::decode(name, version, &canonical(fields).unwrap()).is_err()
        };
        let mut more = fields.clone();
        more.insert("surprise".to_owned(), Value::from(1));
        assert!(refused(&more), "{name}");
        let mut fewer = fields;
        let first = fewer.keys().next().unwrap().clone();
        fewer.insert(first, Value::from(vec![Value::Null]));
        assert!(refused(&fewer), "{name}");
    }
}
