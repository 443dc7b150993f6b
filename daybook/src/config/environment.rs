//! The one place that reads the environment.

use std::collections::BTreeMap;

/// The variables the program was started with. An empty one counts as not set, as compose files
/// leave them.
#[derive(Clone, Default)]
pub struct Environment {
    values: BTreeMap<String, String>,
    /// Names whose value is not text.
    unreadable: Vec<String>,
}

impl Environment {
    /// Takes the variables of this process.
    #[expect(clippy::disallowed_methods, reason = "this is the place that reads the environment")]
    pub fn of_this_process() -> Self {
        let mut environment = Self::default();
        for (name, value) in std::env::vars_os() {
            let Ok(name) = name.into_string() else { continue };
            match value.into_string() {
                Ok(value) => environment.set(name, value),
                Err(_) => environment.unreadable.push(name),
            }
        }
        environment
    }

    /// Takes these variables instead, for tests.
    pub fn of<const N: usize>(pairs: [(&str, &str); N]) -> Self {
        let mut environment = Self::default();
        for (name, value) in pairs {
            environment.set(name.to_owned(), value.to_owned());
        }
        environment
    }

    fn set(&mut self, name: String, value: String) {
        let value = value.trim();
        if !value.is_empty() {
            self.values.insert(name, value.to_owned());
        }
    }

    /// A variable that is set to something.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// The names that are set.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().chain(&self.unreadable).map(String::as_str)
    }

    /// Names whose value is not text.
    pub fn unreadable(&self) -> &[String] {
        &self.unreadable
    }
}

/// Whether a terminal may be coloured (the convention of no-color.org).
#[expect(clippy::disallowed_methods, reason = "this is the place that reads the environment")]
pub fn colours_wanted() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
