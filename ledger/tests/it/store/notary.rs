//! Tiles, checkpoints and proofs of a log that is in a database.

use ledger::{
    proof::{CheckpointKey, Tree, VerifierKey, extends, includes, open},
    recorded::Actor,
    store::{
        Context,
        notary::{
            NotaryError, Signers, consistency, inclusion, lag, latest, root_at, sign_head, unsigned,
        },
    },
    values::OrgId,
};
use schema::testing::Role;

use super::support::{Setup, invoice, line, org, setup};

fn signers(seed: u8) -> Signers {
    let key = CheckpointKey::from_seed("ledger.example.org", &[seed; 32]).unwrap();
    Signers { key, retired: Vec::new() }
}

/// At least so many events.
async fn grow(setup: &Setup, events: i64) {
    let mut number = setup.ledger.head(setup.org).await.unwrap().unwrap();
    while number < events {
        let mut batch = setup.ledger.batch(setup.fresh());
        for _ in 0..20 {
            number += 1;
            let id = u128::try_from(number).unwrap();
            batch = batch.then(invoice(id), line(id));
        }
        number = batch.run().await.unwrap().position;
    }
}

async fn leaves(setup: &Setup) -> Vec<[u8; 32]> {
    let events = setup.ledger.read(setup.org, 0, 100_000).await.unwrap();
    events.iter().map(|event| event.leaf_hash).collect()
}

fn root(leaves: &[[u8; 32]]) -> [u8; 32] {
    let mut tree = Tree::default();
    leaves.iter().for_each(|leaf| tree.push(*leaf));
    tree.root()
}

#[tokio::test]
async fn a_log_is_signed_up_to_its_head_and_every_event_is_proved_to_be_in_it() {
    let setup = setup().await;
    let (ledger, org, signers) = (&setup.ledger, setup.org, signers(3));
    grow(&setup, 300).await;
    let first = sign_head(ledger, org, &signers).await.unwrap().unwrap();
    assert_eq!(sign_head(ledger, org, &signers).await.unwrap(), None, "nothing new");
    grow(&setup, 800).await;
    let second = sign_head(ledger, org, &signers).await.unwrap().unwrap();
    assert_eq!(latest(ledger, org).await.unwrap().unwrap().note, second.note);
    let leaves = leaves(&setup).await;
    for kept in [&first, &second] {
        let (checkpoint, _) = open(&kept.note, &[signers.key.verifier()]).unwrap();
        let size = usize::try_from(kept.size).unwrap();
        assert_eq!((checkpoint.size, checkpoint.org()), (size as u64, Some(org)));
        assert_eq!(checkpoint.root, root(&leaves[..size]));
        assert_eq!(root_at(ledger, org, kept.size).await.unwrap().0, checkpoint.root);
    }
    for size in [first.size, 512, 600, second.size] {
        let root = root(&leaves[..usize::try_from(size).unwrap()]);
        for position in [1, 2, 255, 256, 257, 290, size] {
            let proof = inclusion(ledger, org, position, Some(size)).await.unwrap();
            let index = u64::try_from(position - 1).unwrap();
            assert_eq!(proof.root, root);
            let (leaf, size) = (&proof.leaf_hash, u64::try_from(size).unwrap());
            assert!(includes(leaf, index, size, &proof.hashes, &root), "{position} of {size}");
            let found = ledger.position_of(org, proof.event_id).await.unwrap();
            assert_eq!(found, Some(position));
        }
        let grown = consistency(ledger, org, 256, Some(size)).await.unwrap();
        let to = u64::try_from(size).unwrap();
        assert!(extends(256, &grown.from_root, to, &root, &grown.hashes));
    }
}

#[tokio::test]
async fn what_is_not_signed_or_not_there_is_not_proved() {
    let setup = setup().await;
    let (ledger, org) = (&setup.ledger, setup.org);
    let unproved = inclusion(ledger, org, 1, None).await.unwrap_err();
    assert!(matches!(unproved, NotaryError::NotSigned { asked: 1, signed: 0 }), "{unproved}");
    grow(&setup, 20).await;
    let size = sign_head(ledger, org, &signers(3)).await.unwrap().unwrap().size;
    grow(&setup, size + 1).await;
    let unproved = inclusion(ledger, org, size + 1, None).await.unwrap_err();
    assert!(matches!(unproved, NotaryError::NotSigned { .. }), "{unproved}");
    for position in [0, -1] {
        let unknown = inclusion(ledger, org, position, None).await.unwrap_err();
        assert!(matches!(unknown, NotaryError::Unknown { .. }), "{unknown}");
    }
    let unknown = inclusion(ledger, org, 5, Some(4)).await.unwrap_err();
    assert!(matches!(unknown, NotaryError::Unknown { .. }), "{unknown}");
    assert!(consistency(ledger, org, 5, Some(4)).await.is_err());
    let stranger = self::org(2);
    assert!(inclusion(ledger, stranger, 1, None).await.is_err(), "another org's");
    assert_eq!(unsigned(ledger, None).await.unwrap(), [org]);
    assert!(lag(ledger).await.unwrap().events > 0);
    sign_head(ledger, org, &signers(3)).await.unwrap();
    assert_eq!(lag(ledger).await.unwrap().events, 0);
}

