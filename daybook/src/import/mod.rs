//! Opening balances and open invoices out of CSV files.
//!
//! - `file.rs`: a file line by line, with everything that is wrong. `accounts.rs`, `invoices.rs`:
//!   what each kind of line says.
//! - `proof.rs`: whether the two files agree, in every currency.
//! - `carry_out.rs`: the opening entry and the invoices, given as commands.
//!
//! # The rule
//!
//! 1. The debits of the accounts equal their credits, and account 1100 equals the sum of what is
//!    owed of the invoices: then 3900 is zero once all is in.
//! 2. The opening entry takes every account but 1100, against 3900; each invoice takes its own
//!    part of 1100 against 3900.
//! 3. Everything is a command whose id follows from the digest of the two files: repeated, or gone
//!    on with after an interruption, nothing comes in twice.

mod accounts;
mod carry_out;
mod file;
mod invoices;
mod proof;

pub use accounts::{AccountLine, read_accounts};
pub use carry_out::{Carried, carry_out};
pub use file::{Problem, Read};
pub use invoices::{InvoiceLine, read_invoices};
pub use proof::{Balance, Proof, prove};

use ledger::import::Digest;
use sha2::{Digest as _, Sha256};

const DOMAIN: &[u8] = b"daybook/csv-source/v1";

/// What names the import of two files.
pub fn digest(accounts: &[u8], invoices: &[u8]) -> Digest {
    let mut hash = Sha256::new();
    hash.update(DOMAIN);
    for file in [accounts, invoices] {
        hash.update((file.len() as u64).to_be_bytes());
        hash.update(file);
    }
    Digest(hash.finalize().into())
}
