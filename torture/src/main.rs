//! `make torture`: every fault, one after the other, a line each.

use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::bail;
use clap::Parser;
use torture::scenarios::{Outcome, Scenario, Settings};

/// Makes faults around the program and checks that nothing was lost, doubled or invented.
#[derive(Debug, Parser)]
#[command(name = "torture")]
struct Options {
    /// The program.
    #[arg(long, default_value = "target/debug/daybook")]
    daybook: PathBuf,
    /// All that is random follows from it; a run prints its own.
    #[arg(long)]
    seed: Option<u64>,
    /// Kills in the storm.
    #[arg(long, default_value_t = 100)]
    kills: u32,
    /// How long each other fault lasts, in seconds, about.
    #[arg(long, default_value_t = 8)]
    seconds: u64,
    /// Only this scenario; may be given several times.
    #[arg(long, value_parser = scenario)]
    only: Vec<Scenario>,
    /// Leave databases and logs behind, to be looked at.
    #[arg(long)]
    keep: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let program = options.daybook.canonicalize()?;
    let seed = options.seed.unwrap_or_else(|| u64::from(std::process::id()));
    let (kills, keep, lasts) = (options.kills, options.keep, Duration::from_secs(options.seconds));
    let settings = Settings { program, seed, kills, lasts, keep };
    let chosen = if options.only.is_empty() { Scenario::ALL.to_vec() } else { options.only };
    say(&format!("seed {seed} (--seed {seed} throws the same dice again)"))?;
    let (begun, mut failed) = (Instant::now(), 0);
    for scenario in chosen {
        let since = Instant::now();
        let outcome = tokio::select! {
            outcome = scenario.run(&settings) => outcome,
            // What was started must not outlive us.
            _ = tokio::signal::ctrl_c() => bail!("interrupted"),
        };
        let (word, what) = match outcome {
            Ok(Outcome::Held(figures)) => ("held", figures),
            Ok(Outcome::Skipped(why)) => ("skipped", why),
            Err(error) => {
                failed += 1;
                ("FAILED", format!("{error:#}"))
            }
        };
        let seconds = since.elapsed().as_secs();
        say(&format!("{:<16} {word:<8} {seconds:>4} s  {what}", scenario.name()))?;
    }
    let seconds = begun.elapsed().as_secs();
    if failed > 0 {
        bail!("{failed} scenarios failed, in {seconds} s, with seed {seed}");
    }
    say(&format!("all held, in {seconds} s"))
}

fn scenario(name: &str) -> Result<Scenario, String> {
    let found = Scenario::ALL.into_iter().find(|scenario| scenario.name() == name);
    let names = || Scenario::ALL.map(Scenario::name).join(", ");
    found.ok_or_else(|| format!("there are {}", names()))
}

fn say(line: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout().lock(), "{line}")?)
}
