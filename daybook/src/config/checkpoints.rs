//! `CHECKPOINT_*`: who signs how far the logs go, and where that is kept outside the database.

use std::path::{Path, PathBuf};
use std::time::Duration;

use adapters::exports::{ExportWebhook, Target, WebhookTrust};
use ledger::ports::exports::ExportReceiver;
use ledger::proof::{CheckpointKey, VerifierKey};

use super::guards;
use super::reader::Reader;
use super::secret::Secret;

/// Shorter secrets can be guessed (contract S3.3).
const SECRET_LENGTH: usize = 32;

/// Who signs where nobody has said so.
const NAME: &str = "daybook.example";

/// Where the key that signs comes from.
#[derive(Debug, Clone)]
pub enum KeySource {
    /// The environment.
    Given(Box<CheckpointKey>),
    /// A file that must be there.
    File(PathBuf),
    /// A file in the data folder, made at the first start.
    Made(PathBuf),
}

/// Who signs how far the logs go, and where that is kept outside the database.
#[derive(Debug, Clone)]
pub struct Checkpoints {
    /// Signs.
    pub key: KeySource,
    /// What a key is called that does not say so itself.
    pub name: String,
    /// Signed before.
    pub retired: Vec<VerifierKey>,
    /// Between two looks at the logs.
    pub every: Duration,
    /// Where checkpoints are kept as files.
    pub folder: Option<PathBuf>,
    /// What the webhook's signature is keyed with.
    pub webhook_secret: Option<Secret>,
    webhook: Option<Target>,
}

/// Reads the settings of checkpoints; `strict` where a key must be given, and a good one.
pub(super) fn read(read: &mut Reader<'_>, strict: bool, data: &Path) -> Checkpoints {
    let name = read.value("CHECKPOINT_NAME", NAME.to_owned(), "a name");
    if let Err(error) = CheckpointKey::from_seed(&name, &[1; 32]) {
        read.problem("CHECKPOINT_NAME", error.to_string());
    }
    let webhook_secret = read.secret("CHECKPOINT_WEBHOOK_SECRET");
    if webhook_secret.as_ref().is_some_and(|secret| secret.reveal().len() < SECRET_LENGTH) {
        read.problem("CHECKPOINT_WEBHOOK_SECRET", "at least 32 characters are expected");
    }
    Checkpoints {
        key: key(read, strict, &name, data),
        name,
        retired: retired(read),
        every: Duration::from_secs(read.number("CHECKPOINT_INTERVAL_SECONDS", 60, 1..=86_400)),
        folder: read.optional::<String>("CHECKPOINT_FOLDER", "a folder").map(PathBuf::from),
        webhook: webhook(read),
        webhook_secret,
    }
}

fn key(read: &mut Reader<'_>, strict: bool, name: &str, data: &Path) -> KeySource {
    let text = read.secret("CHECKPOINT_KEY");
    let file: Option<String> = read.optional("CHECKPOINT_KEY_FILE", "a file");
    let made = KeySource::Made(data.join("keys").join("checkpoint.key"));
    let Some(text) = text else {
        if file.is_none() && strict {
            let what = "needed in prod, or CHECKPOINT_KEY_FILE: `daybook checkpoints new-key`";
            read.problem("CHECKPOINT_KEY", what);
        }
        return file.map_or(made, |file| KeySource::File(PathBuf::from(file)));
    };
    if file.is_some() {
        read.problem("CHECKPOINT_KEY_FILE", "set either this or CHECKPOINT_KEY");
    }
    if strict && guards::is_monotonous(text.reveal()) {
        read.problem("CHECKPOINT_KEY", "prod wants a random key: `daybook checkpoints new-key`");
    }
    match CheckpointKey::parse(text.reveal(), name) {
        Ok(key) => KeySource::Given(Box::new(key)),
        Err(error) => {
            read.problem("CHECKPOINT_KEY", error.to_string());
            made
        }
    }
}

fn retired(read: &mut Reader<'_>) -> Vec<VerifierKey> {
    let text: Option<String> = read.optional("CHECKPOINT_RETIRED_KEYS", "verifier keys");
    let mut keys = Vec::new();
    for text in text.as_deref().unwrap_or_default().split(',').map(str::trim) {
        match text.parse() {
            Ok(key) => keys.push(key),
            Err(_) if text.is_empty() => {}
            Err(error) => read.problem("CHECKPOINT_RETIRED_KEYS", format!("{error}")),
        }
    }
    keys
}

