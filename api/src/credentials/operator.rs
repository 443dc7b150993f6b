//! The operator's token: makes orgs, reads none of their data.

use std::fmt;

use ledger::store::tenants::digest;
use subtle::ConstantTimeEq;

/// A configured secret of which only the hash is kept in memory.
#[derive(Clone)]
pub struct OperatorToken([u8; 32]);

impl OperatorToken {
    /// Takes the token as configured. It should be random; the program's configuration refuses
    /// short ones.
    pub fn new(text: &str) -> Self {
        Self(digest(text.as_bytes()))
    }

    /// Whether this is the token, in constant time.
    pub fn is(&self, presented: &str) -> bool {
        self.0.ct_eq(&digest(presented.as_bytes())).into()
    }
}

impl fmt::Debug for OperatorToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("OperatorToken(..)")
    }
}
