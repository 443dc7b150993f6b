//! Reading hashes of the tree: of whole tiles, of roots of tiles, of events.

use std::collections::BTreeSet;

use deadpool_postgres::GenericClient;
use tokio_postgres::types::ToSql;

use super::{super::StoreError, kept::hash};
use crate::{
    proof::{Shelf, Span, WIDTH, width_of},
    values::OrgId,
};

/// Reads what the spans need; `signed` is how far tiles were kept.
///
/// Whole tiles are read as such, in one query. What is not in one is read hash by hash: leaves
/// from events, roots from the tiles below; never more than 255 of a level.
pub(super) async fn read(
    client: &impl GenericClient,
    org: OrgId,
    signed: u64,
    spans: impl IntoIterator<Item = Span>,
) -> Result<Shelf, StoreError> {
    let (mut whole, mut open) = (BTreeSet::new(), BTreeSet::new());
    for span in spans {
        let (first, width) = (span.tile() * WIDTH, width_of(span.level, signed));
        if first + WIDTH <= width {
            whole.insert((i16::from(span.level), number(span.tile())));
        } else {
            let count = width.saturating_sub(first);
            open.insert(Span { level: span.level, first, count });
        }
    }
    let mut shelf = Shelf::default();
    for span in open {
        shelf.put(span.level, span.first, one_by_one(client, org, span).await?);
    }
    if whole.is_empty() {
        return Ok(shelf);
    }
    let (levels, tiles): (Vec<i16>, Vec<i64>) = whole.into_iter().unzip();
    let text = include_str!("tiles.sql");
    for row in query(client, text, &[&org.0, &levels, &tiles]).await? {
        let (level, tile): (i16, i64) = (row.get(0), row.get(1));
        let hashes: &[u8] = row.get(2);
        let hashes: Result<Vec<_>, _> = hashes.chunks(32).map(hash).collect();
        let level = u8::try_from(level).unwrap_or(u8::MAX);
        shelf.put(level, u64::try_from(tile).unwrap_or(0) * WIDTH, hashes?);
    }
    Ok(shelf)
}

/// The hashes of a span, each from where it stands by itself.
pub(super) async fn one_by_one(
    client: &impl GenericClient,
    org: OrgId,
    span: Span,
) -> Result<Vec<[u8; 32]>, StoreError> {
    let (first, count) = (number(span.first), number(span.count));
    let rows = if span.level == 0 {
        // Leaf 0 is the event at position 1.
        let text = "select leaf_hash from events where org_id = $1 and position > $2 \
                    and position <= $2 + $3 order by position";
        query(client, text, &[&org.0, &first, &count]).await?
    } else {
        let text = "select root from merkle_tiles where org_id = $1 and level = $4 \
                    and index >= $2 and index < $2 + $3 order by index";
        let below = i16::from(span.level - 1);
        query(client, text, &[&org.0, &first, &count, &below]).await?
    };
    if rows.len() as u64 != span.count {
        return Err(StoreError::Damaged("events or tiles are missing".to_owned()));
    }
    rows.iter().map(|row| hash(row.get(0))).collect()
}

async fn query(
    client: &impl GenericClient,
    text: &str,
    values: &[&(dyn ToSql + Sync)],
) -> Result<Vec<tokio_postgres::Row>, StoreError> {
    let failed = || StoreError::database("reading hashes");
    let statement = client.prepare_cached(text).await.map_err(failed())?;
    client.query(&statement, values).await.map_err(failed())
}

pub(super) fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
