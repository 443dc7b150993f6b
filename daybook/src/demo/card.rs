//! `demo.json`: where the demonstration answers, and with which keys.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use ledger::store::tenants::Role;
use ledger::values::OrgId;
use serde::{Deserialize, Serialize};

use crate::installation::write_private;

/// The whole file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Card {
    pub(super) base_url: String,
    pub(super) orgs: Vec<CardOrg>,
}

/// An org and its keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CardOrg {
    pub(super) org_id: OrgId,
    pub(super) name: String,
    pub(super) keys: Keys,
}

/// A key for every role.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Keys {
    owner: String,
    admin: String,
    finance: String,
    dispatcher: String,
    viewer: String,
    auditor: String,
    integration: String,
}

impl Keys {
    /// The key of a role.
    pub(super) fn of(&self, role: Role) -> &str {
        match role {
            Role::Owner => &self.owner,
            Role::Admin => &self.admin,
            Role::Finance => &self.finance,
            Role::Dispatcher => &self.dispatcher,
            Role::Viewer => &self.viewer,
            Role::Auditor => &self.auditor,
            Role::Integration => &self.integration,
        }
    }

    /// Keeps the key of a role.
    pub(super) fn set(&mut self, role: Role, key: String) {
        *match role {
            Role::Owner => &mut self.owner,
            Role::Admin => &mut self.admin,
            Role::Finance => &mut self.finance,
            Role::Dispatcher => &mut self.dispatcher,
            Role::Viewer => &mut self.viewer,
            Role::Auditor => &mut self.auditor,
            Role::Integration => &mut self.integration,
        } = key;
    }
}

impl Card {
    fn path(data: &Path) -> PathBuf {
        data.join("demo.json")
    }

    /// The card of an earlier start; `None` where there is none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn load(data: &Path) -> anyhow::Result<Option<Self>> {
        let path = Self::path(data);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read {}", path.display()));
            }
        };
        let card = serde_json::from_str(&text)
            .with_context(|| format!("{} is not what `daybook demo` writes", path.display()))?;
        Ok(Some(card))
    }

    /// Writes the card, for its owner's eyes only.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn save(&self, data: &Path) -> anyhow::Result<()> {
        write_private(&Self::path(data), &format!("{}\n", serde_json::to_string_pretty(self)?))
    }
}
