//! One person's key: AES-256-GCM for their data, itself wrapped (RFC 3394) for the database.

use aes_gcm::{
    Aes256Gcm,
    aead::{Aead, KeyInit, Payload},
};
use aes_kw::KwAes256;
use data_encoding::BASE64URL_NOPAD;
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::StoreError;
use crate::values::{OrgId, Sealed};

/// What every seal is bound to besides org, command and field.
const FORMAT: &str = "daybook.sealed.v1";
const NONCE_BYTES: usize = 12;
/// RFC 3394 adds eight bytes.
const WRAPPED_BYTES: usize = 40;

/// 256 random bits.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(super) struct DataKey([u8; 32]);

impl DataKey {
    /// A new key.
    pub(super) fn draw() -> Self {
        let mut key = Self([0; 32]);
        rand::fill(&mut key.0);
        key
    }

    /// `base64url(nonce ‖ ciphertext ‖ tag)`, bound to where it stands.
    pub(super) fn close(
        &self,
        org: OrgId,
        at: Uuid,
        field: &str,
        plain: &str,
    ) -> Result<String, StoreError> {
        let mut nonce = [0_u8; NONCE_BYTES];
        rand::fill(&mut nonce);
        let aad = associated(org, at, field);
        let payload = Payload { msg: plain.as_bytes(), aad: aad.as_bytes() };
        let closed = self
            .cipher()
            .encrypt(&nonce.into(), payload)
            .map_err(|_| StoreError::Sealing("sealed"))?;
        let mut bytes = nonce.to_vec();
        bytes.extend_from_slice(&closed);
        Ok(BASE64URL_NOPAD.encode(&bytes))
    }

    /// What was closed, if nobody touched it.
    pub(super) fn open(&self, org: OrgId, sealed: &Sealed<String>) -> Result<String, StoreError> {
        let failed = || StoreError::Sealing("opened");
        let bytes = BASE64URL_NOPAD.decode(sealed.closed.as_bytes()).map_err(|_| failed())?;
        let Some((nonce, closed)) = bytes.split_first_chunk::<NONCE_BYTES>() else {
            return Err(failed());
        };
        let aad = associated(org, sealed.at, &sealed.field);
        let plain = self
            .cipher()
            .decrypt(&(*nonce).into(), Payload { msg: closed, aad: aad.as_bytes() })
            .map_err(|_| failed())?;
        String::from_utf8(plain).map_err(|_| failed())
    }

    /// Closed itself, for the database.
    pub(super) fn wrap(&self, wrapping: &[u8; 32]) -> Result<Vec<u8>, StoreError> {
        let failed = || StoreError::Sealing("sealed");
        let mut wrapped = vec![0; WRAPPED_BYTES];
        let wrapper: KwAes256 = aes_kw::KeyInit::new_from_slice(wrapping).map_err(|_| failed())?;
        wrapper.wrap_key(&self.0, &mut wrapped).map_err(|_| failed())?;
        Ok(wrapped)
    }

    /// The key that was wrapped, if it was with this one.
    pub(super) fn unwrap(wrapped: &[u8], wrapping: &[u8; 32]) -> Result<Self, StoreError> {
        let wrong = || {
            StoreError::Configuration(
                "a stored key does not open: is this the master key it was wrapped with?"
                    .to_owned(),
            )
        };
        let mut key = Self([0; 32]);
        let wrapper: KwAes256 = aes_kw::KeyInit::new_from_slice(wrapping).map_err(|_| wrong())?;
        wrapper.unwrap_key(wrapped, &mut key.0).map_err(|_| wrong())?;
        Ok(key)
    }

    fn cipher(&self) -> Aes256Gcm {
        Aes256Gcm::new(&self.0.into())
    }
}

/// What the ciphertext is bound to.
fn associated(org: OrgId, at: Uuid, field: &str) -> String {
    format!("{FORMAT}|{org}|{at}|{field}")
}
