//! A signal while a one-shot command works: nothing is left running behind it.

use std::fs;
use std::process::Stdio;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::support::{Home, wait_until};

/// Runs a command until it works, sends it a signal, and answers its exit code.
fn interrupted(home: &Home, arguments: &[&str], signal: Signal, works: impl Fn() -> bool) -> i32 {
    let mut child = home.command(arguments).stdout(Stdio::null()).spawn().unwrap();
    let mut ended = None;
    wait_until("it works", || {
        ended = child.try_wait().unwrap();
        ended.is_some() || works()
    });
    assert_eq!(ended, None, "it ended before the signal came");
    kill(Pid::from_raw(i32::try_from(child.id()).unwrap()), signal).unwrap();
    wait_until("it has ended", || {
        ended = child.try_wait().unwrap();
        ended.is_some()
    });
    ended.and_then(|status| status.code()).unwrap()
}

#[test]
fn a_one_shot_command_that_is_interrupted_stops_the_private_postgresql() {
    let home = Home::new();
    // It waits for a line that never comes, with the database open.
    let never = home.file("never");
    nix::unistd::mkfifo(&never, nix::sys::stat::Mode::S_IRWXU).unwrap();
    let org = home.create_org();
    assert_eq!(home.postmaster(), None);

    let program = ["database", "exec", "--", "sleep", "1000"];
    let code = interrupted(&home, &program, Signal::SIGINT, || home.postmaster().is_some());
    assert_ne!(code, 0);
    assert_eq!(home.postmaster(), None, "the program and the server are gone");

    for (signal, code) in [(Signal::SIGINT, 130), (Signal::SIGTERM, 143)] {
        let output = never.to_str().unwrap();
        let apply = ["erasures", "apply", output];
        let works = || home.postmaster().is_some();
        assert_eq!(interrupted(&home, &apply, signal, works), code);
        assert_eq!(home.postmaster(), None, "after {signal}");
    }
    // Whatever moment it was: the next start finds everything in order.
    assert!(home.run(&["org", "list"]).contains(&org));
    assert!(fs::exists(&never).unwrap());
}
