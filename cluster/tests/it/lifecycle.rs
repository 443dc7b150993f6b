//! Starting, stopping, and being killed in between.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use cluster::{Cluster, ClusterError};

use crate::support::{Folder, is_running, kill_hard, read_note, show, write_note};

#[tokio::test]
async fn data_are_still_there_after_a_stop_and_a_start() {
    let folder = Folder::new();
    let cluster = folder.start().await;
    write_note(&cluster.connection()).await;
    let pid = folder.postmaster().unwrap();
    cluster.stop().await.unwrap();
    assert!(!is_running(pid));
    assert_eq!(folder.postmaster(), None);
    let cluster = folder.start().await;
    assert_eq!(read_note(&cluster.connection()).await, "kept");
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn data_are_still_there_after_the_server_was_killed() {
    let folder = Folder::new();
    let cluster = folder.start().await;
    write_note(&cluster.connection()).await;
    kill_hard(folder.postmaster().unwrap());
    drop(cluster);
    let cluster = folder.start().await;
    assert_eq!(read_note(&cluster.connection()).await, "kept");
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn the_server_is_durable_private_and_told_nothing_personal() {
    let folder = Folder::new();
    let mut options = folder.options();
    options.settings.push(("work_mem".to_owned(), "7MB".to_owned()));
    let cluster = Cluster::start(options).await.unwrap();
    let connection = cluster.connection();
    for (setting, value) in [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("data_checksums", "on"),
        ("listen_addresses", ""),
        ("password_encryption", "scram-sha-256"),
        ("max_connections", "200"),
        ("max_wal_size", "4GB"),
        ("jit", "off"),
        ("TimeZone", "UTC"),
        ("lc_collate", "C"),
        ("server_encoding", "UTF8"),
        ("log_error_verbosity", "terse"),
        ("log_min_error_statement", "panic"),
        ("work_mem", "7MB"),
    ] {
        assert_eq!(show(&connection, setting).await, value, "{setting}");
    }
    let mode = |name: &str| {
        fs::metadata(folder.path().join("cluster").join(name)).unwrap().permissions().mode() & 0o777
    };
    assert_eq!(mode("password"), 0o600);
    assert_eq!(mode("postgres.log"), 0o600);
    assert_eq!(mode("socket"), 0o700);
    assert_eq!(mode(""), 0o700);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn another_password_does_not_open_it() {
    let folder = Folder::new();
    let cluster = folder.start().await;
    let connection = cluster.connection();
    let stranger = connection.as_role(connection.user.clone(), "guess");
    assert!(matches!(stranger.connect("postgres").await, Err(ClusterError::Database(_))));
    let config: tokio_postgres::Config = connection.url("postgres").parse().unwrap();
    let (client, session) = config.connect(tokio_postgres::NoTls).await.unwrap();
    drop((client, session));
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_setting_the_server_refuses_is_reported_in_its_own_words() {
    let folder = Folder::new();
    let mut options = folder.options();
    options.settings.push(("max_connections".to_owned(), "many".to_owned()));
    let error = Cluster::start(options).await.unwrap_err().to_string();
    assert!(error.contains("max_connections"), "{error}");
    let cluster = folder.start().await;
    cluster.stop().await.unwrap();
}
