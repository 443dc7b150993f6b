//! Where the cluster goes when the data folder is an awkward place.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use cluster::Cluster;

use crate::support::{Folder, read_note, write_note};

/// Only root has another account that could be shut out; anybody else runs the server as
/// themselves, and it stays where it is.
#[tokio::test]
async fn behind_a_closed_parent_the_cluster_lives_where_its_account_can_go() {
    let folder = Folder::with_mode(0o700);
    let cluster = folder.start().await;
    write_note(&cluster.connection()).await;
    cluster.stop().await.unwrap();
    let as_root = nix::unistd::geteuid().is_root();
    assert_eq!(folder.home().starts_with("/var/lib/daybook"), as_root);
    assert_eq!(folder.home() == folder.path(), !as_root);
    let parent = folder.path().parent().unwrap().to_path_buf();
    assert_eq!(fs::metadata(parent).unwrap().permissions().mode() & 0o777, 0o700);
    let cluster = folder.start().await;
    assert_eq!(read_note(&cluster.connection()).await, "kept");
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_note_that_points_nowhere_is_an_error_and_not_a_new_cluster() {
    let folder = Folder::new();
    fs::create_dir_all(folder.path()).unwrap();
    let note = folder.path().join("cluster-location");
    fs::write(&note, "/nowhere/at/all\n").unwrap();
    let error = Cluster::start(folder.options()).await.unwrap_err().to_string();
    assert!(error.contains("/nowhere/at/all"), "{error}");
    fs::remove_file(&note).unwrap();
}

#[tokio::test]
async fn a_long_path_puts_the_socket_elsewhere_and_says_where() {
    let folder = Folder::new();
    let deep = folder.path().join("a-folder-with-a-long-name/".repeat(5));
    fs::create_dir_all(&deep).unwrap();
    let mut options = folder.options();
    options.data_dir = deep.clone();
    let cluster = Cluster::start(options).await.unwrap();
    let socket_dir = cluster.connection().socket_dir;
    let note = deep.join("cluster/socket-location");
    assert_eq!(fs::read_to_string(&note).unwrap().trim(), socket_dir.to_str().unwrap());
    assert_eq!(fs::metadata(&socket_dir).unwrap().permissions().mode() & 0o777, 0o700);
    write_note(&cluster.connection()).await;
    cluster.stop().await.unwrap();
    assert!(!socket_dir.exists());
    assert!(!note.exists());
}
