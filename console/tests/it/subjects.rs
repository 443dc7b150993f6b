//! Pages of one thing: its figures, why they are so much, what they were, and whose names show.

use ledger::store::{tenant_snapshot, tenants::Role};
use serde_json::json;

use crate::world::{Tenant, World};

/// Openings of personal data that were recorded.
async fn openings(world: &World, tenant: &Tenant) -> i64 {
    let mut client = world.ledger.app_pool().get().await.unwrap();
    let noted = tenant_snapshot(&mut client, tenant.org).await.unwrap();
    noted.query_one("select count(*) from access_log", &[]).await.unwrap().get(0)
}

#[actix_web::test]
async fn a_name_is_opened_for_those_who_may_and_every_opening_is_recorded() {
    let world = World::new().await;
    let tenant = world.tenant("A Practice").await;
    let named = json!({"name": "Ada Lovelace"});
    world.command(&tenant, "/v1/billing/patients/mrn-815/activate", named).await;
    for role in Role::ALL {
        let sees = matches!(role, Role::Owner | Role::Admin | Role::Finance | Role::Dispatcher);
        let visitor = world.visitor(&tenant, role).await;
        for path in ["/console/patients", "/console/patients/mrn-815"] {
            let before = openings(&world, &tenant).await;
            let page = visitor.get(path).await.page();
            assert_eq!(page.contains("Ada Lovelace"), sees, "{role} {path}");
            let opened = openings(&world, &tenant).await - before;
            assert_eq!(opened > 0, sees, "{role} {path}: {opened} openings");
        }
    }
}

#[actix_web::test]
async fn an_invoice_is_shown_as_it_was_and_its_figures_lead_to_their_events() {
    let world = World::new().await;
    let tenant = world.tenant("A Practice").await;
    let id = world.issued(&tenant, "80.00").await;
    let issued = world.ledger.head(tenant.org).await.unwrap().unwrap();
    let pay = json!({"amount": "30.00", "method": "check"});
    world.command(&tenant, &format!("/v1/billing/invoices/{id}/payments"), pay).await;
    let visitor = world.visitor(&tenant, Role::Finance).await;
    let here = format!("/console/invoices/{id}");
    let now = visitor.get(&here).await.page();
    assert!(now.contains(">partial<") && now.contains(">50.00</a>"), "{now}");
    let then = visitor.get(&format!("{here}?as_of_position={issued}")).await.page();
    assert!(then.contains(">80.00</a>") && !then.contains(">50.00</a>"), "{then}");
    assert!(then.contains("What was known at position") && then.contains(" later\""), "{then}");
    let before = visitor.get(&format!("{here}?as_of_position=1")).await;
    assert_eq!(before.status, 404);
    assert!(before.text.contains("Not yet, at that moment"), "{}", before.text);
    let of = format!("%2Fv1%2Fbilling%2Finvoices%2F{id}");
    let why = format!("/console/explain?of={of}&figure=balance_due");
    let why = visitor.get(&why).await.page();
    for part in ["80.00", "\u{2212}30.00", "50.00 USD", "Debit"] {
        assert!(why.contains(part), "{part}: {why}");
    }
    let paper = visitor.get(&format!("{here}/document")).await;
    assert_eq!(paper.status, 200);
    let number = now.split("<h1>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let found = visitor.get(&format!("/console/find?q={number}")).await;
    assert_eq!((found.status, found.location.as_str()), (303, here.as_str()));
    let nothing = visitor.get("/console/find?q=nothing").await;
    assert_eq!(nothing.status, 400);
    // To others it is not there.
    let stranger = world.tenant("Another").await;
    let stranger = world.visitor(&stranger, Role::Owner).await;
    assert_eq!(stranger.get(&here).await.status, 404);
    let theirs = format!("/console/explain?of={of}&figure=balance_due");
    assert_eq!(stranger.get(&theirs).await.status, 404);
}

#[actix_web::test]
async fn what_is_asked_to_be_explained_is_the_apis_and_nothing_else() {
    let world = World::new().await;
    let tenant = world.tenant("A Practice").await;
    let visitor = world.visitor(&tenant, Role::Owner).await;
    for of in ["", "https%3A%2F%2Fexample.com", "%2Fconsole", "%2Fv1%2F%23", "%2Fv1%2F%5C"] {
        let answer = visitor.get(&format!("/console/explain?of={of}&figure=x")).await;
        assert!([400, 404].contains(&answer.status), "{of}: {}", answer.status);
    }
    let unknown = "/console/explain?of=%2Fv1%2Fadmin%2Freports%2Fageing&figure=nothing";
    assert_eq!(visitor.get(unknown).await.status / 100, 4);
}
