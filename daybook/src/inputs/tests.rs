use proptest::{collection::vec, prelude::*};

use super::DOORS;

/// What each door is used to.
const SEEDS: [&str; 6] = [
    r#"{"amount":"12.50","currency":"USD","reason_code":"x","on":"2026-02-28","lines":[{"rate":0.13}]}"#,
    "cursor=AAAA&limit=7&from=2026-01-01&as_of=2026-01-01T00%3A00%3A00Z&type=open,closed",
    "/api/v1/billing/invoices/00000000-0000-0000-0000-000000000000",
    "t=0,v1=00,v1=zz\n{\"id\":\"evt_1\",\"type\":\"invoice.paid\",\"data\":{\"object\":{}}}",
    "id,Type,Amount,Fee,Net,Currency,Created (UTC)\ntxn_1,charge,1.00,0,1.00,usd,2026-01-01",
    r#"{"format":"daybook.log.v1","count":1}"#,
];

fn go_in(bytes: &[u8]) {
    for (_, door) in DOORS {
        door(bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

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
        seed in proptest::sample::select(&SEEDS[..]),
        damage in vec((any::<proptest::sample::Index>(), any::<u8>(), 0..4_usize), 0..6),
    ) {
        let mut bytes = seed.as_bytes().to_vec();
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
fn an_array_as_deep_as_it_is_long_is_refused() {
    go_in("[".repeat(200_000).as_bytes());
    go_in(r#"{"inner":"#.repeat(100_000).as_bytes());
}
