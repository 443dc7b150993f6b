//! `Stripe-Signature: t=<unix>,v1=<hex>[,v1=<hex>…][,v0=…]`.
//!
//! `v1` is HMAC-SHA256 over `t`, a dot and the raw body, keyed with the whole secret text.

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use ledger::ports::payments::Unverified;
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};

use super::WebhookSecret;

/// How far the signature's time may be from now, either way.
pub const TOLERANCE_SECONDS: i64 = 300;

/// A `v1` beyond these is not looked at; Stripe sends one per active secret.
const SIGNATURES: usize = 16;

/// What the header says.
struct Header<'a> {
    /// As signed: the text, not the number.
    time: &'a str,
    seconds: i64,
    signatures: Vec<[u8; 32]>,
}

pub(super) fn verify(
    secrets: &[WebhookSecret],
    header: Option<&[u8]>,
    body: &[u8],
    now: i64,
) -> Result<(), Unverified> {
    let header = header.and_then(read).ok_or(Unverified::Malformed)?;
    let mut genuine = Choice::from(0);
    for secret in secrets {
        let expected = sign(secret, header.time, body);
        for signature in &header.signatures {
            genuine |= expected.ct_eq(signature);
        }
    }
    if !bool::from(genuine) {
        return Err(Unverified::Mismatch);
    }
    // Only now: a stranger learns nothing about our clock.
    if now.abs_diff(header.seconds) > TOLERANCE_SECONDS.unsigned_abs() {
        return Err(Unverified::OutOfTolerance { tolerance_seconds: TOLERANCE_SECONDS });
    }
    Ok(())
}

/// The header of a body, as who knows the secret would send it.
#[doc(hidden)]
pub fn signed(secret: &WebhookSecret, seconds: i64, body: &[u8]) -> String {
    let signature = sign(secret, &seconds.to_string(), body);
    format!("t={seconds},v1={}", HEXLOWER.encode(&signature))
}

fn sign(secret: &WebhookSecret, time: &str, body: &[u8]) -> [u8; 32] {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.bytes()).expect("HMAC takes keys of any length");
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac.finalize().into_bytes().into()
}

/// Unknown schemes are passed over (`v0` is a fake for test mode); a `v1` that is not 32 bytes
/// of hexadecimal makes the header malformed.
fn read(header: &[u8]) -> Option<Header<'_>> {
    let text = std::str::from_utf8(header).ok()?;
    let mut time = None;
    let mut signatures = Vec::new();
    for part in text.split(',') {
        let (scheme, value) = part.trim().split_once('=')?;
        match scheme {
            "t" if time.is_none() => time = Some(value),
            "t" => return None,
            "v1" if signatures.len() < SIGNATURES => {
                let bytes = HEXLOWER.decode(value.as_bytes()).ok()?;
                signatures.push(bytes.try_into().ok()?);
            }
            _ => {}
        }
    }
    let time = time?;
    let digits = !time.is_empty() && time.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = digits.then(|| time.parse().ok()).flatten()?;
    (!signatures.is_empty()).then_some(Header { time, seconds, signatures })
}
