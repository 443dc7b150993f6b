use std::collections::HashMap;

use proptest::prelude::*;

use super::*;
use crate::proof::{Plan, Tree, extends, includes};

fn leaf(number: u64) -> [u8; 32] {
    let mut leaf = [0x5a; 32];
    leaf[..8].copy_from_slice(&number.to_be_bytes());
    leaf
}

/// A log of tiles, as a database would keep it: whole tiles, and leaves.
#[derive(Default)]
struct Kept {
    tiler: Tiler,
    tiles: HashMap<(u8, u64), Tile>,
    roots: Vec<[u8; 32]>,
}

impl Kept {
    fn of(size: u64) -> Self {
        let (mut kept, mut tree) = (Self::default(), Tree::default());
        kept.roots.push(tree.root());
        for number in 0..size {
            tree.push(leaf(number));
            for tile in kept.tiler.push(leaf(number)) {
                kept.tiles.insert((tile.level, tile.index), tile);
            }
            assert_eq!(kept.tiler.root(), tree.root(), "{number}");
            kept.roots.push(tree.root());
        }
        kept
    }

    /// A proof, worked out from whole tiles, the roots of tiles, and leaves.
    fn prove(&self, plan: &Plan) -> Vec<[u8; 32]> {
        let mut shelf = Shelf::default();
        for node in plan.nodes() {
            let span = Span::of(node);
            match (self.tiles.get(&(span.level, span.tile())), span.level) {
                (Some(tile), _) => {
                    shelf.put(span.level, tile.index * WIDTH, tile.hashes.iter().copied());
                }
                (None, 0) => {
                    shelf.put(0, span.first, (span.first..span.first + span.count).map(leaf));
                }
                (None, level) => {
                    let places = span.first..span.first + span.count;
                    let roots = places.map(|place| self.tiles[&(level - 1, place)].root());
                    shelf.put(level, span.first, roots);
                }
            }
        }
        plan.work_out(|node| shelf.node(node)).unwrap()
    }

    fn root(&self, size: u64) -> [u8; 32] {
        self.roots[usize::try_from(size).unwrap()]
    }
}

#[test]
fn every_leaf_of_every_small_tree_is_proved() {
    let kept = Kept::of(130);
    for size in 1..=130 {
        for index in 0..size {
            let proof = kept.prove(&Plan::inclusion(index, size).unwrap());
            assert!(includes(&leaf(index), index, size, &proof, &kept.root(size)));
            let elsewhere =
                includes(&leaf(index), (index + 1) % size, size, &proof, &kept.root(size));
            assert!(!elsewhere || size == 1, "{index} of {size}");
        }
        assert_eq!(Plan::inclusion(size, size), None);
    }
}

#[test]
fn every_small_tree_extends_every_smaller_one() {
    let kept = Kept::of(130);
    for to in 0..=130 {
        for from in 0..=to {
            let proof = kept.prove(&Plan::consistency(from, to).unwrap());
            assert!(extends(from, &kept.root(from), to, &kept.root(to), &proof), "{from} {to}");
            assert!(!extends(from, &[7; 32], to, &kept.root(to), &proof), "{from} {to}");
            // Everything begins with nothing.
            let other = extends(from, &kept.root(from), to, &[7; 32], &proof);
            assert_eq!(other, from == 0 && to > 0, "{from} {to}");
        }
        assert_eq!(Plan::consistency(to + 1, to), None);
    }
}

#[test]
fn a_tiler_that_resumes_goes_on_as_if_it_had_never_stopped() {
    let mut tiler = Tiler::default();
    let mut tiles: HashMap<(u8, u64), Tile> = HashMap::new();
    for number in 0..70_000 {
        let spans = Tiler::open_spans(number);
        if number % 997 == 0 || number.is_multiple_of(256) {
            let hash = |level: u8, place: u64| match level {
                0 => leaf(place),
                _ => tiles[&(level - 1, place)].root(),
            };
            let open = spans.iter().map(|span| {
                (span.first..span.first + span.count).map(|place| hash(span.level, place)).collect()
            });
            let resumed = Tiler::resume(number, open.collect()).unwrap();
            assert_eq!(resumed.root(), tiler.root(), "{number}");
            tiler = resumed;
        }
        for tile in tiler.push(leaf(number)) {
            tiles.insert((tile.level, tile.index), tile);
        }
    }
    assert_eq!(tiles.len(), 70_000 / 256 + 1);
    assert_eq!(Tiler::resume(257, vec![vec![]]), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_flipped_bit_of_anything_makes_an_inclusion_fail(
        size in 2_u64..700,
        at in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        bit in 0_usize..256,
    ) {
        let kept = Kept::of(size);
        let index = at.index(usize::try_from(size).unwrap()) as u64;
        let proof = kept.prove(&Plan::inclusion(index, size).unwrap());
        let root = kept.root(size);
        let flip = |hash: &[u8; 32]| {
            let mut hash = *hash;
            hash[bit / 8] ^= 1 << (bit % 8);
            hash
        };
        prop_assert!(includes(&leaf(index), index, size, &proof, &root));
        prop_assert!(!includes(&flip(&leaf(index)), index, size, &proof, &root));
        prop_assert!(!includes(&leaf(index), index, size, &proof, &flip(&root)));
        let mut flipped = proof.clone();
        let place = place.index(proof.len());
        flipped[place] = flip(&flipped[place]);
        prop_assert!(!includes(&leaf(index), index, size, &flipped, &root));
        for other in (0..size).filter(|other| *other != index) {
            prop_assert!(!includes(&leaf(index), other, size, &proof, &root));
        }
        let mut longer = proof.clone();
        longer.push([0; 32]);
        prop_assert!(!includes(&leaf(index), index, size, &longer, &root));
        prop_assert!(!includes(&leaf(index), index, size, &proof[1..], &root));
        prop_assert!(!includes(&leaf(index), index, size, &proof[..proof.len() - 1], &root));
    }

    #[test]
    fn a_flipped_bit_of_anything_makes_a_consistency_fail(
        to in 2_u64..700,
        at in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        bit in 0_usize..256,
    ) {
        let kept = Kept::of(to);
        let from = 1 + at.index(usize::try_from(to - 1).unwrap()) as u64;
        let proof = kept.prove(&Plan::consistency(from, to).unwrap());
        let (old, new) = (kept.root(from), kept.root(to));
        prop_assert!(extends(from, &old, to, &new, &proof));
        let mut flipped = proof.clone();
        let place = place.index(proof.len());
        flipped[place][bit / 8] ^= 1 << (bit % 8);
        prop_assert!(!extends(from, &old, to, &new, &flipped));
        for other in (1..to).filter(|other| *other != from) {
            prop_assert!(!extends(other, &old, to, &new, &proof));
        }
        prop_assert!(!extends(from, &old, to, &new, &proof[..proof.len() - 1]));
        prop_assert!(!extends(from, &old, to, &new, &[proof.as_slice(), &[new]].concat()));
    }
}
