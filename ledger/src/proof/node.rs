//! Which nodes of the tree a proof is made of.
//!
//! A node is a whole subtree of `2^level` leaves. Every hash of a proof is the root of a stretch
//! of leaves, and every such stretch is one whole subtree, or several side by side.

use super::tree::inner;

/// A whole subtree: leaves `index · 2^level` up to `(index + 1) · 2^level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Node {
    /// How high it stands; leaves are at 0.
    pub level: u8,
    /// Which one of its level, from the left, from 0.
    pub index: u64,
}

/// The hashes of a proof, each as the nodes it is folded from, the leftmost first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    steps: Vec<Vec<Node>>,
}

impl Plan {
    /// That a leaf is in a tree (RFC 9162, 2.1.3.1); `None` where it is not.
    pub fn inclusion(leaf: u64, size: u64) -> Option<Self> {
        if leaf >= size {
            return None;
        }
        let mut steps = Vec::new();
        path(leaf, 0, size, &mut steps);
        Some(Self { steps })
    }

    /// That a tree begins with another one (RFC 9162, 2.1.4.1); `None` where it is smaller.
    ///
    /// Of nothing, and of the same tree, nothing has to be proved.
    pub fn consistency(from: u64, to: u64) -> Option<Self> {
        if from > to {
            return None;
        }
        let mut steps = Vec::new();
        if from > 0 && from < to {
            subproof(from, 0, to, true, &mut steps);
        }
        Some(Self { steps })
    }

    /// The root of a tree with leaves.
    pub fn root(size: u64) -> Option<Self> {
        (size > 0).then(|| Self { steps: vec![stretch(0, size)] })
    }

    /// Every node whose hash is needed.
    pub fn nodes(&self) -> impl Iterator<Item = Node> {
        self.steps.iter().flatten().copied()
    }

    /// The proof, from the hashes of its nodes; `None` where one of them is not known.
    pub fn work_out(&self, hash: impl Fn(Node) -> Option<[u8; 32]>) -> Option<Vec<[u8; 32]>> {
        self.steps
            .iter()
            .map(|nodes| {
                let mut nodes = nodes.iter().rev();
                let last = hash(*nodes.next()?)?;
                nodes.try_fold(last, |right, left| Some(inner(&hash(*left)?, &right)))
            })
            .collect()
    }
}

/// The path of a leaf within the tree over `[first, first + count)`.
fn path(leaf: u64, first: u64, count: u64, steps: &mut Vec<Vec<Node>>) {
    if count == 1 {
        return;
    }
    let left = split(count);
    if leaf - first < left {
        path(leaf, first, left, steps);
        steps.push(stretch(first + left, count - left));
    } else {
        path(leaf, first + left, count - left, steps);
        steps.push(stretch(first, left));
    }
}

/// RFC 9162, SUBPROOF: `whole` while the old tree's root is known to whoever asks.
fn subproof(old: u64, first: u64, count: u64, whole: bool, steps: &mut Vec<Vec<Node>>) {
    if old == count {
        if !whole {
            steps.push(stretch(first, count));
        }
        return;
    }
    let left = split(count);
    if old <= left {
        subproof(old, first, left, whole, steps);
        steps.push(stretch(first + left, count - left));
    } else {
        subproof(old - left, first + left, count - left, false, steps);
        steps.push(stretch(first, left));
    }
}

/// The largest power of two below `count`, which is at least two.
fn split(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}

/// The whole subtrees that leaves `[first, first + count)` fall into, the largest first.
fn stretch(mut first: u64, mut count: u64) -> Vec<Node> {
    let mut nodes = Vec::new();
    while count > 0 {
        let level = count.ilog2();
        // Below 64, so it fits.
        nodes.push(Node { level: level.to_le_bytes()[0], index: first >> level });
        first += 1 << level;
        count -= 1 << level;
    }
    nodes
}
