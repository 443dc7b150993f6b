//! One fault at a time.
//!
//! Each file is a scenario: it begins with a stage of its own, makes the fault, says what it saw,
//! and ends with the checker. To add one: a file, and a line in each `match` below.

mod kills;
mod stage;

use std::path::PathBuf;
use std::time::Duration;

use crate::dice::Dice;

pub(crate) use stage::Stage;

/// How a run is made.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The program.
    pub program: PathBuf,
    /// All that is random follows from it.
    pub seed: u64,
    /// Kills in the storm.
    pub kills: u32,
    /// How long each other fault lasts, about.
    pub lasts: Duration,
    /// Whether a scenario that failed leaves its folder behind.
    pub keep: bool,
}

/// What came of a scenario that did not fail.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// It held, with these figures.
    Held(String),
    /// It could not be made here, and why.
    Skipped(String),
}

/// A scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scenario {
    /// `kill -9` at random moments, and the checker's proof of itself.
    Kills,
}

impl Scenario {
    /// All of them, in the order in which they are run.
    pub const ALL: [Self; 1] = [Self::Kills];

    /// As typed and shown.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kills => "kills",
        }
    }

    /// Makes it.
    ///
    /// # Errors
    /// What did not hold.
    pub async fn run(self, settings: &Settings) -> anyhow::Result<Outcome> {
        let mut dice = Dice::new(settings.seed);
        match self {
            Self::Kills => kills::run(settings, &mut dice).await,
        }
    }
}
