//! Bundles over HTTP, checked with nothing but the file and a public key.

use evidence::{About, check};
use ledger::store::{notary::sign_head, tenants::Role};
use uuid::Uuid;

use crate::support::{Answer, Tenant, World, signers, unknown};

const BUNDLE: &str = "/v1/proofs/bundle";

async fn sign(world: &World, tenant: &Tenant) {
    sign_head(&world.ledger, tenant.org, &signers()).await.unwrap().unwrap();
}

async fn asked(world: &World, tenant: &Tenant, query: &str) -> Answer {
    world.as_role(tenant, Role::Auditor, "GET", &format!("{BUNDLE}?{query}")).send().await
}

#[actix_web::test]
async fn the_file_that_is_downloaded_proves_itself_with_nothing_but_a_key() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let invoice = world.issued(&tenant, "10.00").await;
    world.paid(&tenant, &invoice, "10.00").await;
    sign(&world, &tenant).await;
    let answer = asked(&world, &tenant, &format!("invoice={invoice}")).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
    assert_eq!(answer.header("content-type"), "application/vnd.daybook.bundle");
    let named = format!("attachment; filename=\"invoice-{invoice}.bundle\"");
    assert_eq!(answer.header("content-disposition"), named);
    let keys = [signers().key.verifier()];
    let checked = check(answer.text.as_bytes(), &keys).unwrap().unwrap();
    assert_eq!((checked.org, checked.streams), (tenant.org, 1));
    assert_eq!(checked.about, About::Invoice { id: invoice.parse().unwrap() });
    assert_eq!(answer.position(), i64::try_from(checked.checkpoint.size).unwrap());
    assert!(checked.signed_by.is_some());
    let forged = answer.text.replacen("10.00", "90.00", 1);
    assert!(check(forged.as_bytes(), &keys).unwrap().is_err());
}

#[actix_web::test]
async fn a_month_is_bundled_whole_and_anothers_is_not_there() {
    let world = World::new().await;
    let (tenant, other) = (world.tenant().await, world.tenant().await);
    world.issued(&tenant, "10.00").await;
    sign(&world, &tenant).await;
    sign(&world, &other).await;
    let event = world.get(&tenant, "/v1/events/1").send().await.ok(200);
    let month = &event["recordedat"].as_str().unwrap()[..7];
    let answer = asked(&world, &tenant, &format!("period={month}")).await;
    let checked = check(answer.text.as_bytes(), &[signers().key.verifier()]).unwrap().unwrap();
    assert!(matches!(checked.about, About::Period { .. }));
    assert_eq!(checked.events, checked.checkpoint.size, "all happened this month");
    asked(&world, &tenant, "period=2031-01").await.problem(404, "not_found");
}

#[actix_web::test]
async fn what_is_not_there_not_ones_own_or_not_signed_yet_is_refused() {
    let world = World::new().await;
    let (mine, theirs) = (world.tenant().await, world.tenant().await);
    let invoice = world.issued(&theirs, "10.00").await;
    let query = format!("invoice={invoice}");
    asked(&world, &mine, &query).await.problem(404, "no_checkpoint");
    sign(&world, &mine).await;
    sign(&world, &theirs).await;
    asked(&world, &mine, &query).await.problem(404, "not_found");
    asked(&world, &theirs, &query).await;
    for query in [format!("invoice={}", unknown()), format!("claim={}", Uuid::nil())] {
        asked(&world, &theirs, &query).await.problem(404, "not_found");
    }
    asked(&world, &theirs, "patient=nobody").await.problem(404, "not_found");
    let fresh = world.issued(&theirs, "20.00").await;
    let early = asked(&world, &theirs, &format!("invoice={fresh}")).await;
    assert!(early.problem(409, "not_signed")["figures"]["signed"].is_i64());
}

#[actix_web::test]
async fn a_question_that_is_none_and_a_role_that_may_not_read_the_log_are_refused() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let two = format!("invoice={0}&claim={0}", unknown());
    for wrong in ["", "invoice=x", "period=2026-13", "period=january", "patient=", &two] {
        asked(&world, &tenant, wrong).await.problem(400, "invalid_query");
    }
    let path = format!("{BUNDLE}?period=2026-01");
    for role in [Role::Viewer, Role::Dispatcher] {
        world.as_role(&tenant, role, "GET", &path).send().await.problem(403, "forbidden");
    }
    let past = asked(&world, &tenant, "period=2026-01&as_of_position=1").await;
    past.problem(422, "not_as_of");
}

#[actix_web::test]
async fn only_so_many_long_answers_are_made_at_a_time() {
    let world = World::with(|limits| limits.long_answers = 0).await;
    let tenant = world.tenant().await;
    let busy = asked(&world, &tenant, "period=2026-01").await;
    assert_eq!(busy.header("retry-after"), "5");
    busy.problem(429, "too_many_streams");
}
