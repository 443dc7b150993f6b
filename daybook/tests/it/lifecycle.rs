//! Starting, stopping, being killed, starting again.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use nix::sys::signal::Signal;

use super::support::{Home, KEY, attempt, wait_until};

#[test]
fn a_service_survives_its_kill_stops_cleanly_and_keeps_its_key() {
    let home = Home::new();
    let org = home.create_org();
    assert!(home.postmaster().is_none(), "the last user stops the private PostgreSQL");
    for name in ["keys/master.key", "keys/roles"] {
        let mode = fs::metadata(home.data().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }

    let mut server = home.serve();
    assert!(server.get("/healthz").contains("200"));
    server.signal(Signal::SIGKILL);
    assert_eq!(server.wait().code(), None);
    assert!(home.postmaster().is_some(), "its PostgreSQL was left behind, to be adopted");

    let mut server = home.serve();
    assert!(server.get("/healthz").contains("200"));
    assert!(home.run(&["org", "list"]).contains(&org), "beside a running service");
    assert!(home.postmaster().is_some(), "the service still uses it");
    server.signal(Signal::SIGTERM);
    assert_eq!(server.wait().code(), Some(0));
    assert!(home.postmaster().is_none(), "PostgreSQL was stopped with the service");

    let mut other = home.command(&["org", "list"]);
    let (code, said) = attempt(other.env("ENCRYPTION_KEY", KEY));
    assert_eq!(code, 1);
    assert!(said.contains("the master key (ENCRYPTION_KEY) is not the one"), "{said}");
    assert!(home.postmaster().is_none(), "a refused start leaves nothing behind");
    assert!(home.run(&["org", "list"]).contains(&org));
}

#[test]
fn keys_are_shown_once_listed_without_secret_rotated_and_revoked() {
    let home = Home::new();
    let org = home.create_org();
    let created =
        home.run(&["key", "create", "--org", &org, "--role", "finance", "--label", "books"]);
    let key = super::support::word_after(&created, "key_id");
    let secret = super::support::word_after(&created, "key");
    assert!(secret.starts_with("dbk_"), "{created}");
    let listed = home.run(&["key", "list", "--org", &org]);
    assert!(listed.contains(&key) && !listed.contains("dbk_"), "{listed}");
    let rotated = home.run(&["key", "rotate", "--org", &org, &key, "--overlap-hours", "1"]);
    assert!(rotated.contains("dbk_") && !rotated.contains(&secret), "{rotated}");
    home.run(&["key", "revoke", "--org", &org, &key]);
    assert!(home.run(&["key", "list", "--org", &org]).contains("revoked"));
    let (code, said) = home.attempt(&["org", "suspend", "00000000-0000-0000-0000-000000000000"]);
    assert_eq!(code, 1);
    assert!(said.contains("there is no org"), "{said}");

    // Jobs: the running cycle begins once, and a lease of a process that is gone is no obstacle.
    let first = home.run(&["jobs", "run", "--job", "monthly-invoices"]);
    assert!(first.contains("1 orgs, 1 changes"), "{first}");
    let again = home.run(&["jobs", "run", "--job", "monthly-invoices"]);
    assert!(again.contains("1 orgs, 0 changes"), "{again}");
    home.run(&["jobs", "run", "--job", "overdue"]);
    home.run(&["jobs", "run", "--job", "inbox"]);
    home.run(&["jobs", "run", "--job", "cleanup"]);
    let listed = home.run(&["jobs", "list"]);
    assert!(listed.contains("monthly-invoices") && listed.contains("cleanup"), "{listed}");
}

#[test]
fn where_signs_of_life_are_wanted_a_late_job_makes_the_service_not_ready() {
    let home = Home::new();
    home.create_org();
    let wanted = [("JOB_HEARTBEAT_REQUIRED", "true"), ("JOB_HEARTBEAT_TTL_SECONDS", "10")];
    let alone = [&wanted[..], &[("DAYBOOK_SCHEDULER", "false")]].concat();
    let mut server = home.serve_with(&wanted);
    wait_until("its scheduler has shown itself", || server.get("/readyz").contains(" 200 "));
    server.signal(Signal::SIGTERM);
    assert!(server.wait().success());
    // Nobody cares for the jobs any more.
    let server = home.serve_with(&alone);
    wait_until("the last sign of life is too old", || server.get("/readyz").contains(" 503 "));
    let without = [("DAYBOOK_SCHEDULER", "false")];
    drop(server);
    let server = home.serve_with(&without);
    assert!(server.get("/readyz").contains(" 200 "), "nobody asked for signs of life");
}
