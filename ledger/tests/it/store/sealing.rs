//! Personal data: sealed, opened, erased.

use ledger::{
    store::{Ledger, MasterKey, StoreError},
    values::Code,
};
use schema::testing::Role;

use super::support::{actor, config, setup};

const NAME: &str = "Jane Quimby-Sample";

#[tokio::test]
async fn what_is_sealed_opens_and_never_shows() {
    let setup = setup().await;
    let keyring = setup.ledger.keyring();
    let subject = setup.ledger.names().subject(setup.org, "patient", "p-1");
    let context = setup.fresh();
    let sealed = keyring.seal(&context, subject, "name", NAME).await.unwrap();
    assert!(!format!("{sealed:?}").contains("Quimby"));
    assert_eq!(keyring.open(setup.org, &sealed).await.unwrap().as_deref(), Some(NAME));
    // Another process, with the same master key.
    let other = Ledger::open(config(&setup.database)).await.unwrap();
    assert_eq!(other.keyring().open(setup.org, &sealed).await.unwrap().as_deref(), Some(NAME));
    // Moved to another field or command it does not open.
    let mut moved = sealed.clone();
    moved.field = "patient_id".to_owned();
    assert!(matches!(keyring.open(setup.org, &moved).await, Err(StoreError::Sealing(_))));
    let mut moved = sealed;
    moved.at = setup.fresh().event_base;
    assert!(matches!(keyring.open(setup.org, &moved).await, Err(StoreError::Sealing(_))));
}

#[tokio::test]
async fn another_master_key_is_noticed() {
    let setup = setup().await;
    let subject = setup.ledger.names().subject(setup.org, "patient", "p-1");
    let sealed = setup.ledger.keyring().seal(&setup.fresh(), subject, "name", NAME).await.unwrap();
    let mut wrong = config(&setup.database);
    wrong.master_key = MasterKey::from_bytes([8; 32]);
    let other = Ledger::open(wrong).await.unwrap();
    let answer = other.keyring().open(setup.org, &sealed).await;
    assert!(matches!(answer, Err(StoreError::Configuration(_))), "{answer:?}");
}

#[tokio::test]
async fn erasing_destroys_the_key_and_keeps_the_log() {
    let setup = setup().await;
    let subject = setup.ledger.names().subject(setup.org, "patient", "p-1");
    let sealed = setup.ledger.keyring().seal(&setup.fresh(), subject, "name", NAME).await.unwrap();
    let reason: Code = "request".parse().unwrap();
    let erased = setup.ledger.erase(&setup.fresh(), subject, reason.clone()).await.unwrap();
    assert_eq!(erased.events.len(), 1);
    assert_eq!(setup.ledger.keyring().open(setup.org, &sealed).await.unwrap(), None);
    let again = setup.ledger.erase(&setup.fresh(), subject, reason).await.unwrap();
    assert!(again.events.is_empty(), "a second time changes nothing");
    let owner = setup.database.connect(Role::Owner).await;
    let row = owner
        .query_one("select count(*) from subject_keys where wrapped_key is not null", &[])
        .await
        .unwrap();
    assert_eq!(row.get::<_, i64>(0), 0);
    // A person who comes back gets a new key; the old values stay closed.
    let anew = setup.ledger.keyring().seal(&setup.fresh(), subject, "name", NAME).await.unwrap();
    assert_eq!(anew.key, 2);
    assert_eq!(setup.ledger.keyring().open(setup.org, &anew).await.unwrap().as_deref(), Some(NAME));
    assert_eq!(setup.ledger.keyring().open(setup.org, &sealed).await.unwrap(), None);
}

#[tokio::test]
async fn openings_are_recorded_and_the_record_cannot_be_changed() {
    let setup = setup().await;
    let subject = setup.ledger.names().subject(setup.org, "patient", "p-1");
    let keyring = setup.ledger.keyring();
    keyring.record_access(setup.org, &actor(), &[subject], "GET /v1/x").await.unwrap();
    let owner = setup.database.connect(Role::Owner).await;
    owner.batch_execute(&format!("set app.current_org_id = '{}'", setup.org)).await.unwrap();
    let rows = owner.query("select actor, route from access_log", &[]).await;
    // The owner is bound by the policy too unless it is a superuser, as the embedded one is.
    assert!(rows.is_ok());
    let refused = owner.batch_execute("update access_log set actor = 'x'").await.unwrap_err();
    assert_eq!(refused.code().map(|code| code.code()), Some("42501"));
}
