//! Checkpoints and proofs over HTTP, checked with nothing but a public key.

use data_encoding::{BASE64, HEXLOWER};
use ledger::{
    proof::{Checkpoint, VerifierKey, extends, includes, open},
    store::{notary::sign_head, tenants::Role},
};
use serde_json::Value;

use crate::support::{Tenant, World, signers, unknown};

async fn sign(world: &World, tenant: &Tenant) {
    sign_head(&world.ledger, tenant.org, &signers()).await.unwrap().unwrap();
}

/// The latest checkpoint, believed because of a key that was told otherwise.
async fn checkpoint(world: &World, tenant: &Tenant, path: &str) -> Checkpoint {
    let answer = world.as_role(tenant, Role::Auditor, "GET", path).send().await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    let (checkpoint, _) = open(&answer.text, &[signers().key.verifier()]).unwrap();
    assert_eq!(checkpoint.org(), Some(tenant.org));
    assert_eq!(answer.position(), i64::try_from(checkpoint.size).unwrap());
    checkpoint
}

fn hash(text: &Value) -> [u8; 32] {
    BASE64.decode(text.as_str().unwrap().as_bytes()).unwrap().try_into().unwrap()
}

fn hashes(proof: &Value) -> Vec<[u8; 32]> {
    proof["hashes"].as_array().unwrap().iter().map(hash).collect()
}

#[actix_web::test]
async fn every_event_is_proved_to_be_in_the_log_of_the_checkpoint() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    world.issued(&tenant, "10.00").await;
    sign(&world, &tenant).await;
    let checkpoint = checkpoint(&world, &tenant, "/v1/proofs/checkpoint").await;
    for position in 1..=checkpoint.size {
        let event = world.get(&tenant, &format!("/v1/events/{position}")).send().await.ok(200);
        let path = format!("/v1/proofs/inclusion?event_id={}", event["id"].as_str().unwrap());
        let proof = world.get(&tenant, &path).send().await.ok(200);
        assert_eq!(
            (&proof["position"], &proof["leaf_index"]),
            (&position.into(), &(position - 1).into())
        );
        assert_eq!(
            (&proof["leaf_hash"], hash(&proof["root"])),
            (&event["leafhash"], checkpoint.root)
        );
        let leaf = HEXLOWER.decode(event["leafhash"].as_str().unwrap().as_bytes()).unwrap();
        let leaf: [u8; 32] = leaf.try_into().unwrap();
        let (index, size) = (position - 1, checkpoint.size);
        assert!(includes(&leaf, index, size, &hashes(&proof), &checkpoint.root));
        assert!(!includes(&leaf, index, size, &hashes(&proof), &[0; 32]));
        let path = format!("/v1/proofs/inclusion?position={position}&size={size}");
        assert_eq!(world.get(&tenant, &path).send().await.ok(200), proof);
    }
}

#[actix_web::test]
async fn a_later_checkpoint_is_proved_to_begin_with_an_earlier_one() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    world.issued(&tenant, "10.00").await;
    sign(&world, &tenant).await;
    let old = checkpoint(&world, &tenant, "/v1/proofs/checkpoint").await;
    world.issued(&tenant, "20.00").await;
    sign(&world, &tenant).await;
    let new = checkpoint(&world, &tenant, "/v1/proofs/checkpoint").await;
    let kept = format!("/v1/proofs/checkpoint?size={}", old.size);
    assert_eq!(checkpoint(&world, &tenant, &kept).await, old);
    let path = format!("/v1/proofs/consistency?from={}", old.size);
    let proof = world.as_role(&tenant, Role::Auditor, "GET", &path).send().await.ok(200);
    assert_eq!((hash(&proof["from_root"]), hash(&proof["to_root"])), (old.root, new.root));
    assert!(extends(old.size, &old.root, new.size, &new.root, &hashes(&proof)));
    let path = format!("{path}&to={}", new.size);
    assert_eq!(world.get(&tenant, &path).send().await.ok(200), proof);
}

#[actix_web::test]
async fn what_is_not_signed_is_not_proved_and_says_how_far_it_is() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let ask = async |path: &str| world.get(&tenant, path).send().await;
    ask("/v1/proofs/checkpoint").await.problem(404, "no_checkpoint");
    let problem = ask("/v1/proofs/inclusion?position=1").await.problem(409, "not_signed");
    assert_eq!(problem["figures"], serde_json::json!({"asked": 1, "signed": 0}));
    assert_eq!(problem["retryable"], true);
    sign(&world, &tenant).await;
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap();
    let beyond = format!("/v1/proofs/inclusion?position={}", head + 1);
    ask(&beyond).await.problem(409, "not_signed");
    ask(&format!("/v1/proofs/inclusion?event_id={}", unknown())).await.problem(404, "not_found");
    ask("/v1/proofs/checkpoint?size=4000000").await.problem(404, "no_checkpoint");
    ask("/v1/proofs/consistency?from=4000000").await.problem(409, "not_signed");
    for wrong in [
        "inclusion",
        "inclusion?position=x",
        "inclusion?position=0",
        "inclusion?position=1&event_id=00000000-0000-7000-8000-000000000000",
        "inclusion?position=1&sise=2",
        "consistency",
        "consistency?from=0",
        "consistency?from=2&to=1",
        "checkpoint?size=-1",
        "keys?x=1",
    ] {
        ask(&format!("/v1/proofs/{wrong}")).await.problem(400, "invalid_query");
    }
}

#[actix_web::test]
async fn keys_are_those_of_the_callers_log() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    sign(&world, &tenant).await;
    let keys = world.as_role(&tenant, Role::Auditor, "GET", "/v1/proofs/keys").send().await.ok(200);
    let first = &keys["keys"][0];
    assert_eq!(first["signs"], true);
    let key: VerifierKey = first["verifier_key"].as_str().unwrap().parse().unwrap();
    assert_eq!(key, signers().key.verifier().of_log(tenant.org));
    assert_eq!(first["key_id"], HEXLOWER.encode(&key.id()));
    let note = world.get(&tenant, "/v1/proofs/checkpoint").send().await.text;
    assert!(open(&note, &[key]).is_ok());
}

#[actix_web::test]
async fn nobody_gets_anothers_proofs_and_not_every_role_gets_any() {
    let world = World::new().await;
    let (mine, theirs) = (world.tenant().await, world.tenant().await);
    world.issued(&theirs, "10.00").await;
    sign(&world, &theirs).await;
    let event = world.get(&theirs, "/v1/events/1").send().await.ok(200);
    let id = event["id"].as_str().unwrap();
    let paths = ["checkpoint", "inclusion?position=1", "consistency?from=1", "keys"];
    for path in paths.map(|path| format!("/v1/proofs/{path}")) {
        for role in [Role::Viewer, Role::Dispatcher] {
            let answer = world.as_role(&theirs, role, "GET", &path).send().await;
            answer.problem(403, "forbidden");
        }
        world.ask("GET", &path).send().await.problem(401, "unauthorized");
    }
    world.get(&mine, "/v1/proofs/checkpoint").send().await.problem(404, "no_checkpoint");
    sign(&world, &mine).await;
    let path = format!("/v1/proofs/inclusion?event_id={id}");
    world.get(&mine, &path).send().await.problem(404, "not_found");
}