fn webhook(read: &mut Reader<'_>) -> Option<Target> {
    let url = read.secret("CHECKPOINT_WEBHOOK_URL")?;
    match Target::read(url.reveal(), &[]) {
        Ok(target) => Some(target),
        Err(error) => {
            read.problem("CHECKPOINT_WEBHOOK_URL", error.to_string());
            None
        }
    }
}

impl Checkpoints {
    /// Whether they go to a webhook.
    pub const fn has_webhook(&self) -> bool {
        self.webhook.is_some()
    }

    /// Who takes them, if somebody does.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn receiver(&self) -> anyhow::Result<Option<Box<dyn ExportReceiver>>> {
        let Some(target) = self.webhook.clone() else { return Ok(None) };
        let secret = self.webhook_secret.as_ref().map(|secret| secret.reveal().to_owned());
        let webhook = ExportWebhook::new(target, secret, WebhookTrust::Public);
        let webhook =
            webhook.map_err(|error| anyhow::anyhow!("CHECKPOINT_WEBHOOK_URL: {error}"))?;
        Ok(Some(Box::new(webhook)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Config, Environment, Problems};
    use super::*;

    const KEY: &str = "5c1f6a0e9b7d42c8a3e1f00d5eedcafe5c1f6a0e9b7d42c8a3e1f00d5eedcafe";

    fn wrong<const N: usize>(pairs: [(&str, &str); N]) -> Vec<String> {
        match Config::read(&Environment::of(pairs)) {
            Ok(_) => Vec::new(),
            Err(Problems(problems)) => problems.into_iter().map(|problem| problem.name).collect(),
        }
    }

    #[test]
    fn production_refuses_to_run_without_a_key_and_with_a_typed_one() {
        let prod = ("APP_ENV", "prod");
        assert_eq!(wrong([prod]), ["CHECKPOINT_KEY"]);
        assert_eq!(wrong([prod, ("CHECKPOINT_KEY", &"00".repeat(32))]), ["CHECKPOINT_KEY"]);
        assert_eq!(wrong([prod, ("CHECKPOINT_KEY", KEY)]), Vec::<String>::new());
        assert_eq!(wrong([prod, ("CHECKPOINT_KEY_FILE", "/run/key")]), Vec::<String>::new());
        let both = [("CHECKPOINT_KEY", KEY), ("CHECKPOINT_KEY_FILE", "/run/key")];
        assert_eq!(wrong(both), ["CHECKPOINT_KEY_FILE"]);
    }

    #[test]
    fn what_is_no_key_no_name_and_no_webhook_is_named() {
        assert_eq!(wrong([("CHECKPOINT_KEY", "hush")]), ["CHECKPOINT_KEY"]);
        assert_eq!(wrong([("CHECKPOINT_NAME", "a b")]), ["CHECKPOINT_NAME"]);
        assert_eq!(wrong([("CHECKPOINT_RETIRED_KEYS", "a+b+c")]), ["CHECKPOINT_RETIRED_KEYS"]);
        let url = ("CHECKPOINT_WEBHOOK_URL", "http://elsewhere.example/in");
        assert_eq!(wrong([url]), ["CHECKPOINT_WEBHOOK_URL"]);
    }

    #[test]
    fn a_key_and_the_ones_before_it_are_read() {
        let old = CheckpointKey::from_seed("ledger.example.org", &[7; 32]).unwrap().verifier();
        let environment = Environment::of([
            ("CHECKPOINT_KEY", KEY),
            ("CHECKPOINT_NAME", "ledger.example.org"),
            ("CHECKPOINT_RETIRED_KEYS", &old.to_string()),
        ]);
        let checkpoints = Config::read(&environment).unwrap().0.checkpoints;
        let KeySource::Given(key) = &checkpoints.key else { panic!("{checkpoints:?}") };
        assert_eq!(
            (key.name(), checkpoints.retired.as_slice()),
            ("ledger.example.org", &[old][..])
        );
    }
}
