//! Cursors: where a list goes on, signed, and good for one question of one org only.

use data_encoding::BASE64URL_NOPAD;
use ledger::{store::Names, values::OrgId};
use serde::{Serialize, de::DeserializeOwned};
use subtle::ConstantTimeEq;

use crate::error::{ApiError, Plain};

const PURPOSE: &str = "cursor.v1";
/// Bytes of the signature that are kept.
const TAG: usize = 16;

/// The question a cursor belongs to: its route and its filters, as canonical text.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    org: OrgId,
    text: String,
}

impl Question {
    pub(crate) fn new(org: OrgId, route: &str, filters: &impl Serialize) -> Self {
        let filters = serde_json::to_string(filters).unwrap_or_default();
        Self { org, text: format!("{route}\n{filters}") }
    }

    /// Signs the place where the next page begins.
    pub(crate) fn cursor(&self, names: &Names, place: &impl Serialize) -> Result<String, ApiError> {
        let place = serde_json::to_vec(place).map_err(|error| ApiError::failed(&error))?;
        let mut bytes = self.tag(names, &place).to_vec();
        bytes.extend(place);
        Ok(BASE64URL_NOPAD.encode(&bytes))
    }

    /// Reads a cursor that was made for this very question.
    pub(crate) fn place<T: DeserializeOwned>(
        &self,
        names: &Names,
        cursor: &str,
    ) -> Result<T, ApiError> {
        let bytes = BASE64URL_NOPAD.decode(cursor.as_bytes()).map_err(|_| Plain::BadCursor)?;
        let (tag, place) = bytes.split_at_checked(TAG).ok_or(Plain::BadCursor)?;
        if !bool::from(self.tag(names, place).as_slice().ct_eq(tag)) {
            return Err(Plain::BadCursor.into());
        }
        serde_json::from_slice(place).map_err(|_| Plain::BadCursor.into())
    }

    fn tag(&self, names: &Names, place: &[u8]) -> [u8; TAG] {
        let mut signed = self.org.0.as_bytes().to_vec();
        signed.extend((self.text.len() as u64).to_be_bytes());
        signed.extend(self.text.as_bytes());
        signed.extend(place);
        let full = names.sign(PURPOSE, &signed);
        let mut tag = [0; TAG];
        tag.copy_from_slice(&full[..TAG]);
        tag
    }
}
