use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::proof::KeyError;

fn org() -> OrgId {
    OrgId(Uuid::from_u128(7))
}

fn key() -> CheckpointKey {
    CheckpointKey::from_seed("ledger.example.org", &[3; 32]).unwrap()
}

fn note() -> String {
    sign(&key(), org(), 12, [0xab; 32])
}

#[test]
fn a_checkpoint_is_opened_with_the_key_of_the_installation_and_with_that_of_the_log() {
    for known in [key().verifier(), key().verifier().of_log(org())] {
        let (checkpoint, signer) = open(&note(), &[known]).unwrap();
        assert_eq!((checkpoint.size, checkpoint.root), (12, [0xab; 32]));
        assert_eq!(checkpoint.org(), Some(org()));
        assert_eq!(signer, key().verifier().of_log(org()));
        assert_eq!(unverified(&note()).unwrap(), checkpoint);
    }
}

#[test]
fn a_key_knows_no_checkpoint_of_another_name_or_another_key() {
    let other = CheckpointKey::from_seed("ledger.example.org", &[4; 32]).unwrap();
    let elsewhere = CheckpointKey::from_seed("ledger.example", &[3; 32]).unwrap();
    let neighbour = key().verifier().of_log(OrgId(Uuid::from_u128(8)));
    for known in [other.verifier(), elsewhere.verifier(), neighbour] {
        let refused = open(&note(), &[known]).unwrap_err();
        assert!(matches!(refused, NoteError::UnknownKey { .. }), "{refused}");
    }
    assert!(open(&note(), &[]).is_err());
}

#[test]
fn an_old_key_opens_what_it_signed_beside_a_new_one() {
    let new = CheckpointKey::from_seed("ledger.example.org", &[4; 32]).unwrap();
    let known = [new.verifier(), key().verifier()];
    assert!(open(&note(), &known).is_ok());
    let both = format!("{}{}", note(), sign(&new, org(), 12, [0xab; 32]).lines().last().unwrap());
    assert!(open(&format!("{both}\n"), &known[..1]).is_ok());
    assert!(open(&format!("{both}\n"), &known[1..]).is_ok());
}

#[test]
fn a_forged_signature_is_called_so() {
    let forged = note().replacen("\n12\n", "\n13\n", 1);
    let refused = open(&forged, &[key().verifier()]).unwrap_err();
    assert!(matches!(refused, NoteError::Forged { .. }), "{refused}");
}

#[test]
fn keys_read_back_as_they_are_written() {
    let text = key().verifier().to_string();
    assert_eq!(text.parse(), Ok(key().verifier()));
    let secret = key().secret_text();
    assert_eq!(CheckpointKey::parse(&secret, "x").unwrap().verifier(), key().verifier());
    let hex = "03".repeat(32);
    let read = CheckpointKey::parse(&hex, "ledger.example.org").unwrap();
    assert_eq!(read.verifier(), key().verifier());
    assert!(!format!("{:?}", key()).contains("PRIVATE"), "a secret is not shown");
    for (wrong, error) in [
        ("", KeyError::Form),
        ("a+b", KeyError::Form),
        (&text.replacen("ledger", "lodger", 1), KeyError::Id),
        (&text.replacen('+', " +", 1), KeyError::Name),
    ] {
        assert_eq!(wrong.parse::<VerifierKey>(), Err(error), "{wrong}");
    }
    assert_eq!(CheckpointKey::from_seed("a b", &[3; 32]).unwrap_err(), KeyError::Name);
    assert!(CheckpointKey::parse("secret", "a").is_err());
}

/// From the documentation of Go's `golang.org/x/mod/sumdb/note`.
#[test]
fn the_known_key_pair_belongs_together() {
    let pair = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    let public = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let pair = CheckpointKey::parse(pair, "").unwrap();
    assert_eq!(pair.verifier().to_string(), public);
    let text = "If you think cryptography is the answer to your problem,\n\
                then you don't know what your problem is.\n";
    let signature = [pair.verifier().id().as_slice(), &pair.sign(text.as_bytes())].concat();
    let known = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6\
                 RyyBwJnAM=";
    assert_eq!(BASE64.encode(&signature), known);
}

proptest! {
    #[test]
    fn a_flipped_bit_anywhere_is_refused(at in any::<prop::sample::Index>(), bit in 0_u32..8) {
        let mut bytes = note().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        // What is not text is no note.
        if let Ok(text) = String::from_utf8(bytes) {
            prop_assert!(open(&text, &[key().verifier()]).is_err(), "{text}");
        }
    }

    #[test]
    fn nothing_that_is_read_panics(text in "\\PC{0,40}(\n\\PC{0,40}){0,5}\n") {
        let _read = open(&text, &[key().verifier()]);
    }
}
