//! A log that was copied in is one that the executor could have written.

use daybook::verify::{self, Outcome};
use ledger::{
    invoice::Invoice,
    recorded::Actor,
    store::{Context, Ledger, Limits, MasterKey, StoreConfig},
};
use schema::testing::{Role, database};

use super::{EVENTS, copying, making::Making};
use crate::work::{id, invoice, line, open, org};

#[test]
fn a_story_is_one_command_whose_events_hash_as_they_are_stored() {
    let at = time::macros::datetime!(2026-03-01 00:00 UTC);
    let mut making = Making::new(org(0), 3, at);
    let rows = making.invoices(7, 2).unwrap();
    assert_eq!(rows.events.len() as u64, 2 * EVENTS);
    assert!(rows.events.iter().all(|event| event.leaf() == event.leaf_hash));
    let positions: Vec<i64> = rows.events.iter().map(|event| event.position).collect();
    assert_eq!(positions, (4..24).collect::<Vec<_>>());
    assert_eq!((rows.commands[1].first, rows.commands[1].last), (14, 23));
    assert_eq!(making.series.values().copied().collect::<Vec<_>>(), [2]);
}

#[tokio::test]
async fn a_generated_log_verifies_and_goes_on() {
    let database = database().await;
    let ledger = Ledger::open(StoreConfig {
        app: database.config(Role::App),
        writer: database.config(Role::Writer),
        relay: database.config(Role::Relay),
        master_key: MasterKey::from_bytes([7; 32]),
        limits: Limits { app_connections: 4, ..Limits::default() },
    });
    let ledger = ledger.await.unwrap();
    let owner = database.connect(Role::Owner).await;
    for number in 0..2 {
        ledger.create_org(org(number), "Maple").await.unwrap();
        let mut making = Making::new(org(number), 0, ledger.clock().now());
        let rows = making.invoices(number * 20, 20).unwrap();
        copying::copy(&owner, &rows).await.unwrap();
        copying::finish(&owner, &making).await.unwrap();
    }
    let verdicts = verify::database(&ledger, None, &[], &[]).await.unwrap();
    assert_eq!(verdicts.len(), 2);
    for verdict in &verdicts {
        let Outcome::Sound { head, streams, .. } = &verdict.outcome else { panic!("{verdict:?}") };
        assert_eq!((head.position, *streams), (200, 20));
    }
    // The executor takes it from there, numbers included.
    let actor = || Actor("test".to_owned());
    let (state, version) = ledger.load::<Invoice>(org(1), invoice(39)).await.unwrap();
    assert_eq!((state.number(), version), (Some("INV-202601-00020"), 10));
    let batch = ledger.batch(Context::fresh(&ledger, org(1), actor()));
    let batch = batch.then(invoice(99), open()).then(invoice(99), line(id(3, 999)));
    assert_eq!(batch.run().await.unwrap().position, 202);
    ledger.close().await;
}
