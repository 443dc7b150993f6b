//! `daybook check-config`

use std::process::ExitCode;

use crate::config::{CATALOGUE, Config, Environment, Problems};
use crate::{FAILED, out};

/// Shows the settings in effect, or everything that is wrong.
pub fn run(environment: &Environment) -> ExitCode {
    let shown = match Config::read(environment) {
        Ok((_, shown)) => shown,
        Err(problems) => return complain(&problems),
    };
    let rows = CATALOGUE.iter().filter_map(|entry| {
        let shown = shown.iter().find(|shown| shown.name == entry.name)?;
        let source = if shown.given { "environment" } else { "default" };
        Some([entry.name, &shown.value, source, entry.meaning].map(ToOwned::to_owned))
    });
    match out::table(["setting", "value", "from", "meaning"], rows) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(FAILED),
    }
}

fn complain(problems: &Problems) -> ExitCode {
    crate::complain(problems);
    ExitCode::from(FAILED)
}
