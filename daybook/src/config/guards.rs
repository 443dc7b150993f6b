//! What is refused although each setting by itself is well formed.

use tokio_postgres::Config as PgConfig;

use super::delivery::Delivery;
use super::reader::Reader;
use super::secret::Secret;
use super::settings::{Config, Database};
use super::words::AppEnv;

/// Shorter secrets can be guessed (contract S3.3).
const SECRET_LENGTH: usize = 32;

/// Words that stand in examples and must not stand in production.
const PLACEHOLDERS: [&str; 7] =
    ["changeme", "change_me", "example", "placeholder", "default", "secret123", "xxxx"];

/// Checks settings against each other; production is held to more.
pub(super) fn check(config: &Config, read: &mut Reader<'_>) {
    if let Some(token) = &config.operator_token
        && token.reveal().len() < SECRET_LENGTH
    {
        read.problem("DAYBOOK_OPERATOR_TOKEN", "at least 32 characters are expected");
    }
    if config.app_env != AppEnv::Prod {
        return;
    }
    if config.testing {
        read.problem("TESTING", "prod does not accept testing overrides");
    }
    if let Some(passwords) = &config.role_passwords {
        for (role, text) in [
            ("DAYBOOK_ROLE_PASSWORD_APP", &passwords.app),
            ("DAYBOOK_ROLE_PASSWORD_WRITER", &passwords.writer),
            ("DAYBOOK_ROLE_PASSWORD_RELAY", &passwords.relay),
        ] {
            if is_known(text.as_bytes(), "") {
                read.problem(role, "prod does not accept a default password");
            }
        }
    }
    if config.metrics_enabled && config.metrics_token.is_none() {
        read.problem("METRICS_TOKEN", "needed in prod while METRICS_ENABLED is true");
    }
    strong(read, "METRICS_TOKEN", config.metrics_token.as_ref());
    strong(read, "DAYBOOK_OPERATOR_TOKEN", config.operator_token.as_ref());
    let signed = config.exporting.secret.as_ref();
    strong(read, "EXPORT_WEBHOOK_SECRET", signed);
    if config.exporting.mode == Delivery::Webhook && signed.is_none() {
        read.problem("EXPORT_WEBHOOK_SECRET", "needed in prod while EXPORT_MODE is webhook");
    }
    let signed = config.checkpoints.webhook_secret.as_ref();
    strong(read, "CHECKPOINT_WEBHOOK_SECRET", signed);
    if config.checkpoints.has_webhook() && signed.is_none() {
        read.problem("CHECKPOINT_WEBHOOK_SECRET", "needed in prod with CHECKPOINT_WEBHOOK_URL");
    }
    for secret in &config.stripe_webhook_secrets {
        strong(read, "STRIPE_WEBHOOK_SECRET", Some(secret));
    }
    if let Database::External { owner, service } = &config.database {
        if config.encryption_key.is_none() {
            let what = "needed in prod with a database of its own: every node must hold the same";
            read.problem("ENCRYPTION_KEY", what);
        }
        if let Some(owner) = owner {
            password(read, "DATABASE_URL", owner);
        }
        if let Some(roles) = service {
            password(read, "DAYBOOK_APP_DATABASE_URL", &roles.app);
            password(read, "DAYBOOK_WRITER_DATABASE_URL", &roles.writer);
            password(read, "DAYBOOK_RELAY_DATABASE_URL", &roles.relay);
        }
    }
}

fn strong(read: &mut Reader<'_>, name: &str, secret: Option<&Secret>) {
    let Some(text) = secret.map(Secret::reveal) else { return };
    if text.len() < SECRET_LENGTH {
        read.problem(name, "prod wants at least 32 characters");
    } else if PLACEHOLDERS.iter().any(|word| text.to_ascii_lowercase().contains(word)) {
        read.problem(name, "prod does not accept a placeholder");
    }
}

/// A password that equals a name everybody knows is no secret.
fn password(read: &mut Reader<'_>, name: &str, config: &PgConfig) {
    let Some(password) = config.get_password() else { return };
    if is_known(password, config.get_user().unwrap_or_default()) {
        read.problem(name, "prod does not accept a default password");
    }
}

fn is_known(password: &[u8], user: &str) -> bool {
    let known = [user, "app", "daybook", "password", "postgres", "relay", "writer", ""];
    known.iter().any(|known| known.as_bytes() == password)
}

/// A key of a few letters again and again was typed, not drawn.
pub(super) fn is_monotonous(key: &str) -> bool {
    let letters: std::collections::BTreeSet<u8> = key.trim_end_matches('=').bytes().collect();
    letters.len() < 8
}

#[cfg(test)]
mod tests {
    use super::super::{Config, Environment, Problems};

    const PROD: (&str, &str) = ("APP_ENV", "prod");
    /// What production asks for always.
    const SIGNED: (&str, &str) = ("CHECKPOINT_KEY_FILE", "/run/secrets/checkpoint.key");

