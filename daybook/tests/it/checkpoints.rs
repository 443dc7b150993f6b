//! Checkpoints leave the house by themselves.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;

use cluster::{Cluster, ClusterOptions};

use super::bundling::books;
use super::support::{Home, attempt, wait_until, word_after};

#[test]
fn the_service_signs_what_happens_and_answers_the_note() {
    let home = Home::new();
    let create = ["org", "create", "--name", "Signed", "--time-zone", "UTC", "--currency", "USD"];
    let created = home.run(&create);
    let (org, key) = (word_after(&created, "org_id"), word_after(&created, "owner_key"));
    let settings = [
        ("CHECKPOINT_INTERVAL_SECONDS", "1"),
        ("CHECKPOINT_NAME", "ledger.example.org"),
        ("METRICS_ENABLED", "true"),
    ];
    let server = home.serve_with(&settings);
    let charge = "{\"amount\": \"12.00\"}";
    server.answer("POST", "/v1/billing/charges/one-off", &key, charge);
    wait_until("everything is signed", || {
        let metrics = server.answer("GET", "/v1/metrics", &key, "");
        metrics.lines().any(|line| line == "daybook_seal_lag_events 0")
    });
    let note = server.answer("GET", "/v1/proofs/checkpoint", &key, "");
    assert!(note.starts_with(&format!("ledger.example.org/{org}\n")), "{note}");
    let keys = server.answer("GET", "/v1/proofs/keys", &key, "");
    let keys: serde_json::Value = serde_json::from_str(&keys).unwrap();
    let verifier = keys["keys"][0]["verifier_key"].as_str().unwrap();
    let path = home.file("held.note");
    fs::write(&path, &note).unwrap();
    drop(server);
    let held = path.to_str().unwrap();
    let (code, said) =
        home.attempt(&["verify", "--org", &org, "--checkpoint", held, "--key", verifier]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn production_does_not_start_without_a_key_and_a_lost_file_is_named() {
    let home = Home::new();
    let (code, said) = attempt(home.command(&["org", "list"]).env("APP_ENV", "prod"));
    assert_eq!(code, 1);
    assert!(said.contains("CHECKPOINT_KEY: needed in prod"), "{said}");
    let missing = home.file("missing.key");
    let mut command = home.command(&["checkpoints", "keys"]);
    let (code, said) = attempt(command.env("CHECKPOINT_KEY_FILE", &missing));
    assert_eq!(code, 1);
    assert!(said.contains("CHECKPOINT_KEY_FILE: no file"), "{said}");
    let path = missing.to_str().unwrap();
    let made = home.run(&["checkpoints", "new-key", "--name", "l.example.org", "--output", path]);
    let mut command = home.command(&["checkpoints", "keys"]);
    let (code, said) = attempt(command.env("CHECKPOINT_KEY_FILE", &missing));
    assert_eq!((code, said.trim()), (0, word_after(&made, "verifier_key").as_str()));
    assert_eq!(home.attempt(&["checkpoints", "new-key", "--output", path]).0, 1, "it is there");
}

#[test]
fn checkpoints_are_kept_in_a_folder_and_guard_the_log_from_there() {
    let books = books();
    let (home, org) = (&books.home, books.org.as_str());
    let folder = home.file("checkpoints");
    let publish = || {
        let mut command = home.command(&["jobs", "run", "--job", "checkpoint-publication"]);
        attempt(command.env("CHECKPOINT_FOLDER", &folder))
    };
    let (code, said) = publish();
    assert_eq!(code, 0, "{said}");
    let notes: Vec<_> = fs::read_dir(folder.join(org)).unwrap().collect();
    assert_eq!(notes.len(), 1);
    let path = notes[0].as_ref().unwrap().path().to_str().unwrap().to_owned();
    let (code, said) =
        home.attempt(&["verify", "--org", org, "--checkpoint", &path, "--key", &books.key]);
    assert_eq!(code, 0, "{said}");
    assert!(publish().1.contains("0 changes"), "a file is written once");

    // Another history in the database, signed by the very same key: the folder remembers.
    let note = fs::read_to_string(&path).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let cluster = runtime.block_on(Cluster::start(ClusterOptions::new(home.data()))).unwrap();
    let owner = runtime.block_on(cluster.connection().connect("daybook")).unwrap();
    let cut = "alter table events disable trigger events_no_change; \
               alter table merkle_tiles disable trigger merkle_tiles_no_change; \
               alter table log_checkpoints disable trigger log_checkpoints_no_change; \
               delete from events where org_id = 'ORG' and position > 3; \
               delete from merkle_tiles where org_id = 'ORG'; \
               delete from log_checkpoints where org_id = 'ORG'; \
               update org_heads set position = 3 where org_id = 'ORG'";
    runtime.block_on(owner.batch_execute(&cut.replace("ORG", org))).unwrap();
    let (code, said) = publish();
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("the log is not the one whose checkpoint is"), "{said}");
    assert_eq!(fs::read_to_string(&path).unwrap(), note);
    drop(owner);
    runtime.block_on(cluster.stop()).unwrap();
}

/// Takes one request and answers it; what it said.
fn answer_one(listener: &TcpListener, status: &str) -> String {
    let (stream, _) = listener.accept().unwrap();
    let mut reader = BufReader::new(stream);
    let (mut said, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(value) = line.to_lowercase().strip_prefix("content-length: ") {
            length = value.trim().parse().unwrap();
        }
        said.push_str(&line);
        if line == "\r\n" {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    reader.get_mut().write_all(answer.as_bytes()).unwrap();
    said + &String::from_utf8(body).unwrap()
}

#[test]
fn the_webhook_is_told_until_it_takes_the_checkpoint_and_then_no_more() {
    let home = Home::new();
    let org = home.create_org();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/checkpoints", listener.local_addr().unwrap());
    let publish = || {
        let mut command = home.command(&["jobs", "run", "--job", "checkpoint-publication"]);
        attempt(command.env("CHECKPOINT_WEBHOOK_URL", &url))
    };
    let told = |status: &'static str| {
        std::thread::scope(|scope| {
            let heard = scope.spawn(|| answer_one(&listener, status));
            (publish(), heard.join().unwrap())
        })
    };
    let ((code, said), first) = told("503 Service Unavailable");
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("did not take the checkpoint: http:503"), "{said}");
    let ((code, said), second) = told("204 No Content");
    assert_eq!(code, 0, "{said}");
    let key = |heard: &str| {
        heard.lines().find(|line| line.starts_with("idempotency-key")).unwrap().to_owned()
    };
    assert_eq!(key(&first), key(&second), "the same message");
    let note = home.run(&["checkpoints", "sign", "--org", &org]);
    assert!(second.ends_with(&note), "{second}");
    assert!(publish().1.contains("0 changes"), "nobody listens, and nothing is said");
}
