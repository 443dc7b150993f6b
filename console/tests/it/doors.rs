//! Who sees which page, and what they see of people.

use ledger::store::tenants::Role;
use serde_json::json;

use crate::world::World;

/// Pages, and the roles that find nothing there.
const PAGES: &[(&str, &[Role])] = &[
    ("/console", &[]),
    ("/console/books", NO_BOOKS),
    ("/console/claims", &[]),
    ("/console/claims?status=denied&patient_id=p%201", &[]),
    ("/console/invoices", &[]),
    ("/console/invoices?status=paid&type=monthly&from=2025-01-01&as_of_position=2", &[]),
    ("/console/patients", &[]),
    ("/console/statements", NOT_THE_FOUNDER),
    ("/console/reconcile", OUT_OF_FINANCE),
    ("/console/reconcile?list=all", OUT_OF_FINANCE),
    ("/console/reconcile?list=stripe", OUT_OF_FINANCE),
    ("/console/queues", &[]),
    ("/console/queues?queue=unpaid", &[]),
    ("/console/queues?queue=exceptions", &[]),
    ("/console/queues?queue=held", &[]),
    ("/console/queues?queue=statements", &[]),
    ("/console/dead-letters", NO_ADMINS),
    ("/console/dead-letters?queue=exports", NO_ADMINS),
    ("/console/events", NO_LOG),
    ("/console/events?type=billing.invoice.*&aggregate=invoice", NO_LOG),
    ("/console/events/1", NO_LOG),
    ("/console/projections", NO_BOOKS),
    ("/console/projections/invoices", NO_BOOKS),
    ("/console/proofs", NO_LOG),
    ("/console/proofs?position=1&from=1", NO_LOG),
];

const OUT_OF_FINANCE: &[Role] = &[Role::Dispatcher, Role::Viewer, Role::Auditor, Role::Integration];
const NO_ADMINS: &[Role] =
    &[Role::Finance, Role::Dispatcher, Role::Viewer, Role::Auditor, Role::Integration];
const NOT_THE_FOUNDER: &[Role] =
    &[Role::Admin, Role::Finance, Role::Dispatcher, Role::Viewer, Role::Auditor, Role::Integration];
const NO_LOG: &[Role] = &[Role::Dispatcher, Role::Viewer];
const NO_BOOKS: &[Role] = &[Role::Dispatcher, Role::Viewer, Role::Integration];

#[actix_web::test]
async fn every_page_is_there_for_a_role_or_says_clearly_that_it_is_not() {
    let world = World::new().await;
    let tenant = world.tenant("A Practice").await;
    world.bounced(&tenant, "80.00").await;
    for role in Role::ALL {
        let visitor = world.visitor(&tenant, role).await;
        for (path, closed) in PAGES {
            let answer = visitor.get(path).await;
            match closed.contains(&role) {
                true => assert_eq!(answer.status, 403, "{role} {path}: {}", answer.text),
                false => assert_eq!(answer.status, 200, "{role} {path}: {}", answer.text),
            }
            let tables = answer.text.matches("<table").count();
            assert_eq!(answer.text.matches("<thead").count(), tables, "{path}");
            assert!(!answer.text.contains("<th>"), "{path}: a heading without a scope");
            assert!(!answer.text.contains("style=\""), "{path}");
        }
    }
}

#[actix_web::test]
async fn without_a_session_there_is_only_the_way_in() {
    let world = World::new().await;
    for (path, _) in PAGES {
        let answer = world.send("GET", path, &[], "").await;
        assert_eq!(answer.status, 303, "{path}");
        assert!(answer.location.starts_with("/console/sign-in?then="), "{}", answer.location);
        assert_eq!(answer.text, "");
    }
    let forged = [("cookie", "daybook_console=AAAA")];
    let answer = world.send("GET", "/console/events", &forged, "").await;
    assert_eq!(answer.status, 303);
}

#[actix_web::test]
async fn a_form_that_another_site_sends_does_nothing() {
    let world = World::new().await;
    let tenant = world.tenant("A Practice").await;
    let invoice = world.bounced(&tenant, "80.00").await;
    let visitor = world.visitor(&tenant, Role::Finance).await;
    let before = world.ledger.head(tenant.org).await.unwrap();
    for site in ["cross-site", "same-site"] {
        let path = format!("/console/reconcile/{invoice}");
        let answer = visitor.post_from(site, &path, "once=x").await;
        assert_eq!(answer.status, 403, "{}", answer.text);
        let answer = visitor.post_from(site, "/console/projections/invoices/rebuild", "how=check");
        assert_eq!(answer.await.status, 403);
    }
    assert_eq!(world.ledger.head(tenant.org).await.unwrap(), before);
}

#[actix_web::test]
async fn nobody_finds_what_is_anothers() {
    let world = World::new().await;
    let (mine, theirs) = (world.tenant("Mine").await, world.tenant("Theirs").await);
    let invoice = world.bounced(&theirs, "80.00").await;
    world.sign(&mine).await;
    world.sign(&theirs).await;
    let visitor = world.visitor(&mine, Role::Owner).await;
    let answer = visitor.post(&format!("/console/reconcile/{invoice}"), "once=x").await;
    assert_eq!(answer.status, 404, "{}", answer.text);
    let answer = visitor.get(&format!("/console/proofs/bundle?invoice={invoice}")).await;
    assert_eq!(answer.status, 404, "{}", answer.text);
    let list = visitor.get("/console/reconcile").await.page();
    assert!(!list.contains(&invoice) && list.contains("Every status agrees"), "{list}");
    let head = world.ledger.head(mine.org).await.unwrap().unwrap();
    let beyond = visitor.get(&format!("/console/events/{}", head + 1)).await;
    assert_eq!(beyond.status, 404);
}

#[actix_web::test]
async fn people_stay_sealed_in_the_log_and_nothing_is_put_into_a_page_unescaped() {
    let world = World::new().await;
    let tenant = world.tenant("<b>Bold</b> & Co").await;
    let activate = "/v1/billing/patients/p-1/activate";
    world.command(&tenant, activate, json!({"name": "Ada Lovelace"})).await;
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap();
    for role in [Role::Owner, Role::Auditor] {
        let visitor = world.visitor(&tenant, role).await;
        let mut sealed = false;
        for position in 1..=head {
            let page = visitor.get(&format!("/console/events/{position}")).await.page();
            assert!(!page.contains("Lovelace"), "{page}");
            assert!(!page.contains("<b>Bold"), "{page}");
            sealed |= page.contains("class=\"sealed\"");
        }
        assert!(sealed, "some event has the name in it");
    }
}
