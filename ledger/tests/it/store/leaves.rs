//! The hash of an event covers every column, and its encoding never changes.

use ledger::{recorded::Actor, store::Stored};
use schema::testing::Role;
use time::macros::datetime;
use uuid::Uuid;

use super::support::{invoice, line, org, setup};

fn sample() -> Stored {
    Stored {
        org: org(1),
        position: 7,
        aggregate_type: "invoice".to_owned(),
        aggregate_id: Uuid::from_u128(2),
        sequence: 3,
        event_id: Uuid::from_u128(4),
        event_type: "billing.invoice.sent".to_owned(),
        event_version: 1,
        payload: br#"{"sent_at":"2026-01-31T12:00:00Z"}"#.to_vec(),
        metadata: b"{}".to_vec(),
        actor: Actor("key:1".to_owned()).to_string(),
        correlation_id: Uuid::from_u128(5),
        causation_id: None,
        command_id: Uuid::from_u128(6),
        occurred_at: datetime!(2026-01-31 12:00:00.000001 UTC),
        recorded_at: datetime!(2026-01-31 12:00:01.5 UTC),
        leaf_hash: [0; 32],
    }
}

/// A new encoding gets a new tag; this one is for ever.
#[test]
fn the_encoding_has_not_changed() {
    let hex: String = sample().leaf().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, "2c131930f343d232664b37bc0962d397635cb60abec4340b6034db671287ec6c");
}

#[test]
fn every_column_changes_the_hash() {
    type Change = (&'static str, fn(&mut Stored));
    let changes: [Change; 16] = [
        ("org_id", |stored| stored.org = org(2)),
        ("position", |stored| stored.position += 1),
        ("aggregate_type", |stored| stored.aggregate_type.push('x')),
        ("aggregate_id", |stored| stored.aggregate_id = Uuid::from_u128(99)),
        ("sequence", |stored| stored.sequence += 1),
        ("event_id", |stored| stored.event_id = Uuid::from_u128(99)),
        ("event_type", |stored| stored.event_type.push('x')),
        ("event_version", |stored| stored.event_version += 1),
        ("payload", |stored| stored.payload[0] ^= 1),
        ("metadata", |stored| stored.metadata[0] ^= 1),
        ("actor", |stored| stored.actor.push('x')),
        ("correlation_id", |stored| stored.correlation_id = Uuid::from_u128(99)),
        ("causation_id", |stored| stored.causation_id = Some(Uuid::nil())),
        ("command_id", |stored| stored.command_id = Uuid::from_u128(99)),
        ("occurred_at", |stored| stored.occurred_at += time::Duration::microseconds(1)),
        ("recorded_at", |stored| stored.recorded_at += time::Duration::microseconds(1)),
    ];
    let mut hashes = vec![sample().leaf()];
    for (column, change) in changes {
        let mut changed = sample();
        change(&mut changed);
        let hash = changed.leaf();
        assert!(!hashes.contains(&hash), "{column} is not hashed");
        hashes.push(hash);
    }
}

/// A column that is added to `events` must be hashed or the catalogue of changes above is stale.
#[tokio::test]
async fn the_catalogue_of_columns_is_complete() {
    let setup = setup().await;
    let owner = setup.database.connect(Role::Owner).await;
    let rows = owner
        .query(
            "select column_name::text from information_schema.columns \
             where table_name = 'events' and table_schema = 'public' order by 1",
            &[],
        )
        .await
        .unwrap();
    let columns: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(
        columns,
        [
            "actor",
            "aggregate_id",
            "aggregate_type",
            "causation_id",
            "command_id",
            "correlation_id",
            "event_id",
            "event_type",
            "event_version",
            "leaf_hash",
            "metadata",
            "occurred_at",
            "org_id",
            "payload",
            "position",
            "recorded_at",
            "sequence",
        ]
    );
}

#[tokio::test]
async fn a_stored_event_has_the_hash_it_was_written_with() {
    let setup = setup().await;
    setup.ledger.execute(&setup.fresh(), invoice(1), line(1)).await.unwrap();
    for mut stored in setup.ledger.read(setup.org, 0, 10).await.unwrap() {
        assert_eq!(stored.leaf(), stored.leaf_hash);
        stored.payload[10] ^= 1;
        assert_ne!(stored.leaf(), stored.leaf_hash);
    }
}
