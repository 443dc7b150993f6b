//! Where this installation keeps its books: the database, the roles, the master key.
//!
//! - `embedded.rs`: a private PostgreSQL in the data folder, brought up to date by itself.
//! - `external.rs`: somebody's PostgreSQL, which the owner migrates and the service only uses.
//! - `checkpoint_key.rs`, `master_key.rs`, `private_file.rs`: secrets that live beside the database, not in it.

mod checkpoint_key;
mod embedded;
mod external;
mod master_key;
mod opening;
mod private_file;

pub use checkpoint_key::{draw, signers};
pub use embedded::{Bare, bare};
pub use opening::{Installation, migrate};
pub use private_file::write_private;
