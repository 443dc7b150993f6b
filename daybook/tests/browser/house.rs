//! A small practice's books, served.

use std::fs;

use serde_json::Value;

use super::support::{Home, KEY, Server};

/// A served history, and the keys to it.
pub(crate) struct House {
    /// Where it answers.
    pub(crate) url: String,
    /// Its first org's key of each role.
    keys: Value,
    server: Server,
    home: Home,
}

impl House {
    pub(crate) fn open() -> Self {
        let home = Home::new();
        let seed = ["demo", "--seed-only", "--months", "5"];
        let seeded = home.command(&seed).env("ENCRYPTION_KEY", KEY).output().unwrap();
        assert!(seeded.status.success(), "{}", String::from_utf8_lossy(&seeded.stderr));
        let card = fs::read_to_string(home.data().join("demo.json")).unwrap();
        let card: Value = serde_json::from_str(&card).unwrap();
        let server = home.serve_with(&[("ENCRYPTION_KEY", KEY)]);
        let org = &card["orgs"][1];
        Self { url: server.url.clone(), keys: org["keys"].clone(), server, home }
    }

    /// The key of a role.
    pub(crate) fn key(&self, role: &str) -> &str {
        self.keys[role].as_str().unwrap()
    }

    /// What the API answers the owner.
    pub(crate) fn api(&self, method: &str, path: &str, body: &str) -> Value {
        let answer = self.server.answer(method, path, self.key("owner"), body);
        serde_json::from_str(&answer).unwrap()
    }

    /// Runs the program beside the served one.
    pub(crate) fn program(&self, arguments: &[&str]) -> (i32, String) {
        self.home.attempt(arguments)
    }

    /// A file of this run.
    pub(crate) fn file(&self, name: &str) -> std::path::PathBuf {
        self.home.file(name)
    }
}
