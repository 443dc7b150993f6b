//! What the API asks about credit notes.

use ledger::values::{Currency, InvoiceId, Money, Sealed};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{CreditNotes, Row};
use crate::{
    answers::{money, read, sealed},
    engine::{EngineError, Snapshot, Word},
    journal::Period,
};

/// One credit note, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct CreditNote {
    /// Which.
    pub credit_note_id: Uuid,
    /// Of which invoice.
    pub invoice_id: InvoiceId,
    /// Gapless number of its own.
    pub number: String,
    /// Revenue taken back.
    pub net: Money,
    /// Tax taken back.
    pub tax: Money,
    /// Net and tax.
    pub total: Money,
    /// How much of the revenue was not earned yet.
    pub deferred: Money,
    /// How much settled what the invoice owed.
    pub applied: Money,
    /// How much was left as the customer's credit.
    pub credited: Money,
    /// Why.
    pub reason_code: String,
    /// The day.
    pub issued_on: Date,
    /// Who issued it.
    pub issued_by: String,
    /// When it was learned.
    pub issued_at: OffsetDateTime,
    /// Where it was issued: the key that lists go by.
    pub issued_position: i64,
    /// Set when it was voided.
    pub voided: Option<Void>,
    /// A remark, sealed.
    pub note: Option<Sealed<String>>,
}

/// How a credit note was voided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Void {
    /// The day.
    pub on: Date,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason_code: String,
}

/// What credit notes took back in a period, in one currency; voided ones give back again on the
/// day they were voided.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// Credit notes issued in it.
    pub issued: i64,
    /// Credit notes voided in it.
    pub voided: i64,
    /// Revenue taken back.
    pub net: Money,
    /// Tax taken back.
    pub tax: Money,
    /// Both.
    pub total: Money,
}

/// One credit note, or `None`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn get(snapshot: &Snapshot, id: Uuid) -> Result<Option<CreditNote>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand credit_note_id = $2";
    let rows = snapshot.ask::<CreditNotes>(sql, &[&snapshot.org().0, &id]).await?;
    read::<Row>(&rows)?.pop().map(answer).transpose()
}

/// Credit notes, the latest first, after the one issued at `after`, at most `limit`; of one
/// invoice if asked.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn list(
    snapshot: &Snapshot,
    invoice: Option<InvoiceId>,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<CreditNote>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\n\
               and ($2::uuid is null or invoice_id = $2)\n\
               and ($3::bigint is null or issued_position < $3)\n\
               order by issued_position desc\nlimit $4";
    let (org, invoice) = (snapshot.org().0, invoice.map(|id| id.uuid()));
    let rows = snapshot.ask::<CreditNotes>(sql, &[&org, &invoice, &after, &limit]).await?;
    read::<Row>(&rows)?.into_iter().map(answer).collect()
}

/// What credit notes took back in a period, by currency. Positions are not asked for: a credit
/// note that was voided later is told as issued and voided.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn taken_back(snapshot: &Snapshot, period: Period) -> Result<Vec<Taken>, EngineError> {
    let org = snapshot.org().0;
    let sql = include_str!("taken_back.sql");
    let rows = snapshot.ask::<CreditNotes>(sql, &[&org, &period.from, &period.until]).await?;
    rows.iter()
        .map(|row| {
            let currency: Word<Currency> = row.try_get("currency")?;
            let sum = |name: &str| row.try_get(name).map(|minor| money(minor, currency));
            Ok(Taken {
                issued: row.try_get("issued")?,
                voided: row.try_get("voided")?,
                net: sum("net_minor")?,
                tax: sum("tax_minor")?,
                total: sum("total_minor")?,
            })
        })
        .collect::<Result<_, _>>()
        .map_err(EngineError::database("adding up credit notes"))
}

fn answer(row: Row) -> Result<CreditNote, EngineError> {
    let money = |minor| money(minor, row.currency);
    let voided = row.voided_on.map(|on| Void {
        on,
        by: row.voided_by.unwrap_or_default(),
        reason_code: row.void_reason_code.unwrap_or_default(),
    });
    Ok(CreditNote {
        credit_note_id: row.credit_note_id,
        invoice_id: InvoiceId::new(row.invoice_id),
        net: money(row.net_minor),
        tax: money(row.tax_minor),
        total: money(row.total_minor),
        deferred: money(row.deferred_minor),
        applied: money(row.applied_minor),
        credited: money(row.credited_minor),
        note: sealed(row.note.as_deref())?,
        number: row.number,
        reason_code: row.reason_code,
        issued_on: row.issued_on,
        issued_by: row.issued_by,
        issued_at: row.issued_at,
        issued_position: row.issued_position,
        voided,
    })
}
