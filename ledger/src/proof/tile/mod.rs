//! The tree in tiles of 256 hashes (C2SP `tlog-tiles`), so that a proof of any size is a handful
//! of reads.
//!
//! A tile at level 0 holds leaves; one at level `l` holds the roots of 256 tiles of the level
//! below. Only whole tiles are kept: they never change.

use std::collections::BTreeMap;

use super::{Node, tree::inner};

/// Hashes of a whole tile.
pub const WIDTH: u64 = 256;

/// Levels of the tree in one tile.
const HEIGHT: u8 = 8;

/// A whole tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// 0 for leaves.
    pub level: u8,
    /// Which one of its level, from the left, from 0.
    pub index: u64,
    /// [`WIDTH`] of them.
    pub hashes: Vec<[u8; 32]>,
}

impl Tile {
    /// What the tile comes to: its place in the tile above.
    pub fn root(&self) -> [u8; 32] {
        whole(&self.hashes).unwrap_or_default()
    }
}

/// A stretch of hashes of one level of tiles, all within one tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The tiles' level.
    pub level: u8,
    /// The first hash, counted along the level.
    pub first: u64,
    /// How many.
    pub count: u64,
}

impl Span {
    /// The hashes that a node is worked out from.
    pub fn of(node: Node) -> Self {
        let below = node.level % HEIGHT;
        Self { level: node.level / HEIGHT, first: node.index << below, count: 1 << below }
    }

    /// The tile that it is in.
    pub const fn tile(self) -> u64 {
        self.first / WIDTH
    }
}

/// How many hashes a level of tiles has in a tree of `size` leaves.
pub const fn width_of(level: u8, size: u64) -> u64 {
    let shift = level as u32 * HEIGHT as u32;
    if shift < u64::BITS { size >> shift } else { 0 }
}

/// Hashes that were read, to work nodes out from.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    spans: BTreeMap<(u8, u64), [u8; 32]>,
}

impl Shelf {
    /// Puts hashes of a level where they belong; `first` is the place of the first.
    pub fn put(&mut self, level: u8, first: u64, hashes: impl IntoIterator<Item = [u8; 32]>) {
        self.spans.extend((first..).zip(hashes).map(|(place, hash)| ((level, place), hash)));
    }

    /// A node's hash; `None` where not all that it needs was put here.
    pub fn node(&self, node: Node) -> Option<[u8; 32]> {
        let Span { level, first, count } = Span::of(node);
        let places = first..first + count;
        let hashes: Option<Vec<_>> =
            places.map(|place| self.spans.get(&(level, place)).copied()).collect();
        whole(&hashes?)
    }
}

/// The tiles of a tree as it grows, and its root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tiler {
    size: u64,
    /// By level: the hashes of the tile that is not whole yet.
    open: Vec<Vec<[u8; 32]>>,
}

impl Tiler {
    /// Which hashes [`Tiler::resume`] wants of a tree of `size` leaves, level by level. Of
    /// levels above 0 they are the roots of tiles of the level below.
    pub fn open_spans(size: u64) -> Vec<Span> {
        let levels = (0..=7).take_while(|level| width_of(*level, size) > 0);
        levels
            .map(|level| {
                let width = width_of(level, size);
                let count = width % WIDTH;
                Span { level, first: width - count, count }
            })
            .collect()
    }

    /// Goes on where a tree of `size` leaves ended; `None` where the hashes are not those of
    /// [`Tiler::open_spans`].
    pub fn resume(size: u64, open: Vec<Vec<[u8; 32]>>) -> Option<Self> {
        let spans = Self::open_spans(size);
        let counts = open.iter().map(|hashes| u64::try_from(hashes.len()).ok());
        let fits = counts.eq(spans.iter().map(|span| Some(span.count)));
        fits.then_some(Self { size, open })
    }

    /// Adds a leaf; answers the tiles that are whole with it, the lowest first.
    pub fn push(&mut self, leaf: [u8; 32]) -> Vec<Tile> {
        let (mut whole, mut next, mut level) = (Vec::new(), leaf, 0_u8);
        self.size += 1;
        loop {
            let place = usize::from(level);
            if self.open.len() == place {
                self.open.push(Vec::new());
            }
            self.open[place].push(next);
            if self.open[place].len() < WIDTH as usize {
                return whole;
            }
            let hashes = std::mem::take(&mut self.open[place]);
            let index = width_of(level, self.size) / WIDTH - 1;
            let tile = Tile { level, index, hashes };
            next = tile.root();
            whole.push(tile);
            level += 1;
        }
    }

    /// How many leaves.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The Merkle tree hash; of no leaves it is the hash of nothing.
    pub fn root(&self) -> [u8; 32] {
        let peaks = self.open.iter().rev().flat_map(|hashes| peaks(hashes));
        let peaks: Vec<_> = peaks.collect();
        let mut peaks = peaks.into_iter().rev();
        match peaks.next() {
            Some(last) => peaks.fold(last, |right, left| inner(&left, &right)),
            None => super::tree::EMPTY,
        }
    }
}

/// The roots of the whole subtrees side by side, the largest first.
fn peaks(mut hashes: &[[u8; 32]]) -> Vec<[u8; 32]> {
    let mut peaks = Vec::new();
    while !hashes.is_empty() {
        let (first, rest) = hashes.split_at(1 << hashes.len().ilog2());
        peaks.extend(whole(first));
        hashes = rest;
    }
    peaks
}

/// The root of a whole subtree: of one, two, four, … hashes.
fn whole(hashes: &[[u8; 32]]) -> Option<[u8; 32]> {
    match hashes {
        [] => None,
        [only] => Some(*only),
        _ => {
            let (left, right) = hashes.split_at(hashes.len() / 2);
            Some(inner(&whole(left)?, &whole(right)?))
        }
    }
}

#[cfg(test)]
mod tests;
