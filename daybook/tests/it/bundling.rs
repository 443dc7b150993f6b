//! Checkpoints and bundles, handed to somebody who has nothing but a public key.

use std::fs;

use cluster::{Cluster, ClusterOptions};

use super::support::{Home, attempt, bare, lines_of, word_after};

/// A demonstration of one month, its first org, and an org's stream of a kind.
struct Books {
    home: Home,
    org: String,
    log: Vec<serde_json::Value>,
    /// Of the installation.
    key: String,
}

fn books() -> Books {
    let home = Home::new();
    home.run(&["demo", "--seed-only", "--months", "1", "--until", "2026-03-10"]);
    let card = fs::read_to_string(home.data().join("demo.json")).unwrap();
    let card: serde_json::Value = serde_json::from_str(&card).unwrap();
    let org = card["orgs"][0]["org_id"].as_str().unwrap().to_owned();
    let log = home.run(&["replay", "--org", &org]);
    let log = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let key = home.run(&["checkpoints", "keys"]).trim().to_owned();
    Books { home, org, log, key }
}

impl Books {
    /// The stream that an event of this name is in.
    fn stream(&self, name: &str) -> String {
        let event = self.log.iter().find(|event| event["event_type"] == name);
        event.unwrap_or_else(|| panic!("no {name}"))["aggregate_id"].as_str().unwrap().to_owned()
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.home.file(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Verifies a file where there is no installation, no setting and no database.
    fn verify(&self, file: &str, more: &[&str]) -> (i32, String) {
        let arguments = [&["verify", file], more].concat();
        attempt(bare(&arguments).current_dir(self.home.file(".")))
    }

    fn bundle(&self, about: &[&str], name: &str) -> String {
        let path = self.home.file(name).to_str().unwrap().to_owned();
        let arguments = [&["bundle", "--org", &self.org, "--output", &path], about].concat();
        let said = self.home.run(&arguments);
        let key = word_after(&said, "verifier_key");
        assert!(key.starts_with(&format!("daybook.example/{}+", self.org)), "{said}");
        let (code, said) = self.verify(&path, &["--key", &key]);
        assert_eq!(code, 0, "{said}");
        path
    }
}

#[test]
fn bundles_prove_themselves_to_whoever_has_the_key_and_betray_every_change() {
    let books = books();
    let key = ["--key", books.key.as_str()];
    let invoice = books.stream("billing.invoice.payment_succeeded");
    let path = books.bundle(&["--invoice", &invoice], "invoice.ndjson");
    let (code, said) = books.verify(&path, &key);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains(&format!("of invoice {invoice}")), "{said}");
    assert!(said.contains("cannot show whether anything happened"), "{said}");
    assert_eq!(books.verify(&path, &[]).0, 3, "anybody may have made it");

    let whole = lines_of(&books.home.file("invoice.ndjson"));
    let refused = |lines: &[String], expected: &str| {
        let damaged = books.write("damaged.ndjson", &(lines.join("\n") + "\n"));
        let (code, said) = books.verify(&damaged, &key);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(expected), "{said}");
    };
    let change = |line: usize, from: &str, to: &str| {
        let mut lines = whole.clone();
        lines[line] = lines[line].replacen(from, to, 1);
        assert_ne!(lines, whole, "{from}");
        lines
    };
    refused(&change(1, "\"actor\":\"", "\"actor\":\"x"), "line 2");
    refused(&change(0, "\"count\":", "\"count\":1"), "line");
    refused(&change(whole.len() - 1, "\"amount\":\"", "\"amount\":\"1"), "line");
    let mut dropped = whole.clone();
    dropped.remove(2);
    refused(&dropped, "line 3");
    let mut swapped = whole.clone();
    swapped.swap(1, 2);
    refused(&swapped, "line 2");
    let other = books.home.run(&["checkpoints", "new-key"]);
    let (code, said) = books.verify(&path, &["--key", &word_after(&other, "verifier_key")]);
    assert_eq!(code, 2, "a wrong key: {said}");
    assert!(said.contains("none of these keys is known"), "{said}");
}

#[test]
fn claims_patients_and_months_are_bundled_and_stay_so_after_an_erasure() {
    let books = books();
    let claim = books.stream("billing.claim.submitted");
    let of_claim = books.bundle(&["--claim", &claim], "claim.ndjson");
    let trailer = lines_of(&books.home.file("claim.ndjson")).pop().unwrap();
    let trailer: serde_json::Value = serde_json::from_str(&trailer).unwrap();
    assert_eq!(trailer["totals"]["claims"][0]["id"], claim.as_str());
    let of_month = books.bundle(&["--period", "2026-02"], "month.ndjson");
    let (code, said) = books.verify(&of_month, &["--key", &books.key]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("everything recorded from"), "{said}");
    let erased = books.log.iter().find(|event| event["event_type"] == "billing.claim.drafted");
    let subject = erased.unwrap()["payload"]["content"]["patient_id"]["subject"].as_str().unwrap();
    let arguments = ["erase", "--org", &books.org, "--subject", subject, "--reason", "request"];
    books.home.run(&arguments);
    for path in [&of_claim, &of_month] {
        assert_eq!(books.verify(path, &["--key", &books.key]).0, 0);
    }
    books.bundle(&["--claim", &claim], "after.ndjson");
}

