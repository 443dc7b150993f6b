//! Personal data as the log keeps it: closed, with the name of the key that opens it.

use std::{fmt, marker::PhantomData};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::SubjectRef;

/// A value of type `T` that only the subject's key opens. Destroying the key erases the value
/// and leaves every hash valid.
///
/// AES-256-GCM; the associated data binds it to the org, the command whose events carry it and
/// the field it stands in. Sealing and opening are `store::Keyring`'s work.
///
/// - **Source:** `event-store.md` 3.4.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed<T> {
    /// The event id base of the command that carried it.
    pub at: Uuid,
    /// `base64url(nonce ‖ ciphertext ‖ tag)`.
    pub closed: String,
    /// The field it stands in.
    pub field: String,
    /// Which of the subject's keys.
    pub key: u32,
    /// Whose data it is.
    pub subject: SubjectRef,
    #[serde(skip)]
    kind: PhantomData<fn() -> T>,
}

impl<T> Sealed<T> {
    /// Puts the parts together.
    pub fn new(at: Uuid, closed: String, field: String, key: u32, subject: SubjectRef) -> Self {
        Self { at, closed, field, key, subject, kind: PhantomData }
    }
}

impl<T> Clone for Sealed<T> {
    fn clone(&self) -> Self {
        Self::new(self.at, self.closed.clone(), self.field.clone(), self.key, self.subject)
    }
}

impl<T> PartialEq for Sealed<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.at, &self.closed, &self.field, self.key, self.subject)
            == (other.at, &other.closed, &other.field, other.key, other.subject)
    }
}

impl<T> Eq for Sealed<T> {}

/// Says whose it is, never what it says.
impl<T> fmt::Debug for Sealed<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Sealed({} of {})", self.field, self.subject)
    }
}