    fn problems<const N: usize>(pairs: [(&str, &str); N]) -> Vec<String> {
        match Config::read(&Environment::of(pairs)) {
            Ok(_) => Vec::new(),
            Err(Problems(problems)) => problems.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn nothing_set_is_a_good_configuration() {
        assert_eq!(problems([]), Vec::<String>::new());
        assert_eq!(problems([("METRICS_TOKEN", "  ")]), Vec::<String>::new());
    }

    #[test]
    fn every_problem_is_named_not_only_the_first() {
        let found = problems([
            ("APP_ENV", "moon"),
            ("DAYBOOK_LISTEN", "here"),
            ("DAYBOOK_LISTN", "127.0.0.1:1"),
            ("ENCRYPTION_KEY", "short"),
            ("JOB_HEARTBEAT_TTL_SECONDS", "1"),
        ]);
        assert_eq!(found.len(), 5, "{found:?}");
        let hint = "DAYBOOK_LISTN: there is no such setting; did you mean DAYBOOK_LISTEN?";
        assert!(found.iter().any(|problem| problem == hint), "{found:?}");
    }

    #[test]
    fn no_problem_shows_the_value_of_a_secret() {
        let found = problems([
            ("ENCRYPTION_KEY", "hush-hush"),
            ("DATABASE_URL", "postgresql://u:hush-hush@[oops/x"),
            ("DAYBOOK_OPERATOR_TOKEN", "hush-hush"),
        ]);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found.iter().all(|problem| !problem.contains("hush")), "{found:?}");
    }

    #[test]
    fn production_refuses_metrics_without_a_token_and_default_passwords() {
        let found = problems([
            ("APP_ENV", "prod"),
            ("METRICS_ENABLED", "true"),
            ("DATABASE_URL", "postgresql://daybook_owner:daybook@db/daybook"),
            ("STRIPE_WEBHOOK_SECRET", "whsec_changeme_changeme_changeme_changeme"),
        ]);
        let about = |name: &str| found.iter().any(|problem| problem.starts_with(name));
        assert!(about("METRICS_TOKEN") && about("DATABASE_URL"), "{found:?}");
        assert!(about("STRIPE_WEBHOOK_SECRET") && about("ENCRYPTION_KEY"), "{found:?}");
    }

    #[test]
    fn production_refuses_open_origins_under_strict_rules_unreadable_networks_and_tests() {
        let strict = ("STRICT_CORS", "true");
        let named = "https://desk.example.org, https://book.example.org";
        let with = |value| problems([PROD, SIGNED, strict, ("CORS_ORIGINS", value)]);
        assert_eq!(with(named), Vec::<String>::new());
        for value in ["", "*", "https://desk.example.org,*"] {
            let found = with(value);
            assert!(found.len() == 1 && found[0].starts_with("CORS_ORIGINS"), "{found:?}");
        }
        for (name, value) in [
            ("ADMIN_IP_ALLOWLIST_CIDRS", "10.0.0.0/8, office"),
            ("CORS_ORIGINS", "desk.example.org"),
            ("TESTING", "true"),
        ] {
            let found = problems([PROD, SIGNED, (name, value)]);
            assert!(found.len() == 1 && found[0].starts_with(name), "{found:?}");
        }
        // A network that cannot be read is refused everywhere: it would leave the door open.
        assert_eq!(problems([("ADMIN_IP_ALLOWLIST_CIDRS", "10.0.0.0/33")]).len(), 1);
        let desk = problems([("CORS_ORIGINS", "*"), strict, ("TESTING", "true")]);
        assert_eq!(desk, Vec::<String>::new());
    }

    #[test]
    fn production_refuses_a_typed_master_key_and_default_passwords_of_roles() {
        let zeros = "00".repeat(32);
        let found = problems([
            PROD,
            SIGNED,
            ("ENCRYPTION_KEY", zeros.as_str()),
            ("DAYBOOK_ROLE_PASSWORD_APP", "app"),
            ("DAYBOOK_ROLE_PASSWORD_WRITER", "kT2vQ9zLm4"),
            ("DAYBOOK_ROLE_PASSWORD_RELAY", "relay"),
        ]);
        assert_eq!(found.len(), 3, "{found:?}");
        let drawn = "5c1f6a0e9b7d42c8a3e1f00d5eedcafe5c1f6a0e9b7d42c8a3e1f00d5eedcafe";
        let found = problems([PROD, SIGNED, ("ENCRYPTION_KEY", drawn)]);
        assert_eq!(found, Vec::<String>::new());
        assert_eq!(problems([("ENCRYPTION_KEY", zeros.as_str())]), Vec::<String>::new());
    }

    #[test]
    fn the_three_service_addresses_come_together() {
        let found = problems([("DAYBOOK_APP_DATABASE_URL", "postgresql://a@b/c")]);
        assert!(found[0].starts_with("DAYBOOK_*_DATABASE_URL"), "{found:?}");
    }
}
