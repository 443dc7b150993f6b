//! Invented people. Nobody living is meant.

use super::orgs::DemoOrg;

const FIRST: [&str; 24] = [
    "Amara", "Bela", "Chidi", "Dagny", "Emre", "Farah", "Goro", "Hana", "Ilse", "Jorin", "Kaede",
    "Liv", "Mirko", "Noor", "Oskar", "Priya", "Quim", "Rosalind", "Sakura", "Tomas", "Ulla",
    "Viggo", "Wren", "Yusuf",
];

const LAST: [&str; 23] = [
    "Abernathy",
    "Bergström",
    "Castellan",
    "Drumheller",
    "Eguchi",
    "Fairweather",
    "Galloway",
    "Hinton",
    "Ishikawa",
    "Jurado",
    "Kowalczyk",
    "Lindqvist",
    "Marchetti",
    "Nakagawa",
    "Oyelaran",
    "Pemberton",
    "Quillfeather",
    "Rasmussen",
    "Sorrel",
    "Tanaka",
    "Underhill",
    "Vasquez",
    "Whitlock",
];

/// The name of the `index`-th person of an org; the sizes of the lists share no factor, so names
/// repeat late.
pub(super) fn name(seed: u64, index: usize) -> String {
    let offset = usize::try_from(seed % 97).unwrap_or(0);
    let first = FIRST[(index + offset) % FIRST.len()];
    let last = LAST[(index + 3 * offset) % LAST.len()];
    format!("{first} {last}")
}

/// Which person a claim is for.
pub(super) fn of_claim(org: &DemoOrg, number: i64) -> usize {
    usize::try_from(number * 5 % org.patients).unwrap_or(0)
}

/// The org's own id of that person.
pub(super) fn patient_id(index: usize) -> String {
    format!("P-{}", 1_001 + index)
}
