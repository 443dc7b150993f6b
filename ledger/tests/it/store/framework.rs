//! The framework's own `CqrsFramework` works over the store.

use cqrs_es::{CqrsFramework, EventStore};
use ledger::{
    invoice::Invoice,
    store::{ExecuteError, OrgStore},
};
use uuid::Uuid;

use super::support::{actor, invoice, line, setup};

#[tokio::test]
async fn commands_through_the_framework_land_in_the_same_streams() {
    let setup = setup().await;
    let store = OrgStore::<Invoice>::new(setup.ledger.clone(), setup.org, actor());
    let framework = CqrsFramework::new(store, vec![], ());
    let id = invoice(1).to_string();
    framework.execute(&id, line(1)).await.unwrap();
    setup.ledger.execute(&setup.fresh(), invoice(1), line(2)).await.unwrap();
    framework.execute(&id, line(3)).await.unwrap();
    let store = OrgStore::<Invoice>::new(setup.ledger.clone(), setup.org, actor());
    let events = store.load_events(&id).await.unwrap();
    assert_eq!(events.iter().map(|event| event.sequence).collect::<Vec<_>>(), [1, 2, 3, 4]);
}

#[tokio::test]
async fn a_stale_context_is_a_conflict_and_writes_nothing() {
    let setup = setup().await;
    let store = OrgStore::<Invoice>::new(setup.ledger.clone(), setup.org, actor());
    let id = Uuid::from_u128(1).to_string();
    let stale = store.load_aggregate(&id).await.unwrap();
    setup.ledger.execute(&setup.fresh(), invoice(1), line(1)).await.unwrap();
    let events = store.load_events(&id).await.unwrap();
    let again = events.into_iter().map(|event| event.payload).collect();
    let answer = store.commit(again, stale, std::collections::HashMap::new()).await;
    assert!(matches!(answer, Err(cqrs_es::AggregateError::AggregateConflict)), "{answer:?}");
    let read = setup.ledger.read(setup.org, 0, 10).await;
    assert_eq!(read.map_err(ExecuteError::from).unwrap().len(), 2);
}
