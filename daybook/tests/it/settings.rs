//! Settings are checked before anything else happens.

use super::support::{Home, attempt, bare};

#[test]
fn an_unknown_setting_is_refused_by_name_with_a_hint() {
    let home = Home::new();
    let (code, said) = attempt(home.command(&["org", "list"]).env("DAYBOOK_LISTN", "127.0.0.1:1"));
    assert_eq!(code, 1);
    assert!(said.contains("DAYBOOK_LISTN"), "{said}");
    assert!(said.contains("did you mean DAYBOOK_LISTEN?"), "{said}");
    assert!(!home.data().exists(), "nothing was started");
}

#[test]
fn check_config_lists_every_problem_and_no_secret() {
    let (code, said) = attempt(
        bare(&["check-config"])
            .env("APP_ENV", "prod")
            .env("METRICS_ENABLED", "yes")
            .env("DAYBOOK_DRAIN_SECONDS", "soon")
            .env("ENCRYPTION_KEY", "hush-hush"),
    );
    assert_eq!(code, 1);
    for name in ["METRICS_TOKEN", "DAYBOOK_DRAIN_SECONDS", "ENCRYPTION_KEY"] {
        assert!(said.contains(name), "{name} in {said}");
    }
    assert!(!said.contains("hush"), "{said}");
}

#[test]
fn check_config_shows_what_is_in_effect_without_secrets() {
    let token = "a-token-that-nobody-else-should-ever-see";
    let (code, said) = attempt(
        bare(&["check-config"]).env("METRICS_TOKEN", token).env("RATE_LIMIT_PER_MINUTE", "77"),
    );
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("<redacted>") && said.contains("77"), "{said}");
    assert!(said.contains("127.0.0.1:8080"), "{said}");
    assert!(!said.contains(token), "{said}");
}

#[test]
fn wrong_usage_and_an_unreadable_file_have_exit_codes_of_their_own() {
    assert_eq!(attempt(&mut bare(&["verify", "--no-such-option"])).0, 64);
    let (code, said) = attempt(&mut bare(&["verify", "/no/such/file"]));
    assert_eq!(code, 1);
    assert!(said.contains("cannot open /no/such/file"), "{said}");
}

#[test]
fn every_command_explains_itself() {
    for command in [
        "serve",
        "demo",
        "migrate",
        "org",
        "key",
        "rebuild",
        "replay",
        "export",
        "bundle",
        "checkpoints",
        "verify",
        "erase",
        "jobs",
        "check-config",
    ] {
        let (code, said) = attempt(&mut bare(&[command, "--help"]));
        assert_eq!(code, 0, "{command}: {said}");
        assert!(said.contains("Usage: daybook"), "{command}: {said}");
    }
}
