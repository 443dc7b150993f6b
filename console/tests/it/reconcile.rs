//! A mismatch is shown in words, repaired by one click, and seen before and after.

use ledger::store::tenants::Role;

use crate::world::{World, hidden};

#[actix_web::test]
async fn one_click_repairs_an_invoice_and_shows_it_before_and_after() {
    let world = World::new().await;
    let tenant = world.tenant("A Practice").await;
    let invoice = world.bounced(&tenant, "1234.50").await;
    let visitor = world.visitor(&tenant, Role::Finance).await;
    let list = visitor.get("/console/reconcile").await.page();
    assert!(list.contains("It says paid, but the money"), "{list}");
    assert!(
        list.contains("1,234.50 USD") && list.contains(&format!("/console/invoices/{invoice}"))
    );
    let form = format!("once={}", hidden(&list, "once"));
    let path = format!("/console/reconcile/{invoice}");
    let done = visitor.post(&path, &form).await.page();
    let words: Vec<&str> = ["Before", "After", ">paid<", ">sent<", "0.00 USD", "1,234.50 USD"]
        .into_iter()
        .filter(|word| !done.contains(word))
        .collect();
    assert_eq!(words, [""; 0], "{done}");
    let head = world.ledger.head(tenant.org).await.unwrap();
    // Loaded again, the page says the same and nothing happens.
    let again = visitor.post(&path, &form).await.page();
    assert_eq!(again, done);
    assert_eq!(world.ledger.head(tenant.org).await.unwrap(), head);
    assert!(visitor.get("/console/reconcile").await.page().contains("Every status agrees"));
    let address = visitor.get(&path).await;
    assert_eq!((address.status, address.location.as_str()), (303, "/console/reconcile"));
}

#[actix_web::test]
async fn the_past_is_shown_as_it_was_and_repairs_nothing() {
    let world = World::new().await;
    let tenant = world.tenant("A Practice").await;
    let invoice = world.bounced(&tenant, "80.00").await;
    let before = world.ledger.head(tenant.org).await.unwrap().unwrap();
    let visitor = world.visitor(&tenant, Role::Finance).await;
    let list = visitor.get("/console/reconcile").await.page();
    let form = format!("once={}", hidden(&list, "once"));
    visitor.post(&format!("/console/reconcile/{invoice}"), &form).await.page();
    let past = visitor.get(&format!("/console/reconcile?as_of_position={before}")).await.page();
    assert!(past.contains("It says paid, but the money"), "{past}");
    assert!(!past.contains("name=\"once\""), "what was cannot be repaired");
}

#[actix_web::test]
async fn what_waits_is_counted_for_those_who_may_see_it() {
    let world = World::new().await;
    let tenant = world.tenant("A Practice").await;
    world.issued(&tenant, "80.00").await;
    let visitor = world.visitor(&tenant, Role::Finance).await;
    let unpaid = visitor.get("/console/queues?queue=unpaid").await.page();
    assert!(unpaid.contains("80.00 USD"), "{unpaid}");
    let tab = "Unpaid invoices <span class=\"many\">1</span>";
    assert!(unpaid.contains(tab) && !unpaid.contains("Dead letters <span"), "{unpaid}");
    let owner = world.visitor(&tenant, Role::Owner).await;
    let owner = owner.get("/console/queues").await.page();
    assert!(owner.contains("Dead letters <span class=\"many\">0</span>"), "{owner}");
    let viewer = world.visitor(&tenant, Role::Viewer).await;
    let viewer = viewer.get("/console/queues?queue=unpaid").await.page();
    assert!(!viewer.contains("80.00") && viewer.contains("Missing facesheets"), "{viewer}");
}
