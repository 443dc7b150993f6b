//! Whether tiles and checkpoints in the database are those of the log.

use std::collections::{HashMap, VecDeque};

use ledger::proof::{NoteError, Tile, Tiler, VerifierKey, open, unverified, width_of};
use ledger::store::Ledger;
use ledger::store::notary::{Kept, checkpoints_after, latest, tiles_of_level};
use ledger::values::OrgId;

use super::Tree;

/// Follows a log beside its verification, and compares what is kept of its tree.
pub(super) struct KeptTree<'a> {
    ledger: &'a Ledger,
    org: OrgId,
    known: &'a [VerifierKey],
    tiler: Tiler,
    /// How far the last checkpoint goes; tiles are kept up to there.
    signed: i64,
    /// The next checkpoints, the smallest first.
    checkpoints: VecDeque<Kept>,
    /// By level: the next tiles, each with the root that is kept beside it.
    tiles: HashMap<u8, VecDeque<(Tile, [u8; 32])>>,
    found: Tree,
}

impl<'a> KeptTree<'a> {
    /// Before the first event.
    pub(super) async fn new(
        ledger: &'a Ledger,
        org: OrgId,
        known: &'a [VerifierKey],
    ) -> anyhow::Result<Self> {
        let signed = latest(ledger, org).await?.map_or(0, |kept| kept.size);
        let checkpoints = checkpoints_after(ledger, org, (0, "")).await?.into();
        Ok(Self {
            ledger,
            org,
            known,
            tiler: Tiler::default(),
            signed,
            checkpoints,
            tiles: HashMap::new(),
            found: Tree::default(),
        })
    }

    /// Takes the next leaves; inside, what does not fit, position first.
    pub(super) async fn follow(
        &mut self,
        leaves: &[[u8; 32]],
    ) -> anyhow::Result<Result<(), String>> {
        for leaf in leaves {
            for tile in self.tiler.push(*leaf) {
                if let Err(damage) = self.compare_tile(&tile).await? {
                    return Ok(Err(damage));
                }
            }
            while self.checkpoints.front().is_some_and(|kept| kept.size == self.size()) {
                let Some(kept) = self.checkpoints.pop_front() else { break };
                if let Err(damage) = self.compare_checkpoint(&kept) {
                    return Ok(Err(damage));
                }
                if self.checkpoints.is_empty() && kept.size <= self.signed {
                    let after = (kept.size, kept.key_id.as_str());
                    self.checkpoints =
                        checkpoints_after(self.ledger, self.org, after).await?.into();
                }
            }
        }
        Ok(Ok(()))
    }

    /// At the end of the log nothing may be left over.
    pub(super) async fn finish(mut self) -> anyhow::Result<Result<Tree, String>> {
        let next = self.size() + 1;
        // One that was signed while we verified is another run's business.
        if let Some(kept) = self.checkpoints.front().filter(|kept| kept.size <= self.signed) {
            return Ok(Err(format!(
                "position {next}: missing, although a checkpoint was signed at {}: the log was cut",
                kept.size
            )));
        }
        for level in 0..8 {
            let width = width_of(level, self.tiler.size()) / 256;
            let from = i64::try_from(width)?;
            let beyond = tiles_of_level(self.ledger, self.org, level, from).await?;
            let last = i64::try_from(width_of(level, u64::try_from(self.signed)?) / 256)?;
            if beyond.iter().any(|(tile, _)| i64::try_from(tile.index).is_ok_and(|i| i < last)) {
                return Ok(Err(format!("position {next}: missing, although a tile covers it")));
            }
        }
        Ok(Ok(std::mem::take(&mut self.found)))
    }

    fn size(&self) -> i64 {
        i64::try_from(self.tiler.size()).unwrap_or(i64::MAX)
    }

    async fn compare_tile(&mut self, tile: &Tile) -> anyhow::Result<Result<(), String>> {
        // Beyond the last checkpoint none is kept yet.
        if self.size() > self.signed {
            return Ok(Ok(()));
        }
        let next = self.tiles.entry(tile.level).or_default();
        if next.is_empty() {
            let index = i64::try_from(tile.index)?;
            *next = tiles_of_level(self.ledger, self.org, tile.level, index).await?.into();
        }
        let fits =
            next.pop_front().is_some_and(|(kept, root)| kept == *tile && root == tile.root());
        self.found.tiles += 1;
        let (level, index, size) = (tile.level, tile.index, self.size());
        Ok(if fits {
            Ok(())
        } else {
            Err(format!("position {size}: tile {index} of level {level} is not the log's"))
        })
    }

    fn compare_checkpoint(&mut self, kept: &Kept) -> Result<(), String> {
        let size = kept.size;
        let damaged = |what: String| Err(format!("position {size}: {what}"));
        let checkpoint = match unverified(&kept.note) {
            Ok(checkpoint) => checkpoint,
            Err(error) => return damaged(error.to_string()),
        };
        let is_its_own = checkpoint.org() == Some(self.org)
            && i64::try_from(checkpoint.size) == Ok(size)
            && checkpoint.root == kept.root;
        if !is_its_own {
            return damaged("the checkpoint kept here is another one's".to_owned());
        }
        if checkpoint.root != self.tiler.root() {
            return damaged("the log up to here is not the one that was signed".to_owned());
        }
        match open(&kept.note, self.known) {
            Ok(_) => self.found.signed += 1,
            Err(error @ NoteError::UnknownKey { .. }) => {
                self.found.strange.get_or_insert(error.to_string());
            }
            Err(error) => return damaged(error.to_string()),
        }
        Ok(())
    }
}
