//! Proofs and notes of ours, checked by somebody else's code: Cloudflare's ports of Go's
//! `sumdb/tlog` and `sumdb/note`, which share nothing with `ledger::proof`.

use std::collections::HashMap;

use ledger::{
    proof::{CheckpointKey, Plan, Shelf, Span, Tiler, Tree, extends, includes, sign},
    values::OrgId,
};
use signed_note::{Note, StandardVerifier, VerifierList};
use tlog_tiles::{
    checkpoint::Checkpoint,
    tlog::{Hash, check_record, check_tree, record_hash},
};
use uuid::Uuid;

/// A few tiles, so that proofs come out of whole and of open ones.
const SIZE: u64 = 1_100;

fn entry(number: u64) -> Vec<u8> {
    format!("event {number}").into_bytes()
}

/// A leaf as the others hash it.
fn leaf(number: u64) -> [u8; 32] {
    record_hash(&entry(number)).0
}

struct Log {
    shelf: Shelf,
    roots: Vec<[u8; 32]>,
}

impl Log {
    fn new() -> Self {
        let (mut tiler, mut tree) = (Tiler::default(), Tree::default());
        let (mut shelf, mut roots) = (Shelf::default(), vec![tree.root()]);
        let mut tiles = HashMap::new();
        for number in 0..SIZE {
            tree.push(leaf(number));
            roots.push(tree.root());
            shelf.put(0, number, [leaf(number)]);
            for tile in tiler.push(leaf(number)) {
                shelf.put(tile.level + 1, tile.index, [tile.root()]);
                tiles.insert((tile.level, tile.index), tile);
            }
        }
        assert_eq!(tiler.root(), tree.root());
        assert_eq!(tiles.len(), 4);
        Self { shelf, roots }
    }

    fn prove(&self, plan: &Plan) -> Vec<[u8; 32]> {
        assert!(plan.nodes().all(|node| Span::of(node).count <= 128));
        plan.work_out(|node| self.shelf.node(node)).unwrap()
    }

    fn root(&self, size: u64) -> [u8; 32] {
        self.roots[usize::try_from(size).unwrap()]
    }
}

fn theirs(proof: &[[u8; 32]]) -> Vec<Hash> {
    proof.iter().map(|hash| Hash(*hash)).collect()
}

#[test]
fn they_accept_our_inclusion_proofs_and_refuse_what_we_refuse() {
    let log = Log::new();
    for size in [1, 2, 3, 255, 256, 257, 511, 512, 769, 1_024, SIZE] {
        for index in (0..size).filter(|index| index % 13 == 0 || index + 3 > size) {
            let mut proof = log.prove(&Plan::inclusion(index, size).unwrap());
            let root = log.root(size);
            let asked = |proof: &[[u8; 32]], index: u64| {
                let ours = includes(&leaf(index), index, size, proof, &root);
                let other = record_hash(&entry(index));
                let checked = check_record(&theirs(proof), size, Hash(root), index, other);
                assert_eq!(ours, checked.is_ok(), "{index} of {size}");
                ours
            };
            assert!(asked(&proof, index), "{index} of {size}");
            assert!(size == 1 || !asked(&proof, (index + 1) % size), "{index} of {size}");
            if let Some(first) = proof.first_mut() {
                first[0] ^= 1;
                assert!(!asked(&proof, index), "{index} of {size}");
            }
        }
    }
}

#[test]
fn they_accept_our_consistency_proofs_and_refuse_what_we_refuse() {
    let log = Log::new();
    for to in [2, 3, 255, 256, 257, 512, 769, SIZE] {
        for from in (1..=to).filter(|from| from % 11 == 1 || from + 2 > to) {
            let mut proof = log.prove(&Plan::consistency(from, to).unwrap());
            let (old, new) = (log.root(from), log.root(to));
            let asked = |proof: &[[u8; 32]]| {
                let ours = extends(from, &old, to, &new, proof);
                let checked = check_tree(&theirs(proof), to, Hash(new), from, Hash(old));
                assert_eq!(ours, checked.is_ok(), "{from} {to}");
                ours
            };
            assert!(asked(&proof), "{from} {to}");
            if let Some(last) = proof.last_mut() {
                last[31] ^= 0x80;
                assert!(!asked(&proof), "{from} {to}");
            }
        }
    }
}

#[test]
fn they_read_and_verify_our_checkpoints() {
    let log = Log::new();
    let org = OrgId(Uuid::from_u128(7));
    let key = CheckpointKey::from_seed("ledger.example.org", &[3; 32]).unwrap();
    let note = sign(&key, org, SIZE, log.root(SIZE));
    let verifier = key.verifier().of_log(org).to_string();
    let known = || VerifierList::new(vec![Box::new(StandardVerifier::new(&verifier).unwrap())]);
    let read = Note::from_bytes(note.as_bytes()).unwrap();
    let (good, unknown) = read.verify(&known()).unwrap();
    assert_eq!((good.len(), unknown.len()), (1, 0));
    let checkpoint = Checkpoint::from_bytes(read.text()).unwrap();
    assert_eq!(checkpoint.origin(), format!("ledger.example.org/{org}"));
    assert_eq!(checkpoint.origin(), good[0].name(), "the key's name is the origin");
    assert_eq!((checkpoint.size(), checkpoint.hash().0), (SIZE, log.root(SIZE)));
    let forged = note.replacen("\n1100\n", "\n1101\n", 1);
    assert!(Note::from_bytes(forged.as_bytes()).unwrap().verify(&known()).is_err());
}
