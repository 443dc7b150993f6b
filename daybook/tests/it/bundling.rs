//! Checkpoints and bundles, handed to somebody who has nothing but a public key.

use std::fs;

use cluster::{Cluster, ClusterOptions};

use super::support::{Home, attempt, bare, lines_of, word_after};

/// A demonstration of one month, and its first org.
pub(crate) struct Books {
    pub(crate) home: Home,
    pub(crate) org: String,
    log: Vec<serde_json::Value>,
    /// Of the installation.
    pub(crate) key: String,
}

pub(crate) fn books() -> Books {
    books_with("billing.subscription.opened")
}

/// The first org of the demonstration in whose log something of this name has happened.
fn books_with(name: &str) -> Books {
    let home = Home::new();
    home.run(&["demo", "--seed-only", "--months", "1", "--until", "2026-03-10"]);
    let card = fs::read_to_string(home.data().join("demo.json")).unwrap();
    let card: serde_json::Value = serde_json::from_str(&card).unwrap();
    let key = home.run(&["checkpoints", "keys"]).trim().to_owned();
    for org in card["orgs"].as_array().unwrap() {
        let org = org["org_id"].as_str().unwrap().to_owned();
        let log = home.run(&["replay", "--org", &org]);
        let log: Vec<serde_json::Value> =
            log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        if log.iter().any(|event| event["event_type"] == name) {
            return Books { home, org, log, key };
        }
    }
    panic!("no {name} in any org")
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

    /// Everything of the month in which something was recorded. Which one that was in the org's
    /// zone is the program's to say: around the turn of a month it may be the one beside.
    fn month_of(&self, recorded: &str) -> String {
        let (year, month): (i32, i32) =
            (recorded[..4].parse().unwrap(), recorded[5..7].parse().unwrap());
        let path = self.home.file("month.ndjson").to_str().unwrap().to_owned();
        for shift in [0, -1, 1] {
            let months = year * 12 + month - 1 + shift;
            let period = format!("{:04}-{:02}", months / 12, months % 12 + 1);
            let about = ["--output", &path, "--period", &period];
            let (code, _) =
                self.home.attempt(&[&["bundle", "--org", &self.org][..], &about].concat());
            if code == 0 {
                return path;
            }
        }
        panic!("nothing was recorded around {recorded}")
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
    let books = books_with("billing.claim.submitted");
    let claim = books.stream("billing.claim.submitted");
    let of_claim = books.bundle(&["--claim", &claim], "claim.ndjson");
    let trailer = lines_of(&books.home.file("claim.ndjson")).pop().unwrap();
    let trailer: serde_json::Value = serde_json::from_str(&trailer).unwrap();
    assert_eq!(trailer["totals"]["claims"][0]["id"], claim.as_str());
    let recorded = books.log[0]["recorded_at"].as_str().unwrap();
    let of_month = books.month_of(recorded);
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
fn an_exported_log_is_put_back_elsewhere_with_the_same_root_and_goes_on() {
    let books = books();
    let org = books.org.as_str();
    let export = |home: &Home, name: &str| {
        let path = home.file(name).to_str().unwrap().to_owned();
        home.run(&["export", "--org", org, "--output", &path]);
        path
    };
    let file = export(&books.home, "log.ndjson");
    let there = Home::new();
    let name = ["--name", "Elsewhere"];
    let mut damaged = lines_of(&books.home.file("log.ndjson"));
    damaged.swap(5, 6);
    let damaged = books.write("damaged.ndjson", &(damaged.join("\n") + "\n"));
    let import = |file: &str| there.attempt(&[&["import", "log", file][..], &name].concat());
    assert_eq!(import(&damaged).0, 2);
    assert_eq!(there.attempt(&["import", "log", &file]).0, 1, "nobody said what it is called");
    let (code, said) = import(&file);
    assert_eq!(code, 0, "{said}");
    let (code, verified) = there.attempt(&["verify", "--org", org]);
    assert_eq!(code, 3, "{verified}");
    assert_eq!(word_after(&said, "head"), word_after(&verified, "head"));
    assert_eq!(import(&file).0, 1, "it is there already");
    let back = export(&there, "back.ndjson");
    assert_eq!(fs::read(&back).unwrap(), fs::read(&file).unwrap(), "byte for byte");
    // Nothing of it is done again.
    let before = word_after(&verified, "head");
    there.run(&["jobs", "run", "--job", "outbox-delivery"]);
    let after = there.attempt(&["verify", "--org", org]).1;
    assert_eq!(word_after(&after, "head"), before);
    there.run(&["checkpoints", "sign", "--org", org]);
    there.run(&["key", "create", "--org", org, "--role", "owner", "--label", "new"]);
}
