//! The shape of what we keep: the migrations, embedded in the program and applied in order.
//!
//! To change the schema, add a file `migrations/V<number>__<verb>_<object>.sql` with the next
//! number: one table, index or grant, forward only, and such that the version that is still
//! running can live with it. The build finds it by itself; nothing else needs a line. A file that
//! was ever applied anywhere never changes again: [`migrate`] refuses a history that differs.
//!
//! Roles belong to the whole server and not to a database, so a migration that makes one must
//! bear finding it there already. Their passwords are not schema: [`set_role_passwords`].

mod error;
mod migrate;
mod roles;
#[cfg(feature = "testing")]
pub mod testing;

pub use error::SchemaError;
pub use migrate::{Applied, applied_version, latest_version, migrate};
pub use roles::{APP, RELAY, RolePasswords, WRITER, set_role_passwords};
