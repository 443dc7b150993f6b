//! The roles that the service connects as, and their passwords.

use std::fmt;

use tokio_postgres::GenericClient;

use crate::SchemaError;

/// Reads, and decides nothing: requests run as this role, one org at a time.
pub const APP: &str = "daybook_app";
/// Appends events; the only role that can.
pub const WRITER: &str = "daybook_writer";
/// Works across orgs: finds what is to be projected, seals, rebuilds.
pub const RELAY: &str = "daybook_relay";

/// A password for each of the roles that log in.
#[derive(Clone)]
pub struct RolePasswords {
    /// For [`APP`].
    pub app: String,
    /// For [`WRITER`].
    pub writer: String,
    /// For [`RELAY`].
    pub relay: String,
}

/// Passwords stay out of logs and panics.
impl fmt::Debug for RolePasswords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RolePasswords").finish_non_exhaustive()
    }
}

/// Lets the three roles log in with these passwords.
///
/// # Errors
/// [`SchemaError::Database`] when we may not alter roles or they are not there yet.
pub async fn set_role_passwords<C: GenericClient>(
    client: &C,
    passwords: &RolePasswords,
) -> Result<(), SchemaError> {
    let RolePasswords { app, writer, relay } = passwords;
    for (role, password) in [(APP, app), (WRITER, writer), (RELAY, relay)] {
        // `alter role` takes no parameters, so the server itself quotes the statement.
        let quote = "select format('alter role %I with login password %L', $1::text, $2::text)";
        let statement: String = client.query_one(quote, &[&role, password]).await?.get(0);
        client.batch_execute(&statement).await?;
    }
    Ok(())
}
