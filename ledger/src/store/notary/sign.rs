//! Following a log and signing how far it goes.

use data_encoding::HEXLOWER;
use deadpool_postgres::Client;
use tokio_postgres::IsolationLevel;

use super::{
    super::{Ledger, StoreError, Stored, rows},
    NotaryError,
    hashes::{number, one_by_one},
    kept::{Kept, furthest},
};
use crate::{
    proof::{CheckpointKey, Tile, Tiler, VerifierKey, is_intact, open, sign},
    values::OrgId,
};

/// Events followed before a checkpoint is signed in between.
const STRETCH: i64 = 20_000;

/// Events read at a time.
const PAGE: i64 = 1_000;

/// Who signs, and whose checkpoints are believed.
#[derive(Debug, Clone)]
pub struct Signers {
    /// Signs.
    pub key: CheckpointKey,
    /// Signed before.
    pub retired: Vec<VerifierKey>,
}

impl Signers {
    /// The public keys of all of them, the present one first.
    pub fn known(&self) -> Vec<VerifierKey> {
        std::iter::once(self.key.verifier()).chain(self.retired.iter().cloned()).collect()
    }

    fn key_id(&self, org: OrgId) -> String {
        HEXLOWER.encode(&self.key.verifier().of_log(org).id())
    }
}

/// Follows an org's log from its last checkpoint up to its head, keeps the tiles that are whole
/// by then and signs. Answers the last checkpoint that it signed; none where all was signed.
///
/// # Errors
///
/// [`NotaryError`]; then what was signed before stands, and nothing more is.
pub async fn sign_head(
    ledger: &Ledger,
    org: OrgId,
    signers: &Signers,
) -> Result<Option<Kept>, NotaryError> {
    let mut signed = None;
    while let Some(kept) = sign_stretch(ledger, org, signers).await? {
        signed = Some(kept);
    }
    Ok(signed)
}

async fn sign_stretch(
    ledger: &Ledger,
    org: OrgId,
    signers: &Signers,
) -> Result<Option<Kept>, NotaryError> {
    let doing = "following a log to sign it";
    let mut client = ledger.relay_pool().get().await.map_err(StoreError::pool(doing))?;
    let head = head(&client, org).await?;
    let last = furthest(&client, org).await?;
    let size = last.as_ref().map_or(0, |kept| kept.size);
    let is_ours = last.as_ref().is_none_or(|kept| kept.key_id == signers.key_id(org));
    if head == size && is_ours {
        return Ok(None);
    }
    let until = head.min(size + STRETCH);
    let mut tiler = resume(&mut client, org, last.as_ref(), signers).await?;
    let mut tiles = Vec::new();
    let mut at = size;
    while at < until {
        let page = events(&client, org, at, PAGE.min(until - at)).await?;
        if page.is_empty() {
            return Err(NotaryError::Damaged { position: at + 1, what: "the event is missing" });
        }
        // Hashing is work, and this may run beside requests.
        tokio::task::yield_now().await;
        for stored in page {
            let expected = at + 1;
            if stored.position != expected || !is_intact(&stored) {
                let what = "the event is not the one that was hashed, or one is missing";
                return Err(NotaryError::Damaged { position: expected, what });
            }
            tiles.extend(tiler.push(stored.leaf_hash));
            at = expected;
        }
    }
    let kept = Kept {
        size: at,
        key_id: signers.key_id(org),
        root: tiler.root(),
        note: sign(&signers.key, org, tiler.size(), tiler.root()),
        signed_at: ledger.clock().now(),
    };
    keep(&mut client, org, &kept, &tiles).await?;
    Ok(Some(kept))
}

/// Takes the tree up where the last checkpoint left it, and does not believe it blindly: its
/// signature is checked, and the hashes that are kept must come to its root.
async fn resume(
    client: &mut Client,
    org: OrgId,
    last: Option<&Kept>,
    signers: &Signers,
) -> Result<Tiler, NotaryError> {
    let Some(last) = last else { return Ok(Tiler::default()) };
    let opened = open(&last.note, &signers.known());
    let opened = opened.map_err(|source| NotaryError::Checkpoint { size: last.size, source });
    let (checkpoint, _) = opened?;
    let broken = |what| NotaryError::Damaged { position: last.size, what };
    if number(checkpoint.size) != last.size || checkpoint.org() != Some(org) {
        return Err(broken("the checkpoint kept here is another one's"));
    }
    // One unchanging view: nothing it reads ever changes, but it must all be there.
    let doing = || StoreError::database("taking a tree up again");
    let snapshot = client
        .build_transaction()
        .isolation_level(IsolationLevel::RepeatableRead)
        .read_only(true)
        .start()
        .await
        .map_err(doing())?;
    let mut levels = Vec::new();
    for span in Tiler::open_spans(checkpoint.size) {
        levels.push(one_by_one(&snapshot, org, span).await?);
    }
    let tiler = Tiler::resume(checkpoint.size, levels);
    let tiler = tiler.ok_or_else(|| broken("tiles are missing"))?;
    if tiler.root() != checkpoint.root {
        return Err(broken("the log up to here is not the one that was signed"));
    }
    Ok(tiler)
}

async fn head(client: &Client, org: OrgId) -> Result<i64, StoreError> {
    let row = client
        .query_opt("select position from org_heads where org_id = $1", &[&org.0])
        .await
        .map_err(StoreError::database("reading a head"))?;
    Ok(row.map_or(0, |row| row.get(0)))
}

async fn events(
    client: &Client,
    org: OrgId,
    after: i64,
    limit: i64,
) -> Result<Vec<Stored>, StoreError> {
    let text = format!(
        "select {} from events where org_id = $1 and position > $2 order by position limit $3",
        rows::COLUMNS
    );
    let failed = || StoreError::database("following a log to sign it");
    let statement = client.prepare_cached(&text).await.map_err(failed())?;
    let rows = client.query(&statement, &[&org.0, &after, &limit]).await.map_err(failed())?;
    rows.iter().map(Stored::from_row).collect()
}

/// Tiles and checkpoint together. Another node may have been faster: it kept the same.
async fn keep(
    client: &mut Client,
    org: OrgId,
    kept: &Kept,
    tiles: &[Tile],
) -> Result<(), StoreError> {
    let failed = || StoreError::database("keeping a checkpoint");
    let transaction = client.transaction().await.map_err(failed())?;
    let levels: Vec<i16> = tiles.iter().map(|tile| i16::from(tile.level)).collect();
    let places: Vec<i64> = tiles.iter().map(|tile| number(tile.index)).collect();
    let roots: Vec<Vec<u8>> = tiles.iter().map(|tile| tile.root().to_vec()).collect();
    let hashes: Vec<Vec<u8>> = tiles.iter().map(|tile| tile.hashes.concat()).collect();
    transaction
        .execute(include_str!("keep_tiles.sql"), &[&org.0, &levels, &places, &roots, &hashes])
        .await
        .map_err(failed())?;
    transaction
        .execute(
            include_str!("keep_checkpoint.sql"),
            &[&org.0, &kept.size, &kept.key_id, &kept.root.as_slice(), &kept.note, &kept.signed_at],
        )
        .await
        .map_err(failed())?;
    transaction.commit().await.map_err(failed())
}
