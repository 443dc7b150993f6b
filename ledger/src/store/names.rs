//! Names that tell nothing: keyed HMAC-SHA256, per org and kind.

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

use super::MasterKey;
use crate::values::{AnonymousRef, OrgId, PatientActivationId, SubjectRef};

/// Derives references from foreign ids. Without the master key nobody can go back, nor try out
/// ids until one fits (contract S1.8).
#[derive(Clone)]
pub struct Names {
    key: [u8; 32],
}

impl Names {
    /// The names of an installation.
    pub fn new(master: &MasterKey) -> Self {
        Self { key: master.derive("names") }
    }

    /// A patient as invoices know them: `anon_` and 16 characters.
    pub fn anonymous_ref(&self, org: OrgId, patient_id: &str) -> AnonymousRef {
        let hash = self.hash(org, "anonymous", &[patient_id.as_bytes()]);
        let text = BASE32_NOPAD.encode(&hash[..10]).to_ascii_lowercase();
        AnonymousRef(format!("anon_{text}"))
    }

    /// The stream of a patient's billing state.
    pub fn patient(&self, org: OrgId, patient_id: &str) -> PatientActivationId {
        PatientActivationId::new(self.subject(org, "patient", patient_id).0)
    }

    /// The person behind a foreign id; `kind` is `patient`, `customer` or `org`.
    pub fn subject(&self, org: OrgId, kind: &str, foreign_id: &str) -> SubjectRef {
        SubjectRef(self.blind(org, kind, foreign_id))
    }

    /// A blind index: equal values of a kind have equal names, and that is all they show.
    pub fn blind(&self, org: OrgId, kind: &str, value: &str) -> Uuid {
        let hash = self.hash(org, kind, &[value.as_bytes()]);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        Uuid::new_v8(bytes)
    }

    /// What a request asks, as 32 bytes that do not show it.
    pub fn fingerprint(&self, org: OrgId, parts: &[&[u8]]) -> [u8; 32] {
        self.hash(org, "fingerprint", parts)
    }

    /// Signs what must come back unchanged, such as cursors.
    pub fn sign(&self, purpose: &str, bytes: &[u8]) -> [u8; 32] {
        self.hash(OrgId(Uuid::nil()), purpose, &[bytes])
    }

    fn hash(&self, org: OrgId, kind: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes keys of any length");
        mac.update(org.0.as_bytes());
        // Lengths keep ("ab", "c") apart from ("a", "bc").
        for part in std::iter::once(kind.as_bytes()).chain(parts.iter().copied()) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}
