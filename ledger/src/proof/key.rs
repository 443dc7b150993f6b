//! Keys that sign checkpoints, as text (C2SP `signed-note`).
//!
//! One key pair signs the logs of all orgs, each under a name of its own, which is the first line
//! of its checkpoints: `ledger.example.org/<org>`. What is signed for one org can therefore not
//! be taken for another's.

use std::{fmt, str::FromStr};

use data_encoding::{BASE64, HEXLOWER, HEXLOWER_PERMISSIVE};
use ed25519_dalek::{Signature, Signer};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::values::OrgId;

/// The one kind of signature that we make and believe: Ed25519.
const ED25519: u8 = 1;

/// Before the text of a key that must be kept secret.
const SECRET: &str = "PRIVATE+KEY+";

/// Why a text is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not of the form.
    #[error("NAME+ID+KEY is expected, as `daybook checkpoints keys` prints it")]
    Form,
    /// Names are what stands before a signature.
    #[error("a name such as ledger.example.org is expected, without blanks and `+`")]
    Name,
    /// Another algorithm.
    #[error("only Ed25519 keys are known")]
    Algorithm,
    /// The id is not that of the key: a letter of the text is wrong.
    #[error("the id does not belong to the key: the text is damaged")]
    Id,
}

/// A public key: whoever holds it can tell whether a checkpoint is ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    key: ed25519_dalek::VerifyingKey,
}

impl VerifierKey {
    /// Who signs with it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What stands before each signature to tell keys of one name apart; no proof of anything.
    pub fn id(&self) -> [u8; 4] {
        id_of(&self.name, self.key.as_bytes())
    }

    /// The same key for the log of an org, if this is the name of the whole installation.
    #[must_use]
    pub fn of_log(&self, org: OrgId) -> Self {
        Self { name: origin(&self.name, org), key: self.key }
    }

    /// The same key under the name that a checkpoint begins with: its own, or that of an org of
    /// this installation; `None` where it is another's.
    pub(super) fn for_origin(&self, origin: &str) -> Option<Self> {
        let rest = origin.strip_prefix(self.name.as_str())?;
        let fits = rest.is_empty() || rest.starts_with('/');
        fits.then(|| Self { name: origin.to_owned(), key: self.key })
    }

    pub(super) fn verifies(&self, text: &[u8], signature: &[u8; 64]) -> bool {
        self.key.verify_strict(text, &Signature::from_bytes(signature)).is_ok()
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = HEXLOWER.encode(&self.id());
        write!(formatter, "{}+{id}+{}", self.name, encoded(self.key.as_bytes()))
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (name, id, key) = parts(text.trim())?;
        if id != id_of(&name, &key) {
            return Err(KeyError::Id);
        }
        let key = ed25519_dalek::VerifyingKey::from_bytes(&key).map_err(|_| KeyError::Algorithm)?;
        // A weak key would find signatures good that nobody made.
        if key.is_weak() { Err(KeyError::Algorithm) } else { Ok(Self { name, key }) }
    }
}

/// A key pair. Its text is a secret; it is not shown.
#[derive(Clone)]
pub struct CheckpointKey {
    name: String,
    key: ed25519_dalek::SigningKey,
}

impl CheckpointKey {
    /// The pair that belongs to 32 random bytes.
    ///
    /// # Errors
    ///
    /// [`KeyError::Name`].
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let key = ed25519_dalek::SigningKey::from_bytes(seed);
        Ok(Self { name: checked(name)?, key })
    }

    /// Reads the text of a key pair, or 32 bytes as hex or base64, which are then the key of
    /// `name`.
    ///
    /// # Errors
    ///
    /// [`KeyError`].
    pub fn parse(text: &str, name: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        let Some(rest) = text.strip_prefix(SECRET) else {
            let bytes = HEXLOWER_PERMISSIVE.decode(text.as_bytes());
            let bytes = bytes.or_else(|_| BASE64.decode(text.as_bytes()));
            let bytes = Zeroizing::new(bytes.map_err(|_| KeyError::Form)?);
            let seed: &[u8; 32] = bytes.as_slice().try_into().map_err(|_| KeyError::Form)?;
            return Self::from_seed(name, seed);
        };
        let (name, id, seed) = parts(rest)?;
        let pair = Self::from_seed(&name, &Zeroizing::new(seed))?;
        if id == pair.verifier().id() { Ok(pair) } else { Err(KeyError::Id) }
    }

    /// The whole pair as text, to be kept secret.
    pub fn secret_text(&self) -> Zeroizing<String> {
        let id = HEXLOWER.encode(&self.verifier().id());
        let seed = Zeroizing::new(encoded(self.key.as_bytes()));
        Zeroizing::new(format!("{SECRET}{}+{id}+{}", self.name, *seed))
    }

    /// Who signs with it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its public half.
    pub fn verifier(&self) -> VerifierKey {
        VerifierKey { name: self.name.clone(), key: self.key.verifying_key() }
    }

    /// The same pair for the log of an org.
    pub(super) fn of_log(&self, org: OrgId) -> Self {
        Self { name: origin(&self.name, org), key: self.key.clone() }
    }

    pub(super) fn sign(&self, text: &[u8]) -> [u8; 64] {
        self.key.sign(text).to_bytes()
    }
}

impl fmt::Debug for CheckpointKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "CheckpointKey({})", self.verifier())
    }
}

/// What the checkpoints of an org begin with.
fn origin(name: &str, org: OrgId) -> String {
    format!("{name}/{org}")
}

/// `SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key)`, its first four bytes.
fn id_of(name: &str, key: &[u8; 32]) -> [u8; 4] {
    let mut hasher = Sha256::new();
    hasher.update(name.as_bytes());
    hasher.update([b'\n', ED25519]);
    hasher.update(key);
    let hash: [u8; 32] = hasher.finalize().into();
    [hash[0], hash[1], hash[2], hash[3]]
}

fn encoded(key: &[u8; 32]) -> String {
    BASE64.encode(&[&[ED25519], key.as_slice()].concat())
}

/// `name+id+base64(algorithm ‖ key)`
fn parts(text: &str) -> Result<(String, [u8; 4], [u8; 32]), KeyError> {
    let (name, rest) = text.split_once('+').ok_or(KeyError::Form)?;
    let (id, key) = rest.split_once('+').ok_or(KeyError::Form)?;
    let id = HEXLOWER.decode(id.as_bytes()).ok().and_then(|id| id.try_into().ok());
    let id = id.ok_or(KeyError::Form)?;
    let key = Zeroizing::new(BASE64.decode(key.as_bytes()).map_err(|_| KeyError::Form)?);
    match key.split_first() {
        Some((&ED25519, key)) => {
            let key = key.try_into().map_err(|_| KeyError::Form)?;
            Ok((checked(name)?, id, key))
        }
        Some(_) => Err(KeyError::Algorithm),
        None => Err(KeyError::Form),
    }
}

/// Names stand between blanks on the line of a signature.
fn checked(name: &str) -> Result<String, KeyError> {
    let odd = |letter: char| letter.is_whitespace() || letter.is_control() || letter == '+';
    let fine = !name.is_empty() && name.len() <= 200 && !name.contains(odd) && !name.ends_with('/');
    if fine { Ok(name.to_owned()) } else { Err(KeyError::Name) }
}
