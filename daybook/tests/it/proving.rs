//! Exports and the live database, damaged in every way that we could think of.

use std::fs;

use cluster::{Cluster, ClusterOptions};
use tokio_postgres::Client;

use super::support::{Home, lines_of, word_after};

struct Books {
    home: Home,
    org: String,
    /// As `verify` prints it.
    head: String,
}

/// A demonstration of one month; its first org.
fn books() -> Books {
    let home = Home::new();
    home.run(&["demo", "--seed-only", "--months", "1", "--until", "2026-03-10"]);
    let card = fs::read_to_string(home.data().join("demo.json")).unwrap();
    let card: serde_json::Value = serde_json::from_str(&card).unwrap();
    let org = card["orgs"][0]["org_id"].as_str().unwrap().to_owned();
    let (code, said) = home.attempt(&["verify", "--org", &org]);
    assert_eq!(code, 3, "{said}");
    Books { head: word_after(&said, "head"), home, org }
}

#[test]
fn an_export_proves_itself_and_betrays_every_change() {
    let Books { home, org, head } = books();
    let path = home.file("log.ndjson");
    let file = path.to_str().unwrap();
    let printed = home.run(&["export", "--org", &org, "--output", file]);
    assert_eq!(word_after(&printed, "head"), head);
    let (code, said) = home.attempt(&["export", "--org", &org, "--output", file]);
    assert_eq!(code, 1, "a file is never overwritten: {said}");

    assert_eq!(home.attempt(&["verify", file]).0, 3, "sound, but nobody outside says so");
    assert_eq!(home.attempt(&["verify", file, "--expect-head", &head]).0, 0);
    let whole = lines_of(&path);
    let damage = |lines: &[String]| {
        let damaged = home.file("damaged.ndjson");
        fs::write(&damaged, lines.join("\n") + "\n").unwrap();
        home.attempt(&["verify", damaged.to_str().unwrap()])
    };
    let mut flipped = whole.clone();
    flipped[20] = flipped[20].replacen("\"event_version\":", "\"event_version\":9", 1);
    let mut dropped = whole.clone();
    dropped.remove(20);
    let mut swapped = whole.clone();
    swapped.swap(20, 30);
    let mut doubled = whole.clone();
    doubled.insert(20, whole[19].clone());
    for lines in [flipped, dropped, swapped, doubled] {
        let (code, said) = damage(&lines);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("position 20:"), "{said}");
    }

    // A shorter log, honestly written, fits in itself: only the kept head tells.
    let (position, root) = head.split_once(':').unwrap();
    let longer = format!("{}:{root}", position.parse::<i64>().unwrap() + 1);
    let (code, said) = home.attempt(&["verify", file, "--expect-head", &longer]);
    assert_eq!(code, 2);
    assert!(said.contains("the log was cut"), "{said}");
    let other = format!("{position}:{}", root.replace(['0', '1'], "2"));
    assert_eq!(home.attempt(&["verify", file, "--expect-head", &other]).0, 2);

    let replayed = home.run(&["replay", "--org", &org]);
    let events: Vec<&String> = whole[1..whole.len() - 1].iter().collect();
    assert!(replayed.lines().eq(events), "a replay says what an export says");
    let until = home.run(&["replay", "--org", &org, "--until", "5"]);
    assert_eq!(until.lines().count(), 5);
}

#[test]
fn damage_in_the_live_database_is_found_and_named() {
    let Books { home, org, head } = books();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let cluster = runtime.block_on(Cluster::start(ClusterOptions::new(home.data()))).unwrap();
    let owner = runtime.block_on(cluster.connection().connect("daybook")).unwrap();
    let sql = |text: &str| runtime.block_on(batch(&owner, &text.replace("ORG", &org)));
    sql("alter table events disable trigger events_no_change");
    sql("create table kept as select * from events; create table heads as select * from org_heads");
    let restore = "delete from events; insert into events select * from kept; \
                   delete from org_heads; insert into org_heads select * from heads";
    let of_org = |said: &str| said.lines().find(|line| line.contains(&org)).unwrap().to_owned();
    for (change, expected) in [
        (
            "update events set payload = payload || ' ' where org_id = 'ORG' and position = 7",
            "position 7:",
        ),
        ("update events set actor = 'key:x' where org_id = 'ORG' and position = 9", "position 9:"),
        ("delete from events where org_id = 'ORG' and position = 11", "position 11 is missing"),
        (
            "delete from events e using org_heads h where e.org_id = h.org_id \
             and e.org_id = 'ORG' and e.position = h.position",
            "the event is missing",
        ),
        (
            "update org_heads set position = position - 1 where org_id = 'ORG'",
            "beyond the org's head",
        ),
        ("delete from org_heads where org_id = 'ORG'", "events and no head"),
    ] {
        sql(change);
        let (code, said) = home.attempt(&["verify"]);
        assert_eq!(code, 2, "{change}: {said}");
        assert!(of_org(&said).contains(expected), "{change}: {said}");
        sql(restore);
    }
    assert_eq!(home.attempt(&["verify"]).0, 3);

    sql("update series set last = last + 1 where org_id = 'ORG'");
    assert!(of_org(&home.attempt(&["verify"]).1).contains("gave out"));
    sql("update series set last = last - 1 where org_id = 'ORG'");
    sql("create table orders as select * from commands");
    sql("delete from commands where org_id = 'ORG' and first_position = 3 and verdict = 1");
    assert!(of_org(&home.attempt(&["verify"]).1).contains("no command is remembered"));
    sql("delete from commands; insert into commands select * from orders");

    // A tail cut with everything that belonged to it: sound in itself, and only a head tells.
    sql("delete from events where org_id = 'ORG' and position > 3; \
         delete from commands where org_id = 'ORG' and last_position > 3; \
         delete from series where org_id = 'ORG'; \
         update org_heads set position = 3 where org_id = 'ORG'");
    assert_eq!(home.attempt(&["verify", "--org", &org]).0, 3);
    let (code, said) = home.attempt(&["verify", "--org", &org, "--expect-head", &head]);
    assert_eq!(code, 2);
    assert!(said.contains("position 4: missing"), "{said}");
    drop(owner);
    runtime.block_on(cluster.stop()).unwrap();
}

async fn batch(client: &Client, text: &str) {
    client.batch_execute(text).await.unwrap();
}
