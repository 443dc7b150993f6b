//! What a key looks like: `dbk_<org and key>_<secret>`.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::Zeroize;

use crate::values::OrgId;

const PREFIX: &str = "dbk_";
/// 32 bytes in unpadded base64url.
const PART: usize = 43;

/// A key as somebody presents it; not yet known to be true.
#[derive(Clone, PartialEq, Eq)]
pub struct PresentedKey {
    /// Whose it says it is.
    pub org: OrgId,
    /// Which key of theirs.
    pub key_id: Uuid,
    secret: [u8; 32],
}

impl PresentedKey {
    /// A new key with a random secret.
    pub(super) fn draw(org: OrgId, key_id: Uuid) -> Self {
        let mut secret = [0; 32];
        rand::fill(&mut secret);
        Self { org, key_id, secret }
    }

    /// Reads `dbk_…`; `None` for anything else.
    ///
    /// The parts are found by length: base64url has `_` in its alphabet.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(PREFIX)?.as_bytes();
        if rest.len() != 2 * PART + 1 || rest[PART] != b'_' {
            return None;
        }
        let names: [u8; 32] = BASE64URL_NOPAD.decode(&rest[..PART]).ok()?.try_into().ok()?;
        let secret: [u8; 32] = BASE64URL_NOPAD.decode(&rest[PART + 1..]).ok()?.try_into().ok()?;
        let org = Uuid::from_slice(&names[..16]).ok()?;
        let key_id = Uuid::from_slice(&names[16..]).ok()?;
        Some(Self { org: OrgId(org), key_id, secret })
    }

    /// The text that is shown once.
    pub(super) fn reveal(&self) -> String {
        let names = [self.org.0.into_bytes(), self.key_id.into_bytes()].concat();
        let names = BASE64URL_NOPAD.encode(&names);
        format!("{PREFIX}{names}_{}", BASE64URL_NOPAD.encode(&self.secret))
    }

    /// What is kept of it. A plain hash is enough for 256 random bits.
    pub fn digest(&self) -> [u8; 32] {
        digest(&self.secret)
    }
}

impl Drop for PresentedKey {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

/// SHA-256, for secrets that are random already.
pub fn digest(secret: &[u8]) -> [u8; 32] {
    Sha256::digest(secret).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_whatever_its_random_bytes_are() {
        for byte in 0..=255_u8 {
            let key = PresentedKey {
                org: OrgId(Uuid::from_bytes([byte; 16])),
                key_id: Uuid::from_bytes([!byte; 16]),
                secret: [byte.rotate_left(3); 32],
            };
            assert!(PresentedKey::parse(&key.reveal()) == Some(key));
        }
    }

    #[test]
    fn what_is_not_a_key_is_not_read() {
        let key =
            PresentedKey { org: OrgId(Uuid::nil()), key_id: Uuid::nil(), secret: [7; 32] }.reveal();
        for wrong in ["", "dbk_", "dbk__", &key[1..], &key[..key.len() - 1], &format!("{key}A")] {
            assert!(PresentedKey::parse(wrong).is_none(), "{wrong}");
        }
    }
}
