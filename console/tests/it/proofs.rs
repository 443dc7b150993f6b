//! What proves the log, looked at and downloaded.

use evidence::check;
use ledger::store::tenants::Role;

use crate::world::{World, signers};

#[actix_web::test]
async fn a_downloaded_bundle_proves_itself() {
    let world = World::new().await;
    let tenant = world.tenant("A Practice").await;
    let invoice = world.issued(&tenant, "10.00").await;
    world.sign(&tenant).await;
    let visitor = world.visitor(&tenant, Role::Auditor).await;
    let file = visitor.get(&format!("/console/proofs/bundle?invoice={invoice}&claim=")).await;
    assert_eq!(file.status, 200, "{}", file.text);
    assert_eq!(file.disposition, format!("attachment; filename=\"invoice-{invoice}.bundle\""));
    let checked = check(file.text.as_bytes(), &[signers().key.verifier()]).unwrap().unwrap();
    assert_eq!(checked.org, tenant.org);
    assert_eq!(visitor.get("/console/proofs/bundle").await.status, 400);
}

#[actix_web::test]
async fn the_note_and_the_log_are_downloaded_and_proofs_are_shown() {
    let world = World::new().await;
    let tenant = world.tenant("A Practice").await;
    let visitor = world.visitor(&tenant, Role::Auditor).await;
    let before = visitor.get("/console/proofs?position=1").await.page();
    assert!(before.contains("Nothing is signed yet"), "{before}");
    world.issued(&tenant, "10.00").await;
    world.sign(&tenant).await;
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap();
    let page = visitor.get("/console/proofs?position=2&from=1").await.page();
    assert!(page.contains(&signers().key.verifier().of_log(tenant.org).to_string()), "{page}");
    assert_eq!(page.matches("class=\"notice\"").count(), 2, "both hold: {page}");
    let beyond = format!("/console/proofs?position={}", head + 1);
    assert!(visitor.get(&beyond).await.page().contains("role=\"alert\""));
    let note = visitor.get("/console/proofs/checkpoint").await;
    assert!(note.disposition.contains("checkpoint.txt") && note.text.contains("\u{2014} "));
    let log = visitor.get("/console/proofs/log").await;
    assert_eq!(i64::try_from(log.text.lines().count()).unwrap(), head);
    let event = visitor.get("/console/events/2").await.page();
    assert!(event.contains("hashes from the leaf to the root"), "{event}");
}
