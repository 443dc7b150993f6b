//! Who is signed in: their key, sealed into a cookie that only this installation can open.
//!
//! Nothing is kept on the server, so that any node can answer. The key is checked with every
//! question that is asked with it: a revoked key ends its sessions at once.

use actix_web::cookie::{Cookie, SameSite};
use aes_gcm::{
    Aes256Gcm,
    aead::{Aead, KeyInit, Payload},
};
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::ROOT;

/// The cookie's name.
pub(crate) const COOKIE: &str = "daybook_console";

/// How long somebody stays signed in.
pub(crate) const LASTS: Duration = Duration::hours(12);

const FORMAT: &[u8] = b"daybook.console.session.v1";
const NONCE_BYTES: usize = 12;

/// A signed-in key.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Session {
    /// The API key.
    pub(crate) key: String,
    /// Unix seconds.
    pub(crate) ends_at: i64,
}

impl Session {
    /// Starts now.
    pub(crate) fn begin(key: String, now: OffsetDateTime) -> Self {
        Self { key, ends_at: (now + LASTS).unix_timestamp() }
    }

    /// `base64url(nonce ‖ ciphertext ‖ tag)`.
    pub(crate) fn seal(&self, with: &[u8; 32]) -> Option<String> {
        let plain = serde_json::to_vec(self).ok()?;
        let mut nonce = [0_u8; NONCE_BYTES];
        rand::fill(&mut nonce);
        let payload = Payload { msg: &plain, aad: FORMAT };
        let closed = Aes256Gcm::new(&(*with).into()).encrypt(&nonce.into(), payload).ok()?;
        Some(BASE64URL_NOPAD.encode(&[nonce.as_slice(), &closed].concat()))
    }

    /// What was sealed here, untouched and not yet over.
    pub(crate) fn open(text: &str, with: &[u8; 32], now: OffsetDateTime) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        let (nonce, closed) = bytes.split_first_chunk::<NONCE_BYTES>()?;
        let payload = Payload { msg: closed, aad: FORMAT };
        let plain = Aes256Gcm::new(&(*with).into()).decrypt(&(*nonce).into(), payload).ok()?;
        let session: Self = serde_json::from_slice(&plain).ok()?;
        (now.unix_timestamp() < session.ends_at).then_some(session)
    }
}

/// The cookie, for the console alone; gone when the browser closes. `secure` where the browser
/// came by TLS.
pub(crate) fn cookie(value: String, secure: bool) -> Cookie<'static> {
    Cookie::build(COOKIE, value)
        .path(ROOT)
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(secure)
        .finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(seconds).unwrap()
    }

    #[test]
    fn a_sealed_session_opens_again_until_it_is_over() {
        let with = [7; 32];
        let sealed = Session::begin("dbk_x".into(), at(0)).seal(&with).unwrap();
        let ends = LASTS.whole_seconds();
        assert_eq!(Session::open(&sealed, &with, at(ends - 1)).unwrap().key, "dbk_x");
        assert_eq!(Session::open(&sealed, &with, at(ends)), None);
        assert!(!sealed.contains("dbk"));
    }

    #[test]
    fn a_touched_session_or_another_installations_opens_nothing() {
        let sealed = Session::begin("dbk_x".into(), at(0)).seal(&[7; 32]).unwrap();
        assert_eq!(Session::open(&sealed, &[8; 32], at(1)), None);
        for place in 0..sealed.len() {
            let mut touched = sealed.clone().into_bytes();
            touched[place] = if touched[place] == b'A' { b'B' } else { b'A' };
            let touched = String::from_utf8(touched).unwrap();
            assert_eq!(Session::open(&touched, &[7; 32], at(1)), None, "place {place}");
        }
        assert_eq!(Session::open("", &[7; 32], at(1)), None);
    }
}