#[tokio::test]
async fn several_notaries_at_once_keep_one_tree() {
    let setup = setup().await;
    let signers = signers(3);
    for round in 1..5 {
        grow(&setup, round * 200).await;
        let sign = || sign_head(&setup.ledger, setup.org, &signers);
        let all = tokio::join!(sign(), sign(), sign());
        [all.0, all.1, all.2].into_iter().for_each(|signed| drop(signed.unwrap()));
    }
    let leaves = leaves(&setup).await;
    let (kept, _) = root_at(&setup.ledger, setup.org, 777).await.unwrap();
    assert_eq!(kept, root(&leaves[..777]));
}

#[tokio::test]
async fn a_new_key_signs_on_and_the_old_checkpoint_stays_good() {
    let setup = setup().await;
    grow(&setup, 20).await;
    let (old, mut new) = (signers(3), signers(4));
    let before = sign_head(&setup.ledger, setup.org, &old).await.unwrap().unwrap();
    // Without knowing who signed before, nobody signs on.
    let stranger = sign_head(&setup.ledger, setup.org, &new).await.unwrap_err();
    assert!(matches!(stranger, NotaryError::Checkpoint { .. }), "{stranger}");
    new.retired.push(old.key.verifier());
    let after = sign_head(&setup.ledger, setup.org, &new).await.unwrap().unwrap();
    assert_eq!((after.size, after.root), (before.size, before.root), "the head is signed again");
    assert_eq!(sign_head(&setup.ledger, setup.org, &new).await.unwrap(), None);
    let opens = |note: &str, key: VerifierKey| open(note, &[key]).is_ok();
    assert!(opens(&after.note, new.key.verifier()) && opens(&before.note, old.key.verifier()));
    assert!(!opens(&after.note, old.key.verifier()));
}

/// Whoever can change the database must not get a signature for it.
#[tokio::test]
async fn a_log_that_was_changed_is_not_signed() {
    let setup = setup().await;
    let (ledger, org, signers) = (&setup.ledger, setup.org, signers(3));
    grow(&setup, 300).await;
    sign_head(ledger, org, &signers).await.unwrap();
    grow(&setup, 350).await;
    let owner = setup.database.connect(Role::Owner).await;
    owner.batch_execute("alter table events disable trigger events_no_change").await.unwrap();
    for (column, position) in [("actor", 350), ("leaf_hash", 310)] {
        let value = if column == "actor" { "'key:x'" } else { "sha256('x')" };
        let kept: String = format!("create table kept_{column} as select * from events");
        owner.batch_execute(&kept).await.unwrap();
        let change = format!("update events set {column} = {value} where position = {position}");
        owner.batch_execute(&change).await.unwrap();
        let refused = sign_head(ledger, org, &signers).await.unwrap_err();
        assert!(matches!(refused, NotaryError::Damaged { .. }), "{column}: {refused}");
        let back = format!(
            "update events e set {column} = k.{column} from kept_{column} k \
             where k.org_id = e.org_id and k.position = e.position"
        );
        owner.batch_execute(&back).await.unwrap();
    }
    assert!(sign_head(ledger, org, &signers).await.unwrap().is_some());
}

#[tokio::test]
async fn tiles_and_checkpoints_are_append_only_and_an_orgs_own() {
    let setup = setup().await;
    grow(&setup, 300).await;
    sign_head(&setup.ledger, setup.org, &signers(3)).await.unwrap();
    for role in [Role::Owner, Role::App, Role::Writer, Role::Relay] {
        let client = setup.database.connect(role).await;
        for table in ["merkle_tiles", "log_checkpoints"] {
            for attempt in ["update {} set root = root", "delete from {}", "truncate {}"] {
                let attempt = attempt.replace("{}", table);
                let refused = client.batch_execute(&attempt).await.unwrap_err();
                assert_eq!(refused.code().map(|code| code.code()), Some("42501"), "{role:?}");
            }
        }
    }
    let app = setup.database.connect(Role::App).await;
    let stranger = org(2);
    app.batch_execute(&format!("set app.current_org_id = '{stranger}'")).await.unwrap();
    for table in ["merkle_tiles", "log_checkpoints"] {
        let count = format!("select count(*) from {table}");
        assert_eq!(app.query_one(&count, &[]).await.unwrap().get::<_, i64>(0), 0, "{table}");
    }
    let context = Context::fresh(&setup.ledger, OrgId(stranger.0), Actor("test".to_owned()));
    assert!(setup.ledger.execute(&context, invoice(1), line(1)).await.is_err(), "no such org");
}
