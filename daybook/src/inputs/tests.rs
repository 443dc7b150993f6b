use std::fs;
use std::path::{Path, PathBuf};

use proptest::{collection::vec, prelude::*};

use super::DOORS;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// What each door is used to.
fn seeds() -> Vec<Vec<u8>> {
    let folders = files(&root().join("fuzz/seeds"));
    let seeds = folders.iter().flat_map(|folder| files(folder));
    let events = files(&root().join("schema/events"));
    let events = events.into_iter().filter(|file| !file.ends_with("catalogue.json"));
    seeds.chain(events).map(|file| fs::read(file).unwrap()).collect()
}

fn go_in(bytes: &[u8]) {
    for (_, door) in DOORS {
        door(bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_bring_a_door_down(bytes in vec(any::<u8>(), 0..300)) {
        go_in(&bytes);
    }

    #[test]
    fn no_text_brings_a_door_down(text in "\\PC{0,200}") {
        go_in(text.as_bytes());
    }

    #[test]
    fn no_damage_to_what_is_usual_brings_a_door_down(
        seed in proptest::sample::select(seeds()),
        damage in vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_usize), 0..6),
    ) {
        let mut bytes = seed;
        for (at, byte, more) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let part: Vec<u8> = bytes[at..].iter().copied().take(more * 8).collect();
            bytes.splice(at..at, part);
        }
        go_in(&bytes);
    }
}

#[test]
fn what_is_usual_brings_no_door_down() {
    seeds().iter().for_each(|seed| go_in(seed));
}

#[test]
fn an_array_as_deep_as_it_is_long_brings_no_door_down() {
    go_in("[".repeat(100_000).as_bytes());
    go_in(r#"{"inner":"#.repeat(50_000).as_bytes());
    let deep = ["[".repeat(5_000), "]".repeat(5_000)].concat();
    let event = r#"{"specversion":"1.0","id":"1","source":"/s","type":"operation.lead","data":"#;
    go_in(format!("{event}{deep}}}").as_bytes());
}

#[test]
fn every_door_has_a_target_and_every_target_a_door_and_seeds() {
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
    let mut doors = Vec::new();
    for (name, _) in DOORS {
        doors.push(root().join(format!("fuzz/fuzz_targets/{name}.rs")));
        let target = fs::read_to_string(&doors[doors.len() - 1]).unwrap();
        assert!(target.contains(&format!("daybook::inputs::{name}(")), "{target}");
        assert!(manifest.contains(&format!("name = \"{name}\"\n")), "{name} is not built");
        let seeded = root().join("fuzz/seeds").join(name).is_dir();
        assert!(seeded || name == "event", "{name} has no seeds");
    }
    assert_eq!(files(&root().join("fuzz/fuzz_targets")), doors);
}