#[test]
fn a_checkpoint_that_an_auditor_keeps_betrays_a_cut_a_rewrite_and_a_forgery() {
    let books = books();
    let (home, org) = (&books.home, books.org.as_str());
    let note = home.run(&["checkpoints", "sign", "--org", org]);
    let held = books.write("held.note", &note);
    let witnessed = ["--checkpoint", &held, "--key", &books.key];
    let export = home.file("log.ndjson").to_str().unwrap().to_owned();
    home.run(&["export", "--org", org, "--output", &export]);
    let (code, said) = books.verify(&export, &witnessed);
    assert_eq!(code, 0, "{said}");
    let live = |more: &[&str]| home.attempt(&[&["verify", "--org", org], more].concat());
    let (code, said) = live(&witnessed);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("1 signed checkpoints"), "{said}");
    assert_eq!(books.verify(&export, &["--checkpoint", &held]).0, 64, "a key is needed");

    let size: i64 = note.lines().nth(1).unwrap().parse().unwrap();
    let forged = books.write("forged.note", &note.replacen(&format!("\n{size}\n"), "\n2\n", 1));
    let (code, said) = books.verify(&export, &["--checkpoint", &forged, "--key", &books.key]);
    assert_eq!(code, 2);
    assert!(said.contains("is forged"), "{said}");

    let runtime = tokio::runtime::Runtime::new().unwrap();
    let cluster = runtime.block_on(Cluster::start(ClusterOptions::new(home.data()))).unwrap();
    let owner = runtime.block_on(cluster.connection().connect("daybook")).unwrap();
    let sql = |text: &str| {
        runtime.block_on(owner.batch_execute(&text.replace("ORG", org))).unwrap();
    };
    for table in ["events", "merkle_tiles", "log_checkpoints"] {
        sql(&format!("alter table {table} disable trigger {table}_no_change"));
        sql(&format!("create table kept_{table} as select * from {table}"));
    }
    for (change, back, expected) in [
        (
            "update merkle_tiles set root = sha256(root) where org_id = 'ORG'",
            "delete from merkle_tiles; insert into merkle_tiles select * from kept_merkle_tiles",
            "is not the log's",
        ),
        (
            "delete from merkle_tiles where org_id = 'ORG'",
            "insert into merkle_tiles select * from kept_merkle_tiles",
            "is not the log's",
        ),
        (
            "update log_checkpoints set root = sha256(root) where org_id = 'ORG'",
            "delete from log_checkpoints; \
             insert into log_checkpoints select * from kept_log_checkpoints",
            "is another one's",
        ),
        (
            "update log_checkpoints set note = replace(note, '=', 'A') where org_id = 'ORG'",
            "delete from log_checkpoints; \
             insert into log_checkpoints select * from kept_log_checkpoints",
            "no signed checkpoint",
        ),
    ] {
        sql(change);
        let (code, said) = live(&[]);
        assert_eq!(code, 2, "{change}: {said}");
        assert!(said.contains(expected), "{change}: {said}");
        sql(back);
    }
    assert_eq!(live(&[]).0, 3);

    // A tail cut with everything that belonged to it, checkpoints and tiles included.
    sql("delete from events where org_id = 'ORG' and position > 3; \
         delete from commands where org_id = 'ORG' and last_position > 3; \
         delete from series where org_id = 'ORG'; \
         delete from merkle_tiles where org_id = 'ORG'; \
         delete from log_checkpoints where org_id = 'ORG'; \
         update org_heads set position = 3 where org_id = 'ORG'");
    assert_eq!(live(&[]).0, 3, "it fits in itself");
    let (code, said) = live(&witnessed);
    assert_eq!(code, 2);
    assert!(said.contains("position 4: missing"), "{said}");
    let short = home.file("short.ndjson").to_str().unwrap().to_owned();
    home.run(&["export", "--org", org, "--output", &short]);
    let (code, said) = books.verify(&short, &witnessed);
    assert_eq!(code, 2);
    assert!(said.contains("position 4: missing"), "{said}");
    // With its checkpoint still there, the database betrays itself.
    sql("insert into log_checkpoints select * from kept_log_checkpoints where org_id = 'ORG'");
    let (code, said) = live(&[]);
    assert_eq!(code, 2, "{said}");
    drop(owner);
    runtime.block_on(cluster.stop()).unwrap();
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
