//! The migrations against a real server.
#![cfg(test)]

use cluster::throwaway;
use schema::testing::{Role, database};
use schema::{RolePasswords, SchemaError, applied_version, latest_version, migrate};
use tokio_postgres::Client;

/// An empty database on the throwaway cluster; names are the tests' own.
async fn empty(name: &str) -> Client {
    let connection = throwaway::connection().await;
    let owner = connection.connect("postgres").await.unwrap();
    owner.batch_execute(&format!("create database {name}")).await.unwrap();
    connection.connect(name).await.unwrap()
}

#[tokio::test]
async fn a_database_is_migrated_once_and_then_left_alone() {
    let mut client = empty("migrated_once").await;
    assert_eq!(applied_version(&client).await.unwrap(), None);
    let first = migrate(&mut client).await.unwrap();
    assert_eq!(first.version, latest_version());
    assert!(!first.names.is_empty());
    assert_eq!(applied_version(&client).await.unwrap(), Some(latest_version()));
    assert!(migrate(&mut client).await.unwrap().names.is_empty());
}

#[tokio::test]
async fn two_programs_that_migrate_at_once_wait_for_each_other() {
    let mut one = empty("migrated_at_once").await;
    let connection = throwaway::connection().await;
    let mut two = connection.connect("migrated_at_once").await.unwrap();
    let (one, two) = tokio::join!(migrate(&mut one), migrate(&mut two));
    let (one, two) = (one.unwrap().names, two.unwrap().names);
    assert!(one.is_empty() != two.is_empty());
}

#[tokio::test]
async fn a_migration_that_changed_after_it_was_applied_is_refused() {
    let mut client = empty("diverged").await;
    migrate(&mut client).await.unwrap();
    let change = "update refinery_schema_history set checksum = '1' where version = 1";
    client.batch_execute(change).await.unwrap();
    let refused = migrate(&mut client).await;
    assert!(matches!(refused, Err(SchemaError::Migration { .. })), "{refused:?}");
    // A failure gives the lock back too.
    let held =
        "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()";
    assert_eq!(client.query_one(held, &[]).await.unwrap().get::<_, i64>(0), 0);
}

#[tokio::test]
async fn a_database_that_is_ahead_is_refused() {
    let mut client = empty("ahead").await;
    migrate(&mut client).await.unwrap();
    let ahead = "insert into refinery_schema_history select 9999, 'x', applied_on, checksum \
                 from refinery_schema_history limit 1";
    client.batch_execute(ahead).await.unwrap();
    let refused = migrate(&mut client).await;
    assert!(matches!(refused, Err(SchemaError::Newer { applied: 9999, .. })), "{refused:?}");
}

#[tokio::test]
async fn every_role_logs_in_as_itself() {
    let database = database().await;
    for (role, name) in [
        (Role::Owner, "daybook_owner"),
        (Role::App, schema::APP),
        (Role::Writer, schema::WRITER),
        (Role::Relay, schema::RELAY),
    ] {
        let client = database.connect(role).await;
        let user: String = client.query_one("select current_user::text", &[]).await.unwrap().get(0);
        assert_eq!(user, name);
    }
}

#[tokio::test]
async fn a_password_is_taken_as_it_is_whatever_it_contains() {
    let database = database().await;
    let owner = database.connect(Role::Owner).await;
    // Roles are shared by the tests of this process: try it where nobody else sees it.
    owner.batch_execute("begin").await.unwrap();
    let odd = r"a'; drop table events; --\";
    let passwords = RolePasswords { app: odd.into(), writer: odd.into(), relay: odd.into() };
    schema::set_role_passwords(&owner, &passwords).await.unwrap();
    let stored: String = owner
        .query_one("select rolpassword from pg_authid where rolname = $1", &[&schema::APP])
        .await
        .unwrap()
        .get(0);
    assert!(stored.starts_with("SCRAM-SHA-256$"));
    owner.batch_execute("rollback").await.unwrap();
    assert!(!format!("{passwords:?}").contains("drop"));
}
