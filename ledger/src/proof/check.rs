//! Checking proofs, with nothing but the hashes themselves (RFC 9162, 2.1.3.2 and 2.1.4.2).

use super::tree::{EMPTY, inner};

/// Whether a tree of `size` leaves with this root has this leaf at `index`, counted from 0.
pub fn includes(
    leaf: &[u8; 32],
    index: u64,
    size: u64,
    proof: &[[u8; 32]],
    root: &[u8; 32],
) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = inner(sibling, &hash);
            // Levels on which the last node has no sibling are passed over.
            while at & 1 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            hash = inner(&hash, sibling);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && hash == *root
}

/// Whether the tree of `to` leaves begins with the one of `from` leaves.
pub fn extends(
    from: u64,
    old_root: &[u8; 32],
    to: u64,
    new_root: &[u8; 32],
    proof: &[[u8; 32]],
) -> bool {
    if from > to {
        return false;
    }
    if from == to {
        return proof.is_empty() && old_root == new_root;
    }
    if from == 0 {
        return proof.is_empty() && *old_root == EMPTY;
    }
    // A whole old tree is its own first hash.
    let mut hashes = proof.iter();
    let first = if from.is_power_of_two() { Some(old_root) } else { hashes.next() };
    let Some(first) = first else { return false };
    let (mut at, mut last) = (from - 1, to - 1);
    while at & 1 == 1 {
        (at, last) = (at >> 1, last >> 1);
    }
    let (mut old, mut new) = (*first, *first);
    for hash in hashes {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            old = inner(hash, &old);
            new = inner(hash, &new);
            while at & 1 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            new = inner(&new, hash);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && old == *old_root && new == *new_root
}
