//! A database for each test, and nothing left behind.

use std::process::{Command, Stdio};

use cluster::throwaway::{TestDatabase, database};

use crate::support::{is_running, kill_hard, pid_in, wait_until};

/// Set for the copy of this program that a test starts in order to kill it.
const VICTIM: &str = "CLUSTER_IT_VICTIM";

async fn migrated() -> TestDatabase {
    database(|connection, name| async move {
        let client = connection.connect(&name).await?;
        client.batch_execute("create table notes (body text)").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn two_tests_have_two_databases_with_the_same_schema() {
    let (one, two) = (migrated().await, migrated().await);
    assert_ne!(one.name, two.name);
    let in_one = one.connection.connect(&one.name).await.unwrap();
    in_one.execute("insert into notes values ('mine')", &[]).await.unwrap();
    let in_two = two.connection.connect(&two.name).await.unwrap();
    assert!(in_two.query("select body from notes", &[]).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_test_with_a_runtime_of_its_own_shares_the_cluster() {
    let here = migrated().await;
    let there = std::thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(migrated())
    });
    let there = there.join().unwrap();
    assert_eq!(here.connection.socket_dir, there.connection.socket_dir);
}

/// Not a test of anything by itself: the copy of this program runs it and waits to be killed.
#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "tells the copy apart from the tests proper")]
async fn a_victim_waits_with_a_cluster_when_told_to() {
    let Some(report) = std::env::var_os(VICTIM) else { return };
    let database = migrated().await;
    let folder = database.connection.socket_dir.ancestors().nth(2).unwrap().to_path_buf();
    std::fs::write(report, folder.to_str().unwrap()).unwrap();
    std::future::pending::<()>().await;
}

#[test]
fn the_cluster_ends_with_its_process_even_when_that_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report");
    let mut victim = Command::new(std::env::current_exe().unwrap())
        .args(["a_victim_waits_with_a_cluster_when_told_to"])
        .env(VICTIM, &report)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    wait_until("the victim has a cluster", || {
        std::fs::read_to_string(&report).is_ok_and(|text| !text.is_empty())
    });
    let home = std::path::PathBuf::from(std::fs::read_to_string(&report).unwrap());
    let server = pid_in(&home.join("cluster/data")).unwrap();
    kill_hard(victim.id().try_into().unwrap());
    victim.wait().unwrap();
    wait_until("the server and its folder are gone", || !is_running(server) && !home.exists());
}
