//! Turning texts into values, and keeping every complaint instead of stopping at the first.

use std::fmt;
use std::str::FromStr;

use super::catalogue::{entry, nearest};
use super::environment::Environment;
use super::secret::Secret;

/// What is wrong with one setting, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The variable.
    pub name: String,
    /// What is wrong, without its value.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.name, self.what)
    }
}

/// Everything that is wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        let noun = if count == 1 { "setting is" } else { "settings are" };
        write!(formatter, "{count} {noun} wrong")?;
        for problem in &self.0 {
            write!(formatter, "\n  {problem}")?;
        }
        Ok(())
    }
}

/// A setting as it is in effect, fit to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The variable.
    pub name: &'static str,
    /// Its value; `<redacted>` for a secret that is set.
    pub value: String,
    /// Whether the environment said so; otherwise it is the default.
    pub given: bool,
}

/// Reads settings one by one.
pub(super) struct Reader<'a> {
    environment: &'a Environment,
    problems: Vec<Problem>,
    shown: Vec<Shown>,
}

impl<'a> Reader<'a> {
    /// Refuses names that look like ours and are not.
    pub(super) fn new(environment: &'a Environment) -> Self {
        let mut reader = Self { environment, problems: Vec::new(), shown: Vec::new() };
        for name in environment.names() {
            if name.starts_with("DAYBOOK_") && entry(name).is_none() {
                let hint = match nearest(name) {
                    Some(near) => format!("; did you mean {near}?"),
                    None => "; `daybook check-config --help` lists them".to_owned(),
                };
                reader.problem(name, format!("there is no such setting{hint}"));
            }
        }
        for name in environment.unreadable() {
            if entry(name).is_some() {
                reader.problem(name, "its value is not UTF-8 text");
            }
        }
        reader
    }

    /// Notes that something is wrong.
    pub(super) fn problem(&mut self, name: &str, what: impl Into<String>) {
        self.problems.push(Problem { name: name.to_owned(), what: what.into() });
    }

    /// A value that may be missing.
    pub(super) fn optional<T: FromStr>(&mut self, name: &'static str, expected: &str) -> Option<T> {
        let text = self.environment.get(name);
        let value = text.and_then(|text| {
            let value = text.parse().ok();
            if value.is_none() {
                self.problem(name, format!("{expected} is expected"));
            }
            value
        });
        let shown = text.unwrap_or("<not set>").to_owned();
        self.shown.push(Shown { name, value: shown, given: text.is_some() });
        value
    }

    /// A value with a default.
    pub(super) fn value<T: FromStr + fmt::Display>(
        &mut self,
        name: &'static str,
        default: T,
        expected: &str,
    ) -> T {
        let given = self.optional(name, expected);
        match given {
            Some(value) => value,
            None => {
                if let Some(shown) = self.shown.last_mut().filter(|shown| !shown.given) {
                    shown.value = default.to_string();
                }
                default
            }
        }
    }

    /// Yes or no, in the words people use.
    pub(super) fn switch(&mut self, name: &'static str, default: bool) -> bool {
        self.value(name, Switch(default), "true or false").0
    }

    /// A secret that may be missing.
    pub(super) fn secret(&mut self, name: &'static str) -> Option<Secret> {
        let text = self.environment.get(name);
        let value = if text.is_some() { "<redacted>" } else { "<not set>" };
        self.shown.push(Shown { name, value: value.to_owned(), given: text.is_some() });
        text.map(Secret::new)
    }

    /// A whole number within bounds.
    pub(super) fn number(
        &mut self,
        name: &'static str,
        default: u64,
        bounds: std::ops::RangeInclusive<u64>,
    ) -> u64 {
        let expected = format!("a whole number from {} to {}", bounds.start(), bounds.end());
        let number = self.value(name, default, &expected);
        if !bounds.contains(&number) {
            self.problem(name, format!("{expected} is expected"));
        }
        number
    }

    /// What was read, or everything that is wrong.
    pub(super) fn finish<T>(self, value: T) -> Result<(T, Vec<Shown>), Problems> {
        if self.problems.is_empty() {
            Ok((value, self.shown))
        } else {
            Err(Problems(self.problems))
        }
    }
}

struct Switch(bool);

impl FromStr for Switch {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Ok(Self(true)),
            "false" | "0" | "no" | "off" => Ok(Self(false)),
            _ => Err(()),
        }
    }
}

impl fmt::Display for Switch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}
