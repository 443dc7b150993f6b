//! The Merkle tree of RFC 6962 (and RFC 9162), grown leaf by leaf.

use sha2::{Digest, Sha256};

/// The root of no leaves: the hash of nothing.
pub(super) const EMPTY: [u8; 32] = [
    0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
    0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
];

/// The root of the leaves so far. Keeps one hash per set bit of the size, never the leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    size: u64,
    /// Roots of the perfect subtrees, the largest first.
    peaks: Vec<[u8; 32]>,
}

impl Tree {
    /// Adds a leaf, given as its hash `SHA-256(0x00 ‖ entry)`.
    pub fn push(&mut self, leaf: [u8; 32]) {
        let mut node = leaf;
        let mut carry = self.size;
        while carry & 1 == 1 {
            if let Some(left) = self.peaks.pop() {
                node = inner(&left, &node);
            }
            carry >>= 1;
        }
        self.peaks.push(node);
        self.size += 1;
    }

    /// How many leaves.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The Merkle tree hash; of no leaves it is the hash of nothing.
    pub fn root(&self) -> [u8; 32] {
        let mut peaks = self.peaks.iter().rev();
        match peaks.next() {
            Some(last) => peaks.fold(*last, |right, left| inner(left, &right)),
            None => EMPTY,
        }
    }
}

/// The hash of a node above two others.
pub(super) fn inner(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update([1]);
    hasher.update(left);
    hasher.update(right);
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER;
    use proptest::prelude::*;

    use super::*;

    fn leaf(entry: &[u8]) -> [u8; 32] {
        let mut hasher = Sha256::new();
        hasher.update([0]);
        hasher.update(entry);
        hasher.finalize().into()
    }

    /// RFC 6962, 2.1, word for word.
    fn by_the_book(leaves: &[[u8; 32]]) -> [u8; 32] {
        match leaves {
            [] => Sha256::digest([]).into(),
            [only] => *only,
            _ => {
                let split = leaves.len().next_power_of_two() / 2;
                inner(&by_the_book(&leaves[..split]), &by_the_book(&leaves[split..]))
            }
        }
    }

    /// The entries and roots that the Certificate Transparency implementations are tested with.
    const KNOWN: [(&str, &str); 8] = [
        ("", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        ("00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        ("10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        ("2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        ("3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
        ("40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
        ("5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
        (
            "606162636465666768696a6b6c6d6e6f",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ),
    ];

    #[test]
    fn an_empty_tree_is_the_hash_of_nothing() {
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(HEXLOWER.encode(&Tree::default().root()), nothing);
    }

    #[test]
    fn the_known_roots_come_out() {
        let mut tree = Tree::default();
        for (entry, root) in KNOWN {
            tree.push(leaf(&HEXLOWER.decode(entry.as_bytes()).unwrap()));
            assert_eq!(HEXLOWER.encode(&tree.root()), root, "{} leaves", tree.size());
        }
    }

    proptest! {
        #[test]
        fn growing_comes_to_the_same_as_the_definition(
            leaves in proptest::collection::vec(any::<[u8; 32]>(), 0..70)
        ) {
            let mut tree = Tree::default();
            for leaf in &leaves {
                tree.push(*leaf);
            }
            prop_assert_eq!(tree.size(), leaves.len() as u64);
            prop_assert_eq!(tree.root(), by_the_book(&leaves));
        }

        #[test]
        fn any_other_leaf_any_other_order_and_any_other_length_is_another_root(
            leaves in proptest::collection::vec(any::<[u8; 32]>(), 2..40),
            at in any::<prop::sample::Index>(),
        ) {
            let root = by_the_book(&leaves);
            let at = at.index(leaves.len());
            let mut flipped = leaves.clone();
            flipped[at][0] ^= 1;
            prop_assert_ne!(by_the_book(&flipped), root);
            let mut swapped = leaves.clone();
            swapped.swap(at, (at + 1) % leaves.len());
            prop_assume!(swapped != leaves);
            prop_assert_ne!(by_the_book(&swapped), root);
            prop_assert_ne!(by_the_book(&leaves[..leaves.len() - 1]), root);
        }
    }
}
