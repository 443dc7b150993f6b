//! Explaining out of the log: its events are read page by page, none is kept that is not shown.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use ledger::{
    recorded::Recorded,
    store::{Ledger, Stored, rows::COLUMNS, tenant_snapshot},
    values::OrgId,
};

use super::{Explanation, Figure, Part, Shares, Stream, Tracing, View};
use crate::engine::{EngineError, Folded, ReadModel, fold, log};

const READING: &str = "reading the log for an explanation";

/// One org's log up to a position.
#[derive(Clone, Copy)]
pub struct Log<'a> {
    /// Where it is.
    pub ledger: &'a Ledger,
    /// Whose.
    pub org: OrgId,
    /// Up to and with this position.
    pub position: i64,
}

impl Log<'_> {
    /// The shares of a figure.
    ///
    /// # Errors
    ///
    /// [`EngineError`] when the database fails, or an event cannot be read that matters.
    pub async fn shares(&self, figure: &Figure) -> Result<Shares, EngineError> {
        let mut by_stream: BTreeMap<Option<Stream>, Vec<Traced<'_>>> = BTreeMap::new();
        for (part, sign) in figure.parts() {
            let traced = (part.as_ref(), part.tracing(*sign));
            by_stream.entry(part.stream()).or_default().push(traced);
        }
        let mut rows = Vec::new();
        for (stream, mut parts) in by_stream {
            let hears: Vec<&dyn Part> = parts.iter().map(|(part, _)| *part).collect();
            let heard = |name: &str| hears.iter().any(|part| part.hears(name));
            self.each(stream, &heard, |event| {
                for (part, tracing) in &mut parts {
                    if part.hears(event.event.name()) {
                        tracing.hear(event);
                    }
                }
            })
            .await?;
            rows.extend(parts.into_iter().flat_map(|(_, tracing)| tracing.rows()));
        }
        Ok(Shares::new(self.position, rows))
    }

    /// A stretch of the tree, with the events that it shows.
    ///
    /// # Errors
    ///
    /// As [`Log::shares`].
    pub async fn tree(&self, shares: &Shares, view: &View) -> Result<Explanation, EngineError> {
        let positions = shares.positions(view);
        let sql = format!(
            "select {COLUMNS}\nfrom events\nwhere org_id = $1 and position = any($2)\n\
             order by position"
        );
        let mut events = Vec::with_capacity(positions.len());
        self.read(&sql, &[&self.org.0, &positions], |event| events.push(event.clone())).await?;
        Ok(shares.tree(view, &events))
    }

    async fn each(
        &self,
        stream: Option<Stream>,
        heard: &(dyn Fn(&str) -> bool + Sync),
        hear: impl FnMut(&Recorded) + Send,
    ) -> Result<(), EngineError> {
        let (ignored, known) = log::ignored(heard);
        let (kind, id) = stream.unzip();
        let which = match stream {
            Some(_) => "and aggregate_type = $5 and aggregate_id = $6",
            None => "and $5::text is null and $6::uuid is null",
        };
        let sql = format!(
            "select {COLUMNS}\nfrom events\nwhere org_id = $1 and position <= $2 {which}\n\
             and (event_type <> all($3) or event_version > $4)\norder by position"
        );
        self.read(&sql, &[&self.org.0, &self.position, &ignored, &known, &kind, &id], hear).await
    }

    async fn read(
        &self,
        sql: &str,
        values: &[&(dyn postgres_types::ToSql + Sync)],
        mut hear: impl FnMut(&Recorded) + Send,
    ) -> Result<(), EngineError> {
        let failed = || EngineError::database(READING);
        let mut client = self.ledger.app_pool().get().await.map_err(EngineError::pool(READING))?;
        let snapshot = tenant_snapshot(&mut client, self.org).await?;
        let statement = snapshot.prepare_cached(sql).await.map_err(failed())?;
        let values = values.iter().copied();
        let rows = snapshot.query_raw(&statement, values).await.map_err(failed())?;
        let mut rows = std::pin::pin!(rows);
        while let Some(row) = rows.try_next().await.map_err(failed())? {
            let stored = Stored::from_row(&row)?;
            let (org, position) = (self.org, stored.position);
            let unread = |source| EngineError::Decode { org, position, source };
            hear(&stored.decode().map_err(unread)?);
        }
        Ok(())
    }
}

type Traced<'p> = (&'p dyn Part, Box<dyn Tracing + 'p>);

/// The rows of a read model as of the log's position: what a figure is selected by.
///
/// # Errors
///
/// As [`Log::shares`].
pub async fn prefix<M: ReadModel>(
    log: Log<'_>,
    stream: Option<Stream>,
) -> Result<Folded<M>, EngineError> {
    let mut events = Vec::new();
    log.each(stream, &|name| M::hears(name), |event| {
        if M::hears(event.event.name()) {
            events.push(event.clone());
        }
    })
    .await?;
    Ok(fold::<M>(&events))
}
