//! What the store needs to open.

use std::fmt;

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Where the database is, as which roles, and the bounds of the writer.
#[derive(Clone)]
pub struct StoreConfig {
    /// Reads, under row-level security.
    pub app: tokio_postgres::Config,
    /// Appends, and nothing else.
    pub writer: tokio_postgres::Config,
    /// Work across orgs: finding dirty orgs, rebuilding, sealing.
    pub relay: tokio_postgres::Config,
    /// Wraps the keys of people and names them; kept outside the database.
    pub master_key: MasterKey,
    /// Bounds.
    pub limits: Limits,
}

/// Bounds of the writer.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Connections that read under row-level security.
    pub app_connections: usize,
    /// Bytes of events in one append.
    pub batch_bytes: usize,
    /// Events in one append.
    pub batch_events: usize,
    /// Orgs in one append: any number on PostgreSQL; 1 on Citus, where a transaction touches one
    /// org (scale-out rule 3).
    pub batch_orgs: usize,
    /// Bytes of aggregates kept in memory.
    pub cache_bytes: usize,
    /// Commands that may wait; beyond that callers hear "busy".
    pub queue_jobs: usize,
    /// Seconds for which an append is retried after the database went away, before callers hear
    /// that the outcome is not known.
    pub resolve_seconds: u64,
    /// What is left out to see what it costs.
    #[cfg(feature = "ablation")]
    #[doc(hidden)]
    pub without: Option<super::Ablation>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            app_connections: 16,
            batch_bytes: 1 << 20,
            batch_events: 2_048,
            batch_orgs: usize::MAX,
            cache_bytes: 256 << 20,
            queue_jobs: 8_192,
            resolve_seconds: 20,
            #[cfg(feature = "ablation")]
            without: None,
        }
    }
}

/// 256 random bits that everything secret is derived from (HKDF-SHA256, RFC 5869).
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct MasterKey([u8; 32]);

/// Why a text is not a master key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a master key is 32 bytes, written as 64 hexadecimal digits or in base64")]
pub struct MasterKeyError;

impl MasterKey {
    /// Takes 32 bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads 64 hexadecimal digits or base64.
    ///
    /// # Errors
    ///
    /// [`MasterKeyError`].
    pub fn parse(text: &str) -> Result<Self, MasterKeyError> {
        let text = text.trim();
        let bytes = HEXLOWER_PERMISSIVE
            .decode(text.as_bytes())
            .or_else(|_| BASE64.decode(text.as_bytes()))
            .or_else(|_| BASE64URL_NOPAD.decode(text.as_bytes()))
            .map_err(|_| MasterKeyError)?;
        bytes.try_into().map(Self).map_err(|_| MasterKeyError)
    }

    /// The key for one purpose.
    pub(super) fn derive(&self, purpose: &str) -> [u8; 32] {
        let mut out = [0; 32];
        Hkdf::<Sha256>::new(Some(b"daybook.master.v1"), &self.0)
            .expand(purpose.as_bytes(), &mut out)
            .expect("32 bytes are within HKDF's limit of 255 blocks");
        out
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("MasterKey(..)")
    }
}
