//! The three sides, put beside each other.

use std::collections::HashMap;

use ledger::{
    reconciliation::{
        Difference, Facts, Line, LineKind, NamedLine, Statement, Terms, compare_rows, entry_id,
    },
    store::{
        Ledger, StoreError, account_id,
        inbox::{Link, find_links},
    },
    subscription::{Subscription, SubscriptionError},
    values::{CycleRule, OrgId, Sealed},
};
use projections::{
    engine::Snapshot,
    reconciliation::{invoice_rows, payment_rows},
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Order, RunError};

/// Events, references or links that are read at a time.
const PORTION: i64 = 2_000;
const CHUNK: usize = 1_000;

/// Everything that is compared.
pub(super) struct Sides {
    pub(super) facts: Facts,
    pub(super) lines: Vec<NamedLine>,
    pub(super) foreign: usize,
    pub(super) of_rows: Vec<Difference>,
    pub(super) terms: Terms,
    pub(super) position: i64,
    pub(super) read_models_at: i64,
    pub(super) today: Date,
}

pub(super) async fn gather(
    ledger: &Ledger,
    order: &Order,
    statement: Statement,
    heard: &(dyn Fn(i64) + Send + Sync),
) -> Result<Sides, RunError> {
    let org = order.org;
    let (account, _) = ledger.load::<Subscription>(org, account_id(org)).await?;
    let rule = account.cycle_rule().cloned().ok_or(SubscriptionError::Unknown)?;
    // The read models first: the log read after them knows everything that they know.
    let snapshot = Snapshot::open(ledger.app_pool(), org).await?;
    let (payments, payments_at) = payment_rows(&snapshot).await?;
    let (invoices, invoices_at) = invoice_rows(&snapshot).await?;
    snapshot.close().await?;
    let mut log = Log { ledger, org, heard, facts: Facts::default(), position: 0 };
    let first = payments_at.min(invoices_at);
    log.read_to(Some(first)).await?;
    let early = log.facts.clone();
    log.read_to(Some(payments_at.max(invoices_at))).await?;
    let (of_payments, of_invoices) =
        if payments_at <= invoices_at { (&early, &log.facts) } else { (&log.facts, &early) };
    let of_rows = compare_rows((of_payments, &payments), (of_invoices, &invoices));
    drop(early);
    log.read_to(None).await?;
    let Log { mut facts, position, .. } = log;
    name_references(ledger, order, &mut facts).await?;
    let today = day_of(&rule, ledger.clock().now());
    let (lines, foreign) = name_lines(ledger, order, &rule, statement).await?;
    let terms = terms(order, &lines, today);
    Ok(Sides { facts, lines, foreign, of_rows, terms, position, read_models_at: first, today })
}

/// What is covered: as the caller says, or from the first line's day to the last one's.
fn terms(order: &Order, lines: &[NamedLine], today: Date) -> Terms {
    let first = lines.iter().map(|named| named.on).min();
    let last = lines.iter().map(|named| named.on).max();
    let from = order.from.or(first).unwrap_or(today);
    let through = order.through.or(last).unwrap_or(today);
    Terms { from, through, days: order.days }
}

fn day_of(rule: &CycleRule, at: OffsetDateTime) -> Date {
    rule.local_day(at).unwrap_or(at.date())
}

/// The log, read up to a position and then on.
struct Log<'a> {
    ledger: &'a Ledger,
    org: OrgId,
    heard: &'a (dyn Fn(i64) + Send + Sync),
    facts: Facts,
    position: i64,
}

impl Log<'_> {
    async fn read_to(&mut self, last: Option<i64>) -> Result<(), StoreError> {
        loop {
            let left = last.map_or(PORTION, |last| last - self.position);
            if left <= 0 {
                return Ok(());
            }
            let page = self.ledger.read(self.org, self.position, left.min(PORTION)).await?;
            let Some(end) = page.last().map(|stored| stored.position) else { return Ok(()) };
            for stored in page {
                if Facts::hears(&stored.event_type) {
                    self.facts.hear(&stored.decode().map_err(StoreError::from)?);
                }
            }
            self.position = end;
            (self.heard)(end);
        }
    }
}

/// Opens what payments and entries are known by, and names it as webhooks name objects.
async fn name_references(
    ledger: &Ledger,
    order: &Order,
    facts: &mut Facts,
) -> Result<(), StoreError> {
    let org = order.org;
    // What is sealed for somebody else is about a person, and is not opened here.
    let own = ledger.names().subject(org, "org", &org.to_string());
    let known: Vec<((LineKind, Uuid, u32), Sealed<String>)> = facts
        .references()
        .filter(|(_, sealed)| sealed.subject == own)
        .map(|(key, sealed)| (key, sealed.clone()))
        .collect();
    for chunk in known.chunks(CHUNK) {
        let sealed: Vec<&Sealed<String>> = chunk.iter().map(|(_, sealed)| sealed).collect();
        let opened = ledger.keyring().open_many(org, &sealed).await?;
        for ((key, _), plain) in chunk.iter().zip(opened) {
            if let Some(plain) = plain {
                facts.name(*key, object(ledger, order, &plain));
            }
        }
    }
    Ok(())
}

/// The name of a provider's object, as `receipts` names it.
fn object(ledger: &Ledger, order: &Order, id: &str) -> Uuid {
    ledger.names().blind(order.org, &format!("{}.object", order.provider), id)
}

/// Names the lines that are this org's, and links them with what webhooks told of their objects.
async fn name_lines(
    ledger: &Ledger,
    order: &Order,
    rule: &CycleRule,
    statement: Statement,
) -> Result<(Vec<NamedLine>, usize), StoreError> {
    let whole = statement.lines.len();
    let is_ours = |line: &Line| line.org.is_none_or(|org| org == order.org);
    let name = |id: &str| object(ledger, order, id);
    let mut lines: Vec<NamedLine> = Vec::with_capacity(whole);
    for line in statement.lines.into_iter().filter(is_ours) {
        let on = day_of(rule, line.created);
        let mut named = NamedLine::new(line, on, name);
        // Entries are booked under ids that follow from these names.
        named.names.push(entry_id(order.org, named.line.kind, named.object));
        named.names.push(entry_id(order.org, LineKind::Fee, named.name));
        lines.push(named);
    }
    for chunk in lines.chunks_mut(CHUNK) {
        link(ledger, order, chunk).await?;
    }
    let foreign = whole - lines.len();
    Ok((lines, foreign))
}

async fn link(ledger: &Ledger, order: &Order, lines: &mut [NamedLine]) -> Result<(), StoreError> {
    let of_line = |named: &NamedLine| -> Vec<Uuid> {
        let references = named.line.references.iter().map(|id| object(ledger, order, id));
        std::iter::once(named.object).chain(references).collect()
    };
    let names: Vec<Uuid> = lines.iter().flat_map(of_line).collect();
    let links = find_links(ledger, order.org, order.provider, &names).await?;
    let links: HashMap<Uuid, Link> =
        links.into_iter().map(|link| (link.object_ref, link)).collect();
    for named in lines {
        for name in of_line(named) {
            let Some(link) = links.get(&name) else { continue };
            named.payment_id = named.payment_id.or(link.payment_id);
            named.invoice_id = named.invoice_id.or(Some(link.invoice_id));
        }
    }
    Ok(())
}
