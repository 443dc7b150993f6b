//! What is found running, or seems to be, when we start.

use std::fs;
use std::path::Path;

use cluster::{Cluster, ClusterError};

use crate::support::{Folder, is_running, read_note, write_note};

#[tokio::test]
async fn a_live_server_of_ours_is_adopted() {
    let folder = Folder::new();
    let first = folder.start().await;
    write_note(&first.connection()).await;
    let pid = folder.postmaster();
    drop(first);
    let second = folder.start().await;
    assert_eq!(folder.postmaster(), pid);
    assert_eq!(read_note(&second.connection()).await, "kept");
    second.stop().await.unwrap();
    assert!(!is_running(pid.unwrap()));
}

#[tokio::test]
async fn the_last_user_to_stop_stops_the_server() {
    let folder = Folder::new();
    let (first, second) = tokio::join!(folder.start(), folder.start());
    let pid = folder.postmaster().unwrap();
    write_note(&first.connection()).await;
    first.stop().await.unwrap();
    assert!(is_running(pid));
    assert_eq!(read_note(&second.connection()).await, "kept");
    second.stop().await.unwrap();
    assert!(!is_running(pid));
}

/// Writes a pid file that names `pid` and is otherwise what the server leaves when killed.
fn leave_pid_file(folder: &Folder, pid: u32) {
    let data = folder.data();
    let text = format!("{pid}\n{}\n1\n5432\n/tmp\n\n 1 2\nready\n", data.display());
    fs::write(data.join("postmaster.pid"), text).unwrap();
}

#[tokio::test]
async fn a_pid_file_of_a_process_that_is_gone_is_no_obstacle() {
    let folder = Folder::new();
    folder.start().await.stop().await.unwrap();
    let mut gone = std::process::Command::new("true").spawn().unwrap();
    gone.wait().unwrap();
    leave_pid_file(&folder, gone.id());
    folder.start().await.stop().await.unwrap();
}

#[tokio::test]
async fn a_pid_file_whose_number_another_program_has_now_is_no_obstacle() {
    let folder = Folder::new();
    folder.start().await.stop().await.unwrap();
    // This very test, which is alive and no server.
    leave_pid_file(&folder, std::process::id());
    folder.start().await.stop().await.unwrap();
}

#[tokio::test]
async fn a_server_that_does_not_know_our_password_is_refused() {
    let folder = Folder::new();
    let cluster = folder.start().await;
    let pid = folder.postmaster().unwrap();
    let password = folder.path().join("cluster/password");
    let ours = fs::read_to_string(&password).unwrap();
    fs::write(&password, "another\n").unwrap();
    let refused = Cluster::start(folder.options()).await;
    assert!(matches!(refused, Err(ClusterError::Foreign { .. })), "{refused:?}");
    assert!(is_running(pid));
    fs::write(&password, ours).unwrap();
    cluster.stop().await.unwrap();
}

fn refusal(result: Result<Cluster, ClusterError>) -> String {
    match result {
        Err(error @ ClusterError::Foreign { .. }) => error.to_string(),
        other => panic!("a foreign cluster was not refused: {other:?}"),
    }
}

#[tokio::test]
async fn data_that_somebody_else_made_are_refused() {
    let folder = Folder::new();
    folder.start().await.stop().await.unwrap();
    let identity = folder.path().join("cluster/identity");
    fs::write(&identity, format!("1\n{}\n", folder.path().display())).unwrap();
    assert!(refusal(Cluster::start(folder.options()).await).contains("not those that daybook"));
    fs::remove_file(&identity).unwrap();
    assert!(refusal(Cluster::start(folder.options()).await).contains("no identity file"));
}

#[tokio::test]
async fn a_data_folder_that_is_itself_a_cluster_is_refused() {
    let folder = Folder::new();
    fs::create_dir_all(folder.path()).unwrap();
    fs::write(folder.path().join("PG_VERSION"), "15\n").unwrap();
    assert!(refusal(Cluster::start(folder.options()).await).contains("itself"));
    assert!(!Path::new(&folder.path()).join("cluster").exists());
}

#[tokio::test]
async fn data_of_a_version_that_is_not_installed_name_the_package() {
    let folder = Folder::new();
    folder.start().await.stop().await.unwrap();
    fs::write(folder.data().join("PG_VERSION"), "9\n").unwrap();
    let error = Cluster::start(folder.options()).await.unwrap_err().to_string();
    assert!(error.contains("postgresql-9"), "{error}");
}
