//! `daybook migrate`

use crate::config::{Config, Database};
use crate::serve::Signals;
use crate::{installation, out};

/// Applies the schema and says what was applied.
pub(super) async fn run(config: &Config) -> anyhow::Result<()> {
    // Short, and nothing to leave half done: the private PostgreSQL is stopped first.
    let _deaf = match config.database {
        Database::Embedded => Some(Signals::listen()?),
        Database::External { .. } => None,
    };
    let applied = installation::migrate(config).await?;
    for name in &applied.names {
        out::line(name)?;
    }
    let count = applied.names.len();
    out::line(format_args!("the schema is at version {} ({count} applied now)", applied.version))?;
    Ok(())
}
