//! What the API asks about invoices.

use ledger::{
    invoice::{InvoiceType, Status},
    values::{InvoiceId, Money, Rate, Sealed},
};
use time::{Date, OffsetDateTime};

use super::{Invoices, Row};
use crate::{
    answers::{money, read, sealed},
    engine::{EngineError, Snapshot, Word, Worded},
};

/// One invoice, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Invoice {
    /// Which.
    pub invoice_id: InvoiceId,
    /// What kind.
    pub invoice_type: InvoiceType,
    /// Where it stands.
    pub status: Status,
    /// Gapless number, once issued.
    pub number: Option<String>,
    /// First day it covers, and first day after.
    pub period: Option<(Date, Date)>,
    /// Days from issue to due date.
    pub payment_terms_days: i32,
    /// Sum of the lines.
    pub subtotal: Money,
    /// Sum of the lines with a rate above zero.
    pub taxable_subtotal: Money,
    /// Sum of the taxes.
    pub tax: Money,
    /// Subtotal and tax.
    pub total: Money,
    /// Settled, credits of other invoices included.
    pub paid: Money,
    /// Still owed; zero before it is issued.
    pub balance: Money,
    /// Overpaid, neither applied elsewhere nor refunded.
    pub credit: Money,
    /// Given up.
    pub written_off: Money,
    /// Refunds granted and not taken back.
    pub refunded: Money,
    /// Taken back by credit notes that stand.
    pub credited: Money,
    /// In dispute: the customer's bank has it.
    pub disputed: Money,
    /// Lost in disputes and given up.
    pub charged_back: Money,
    /// Lines that stand on it.
    pub line_count: i64,
    /// The rate of lines that follow the account's configuration.
    pub configured_rate: Option<Rate>,
    /// Which tax law it was issued under.
    pub jurisdiction: Option<String>,
    /// The day it was issued.
    pub issued_on: Option<Date>,
    /// When payment is due.
    pub due_on: Option<Date>,
    /// When it went out.
    pub sent_at: Option<OffsetDateTime>,
    /// The day it was voided.
    pub canceled_on: Option<Date>,
    /// When it was begun.
    pub created_at: OffsetDateTime,
    /// When it changed last.
    pub updated_at: OffsetDateTime,
    /// The stream's version, for `ETag`.
    pub version: i64,
    /// Where it was begun: the key that lists go by.
    pub opened_position: i64,
    /// The caller's own id of the customer, sealed.
    pub customer_id: Option<Sealed<String>>,
    /// The payment provider's id, sealed.
    pub provider_invoice_id: Option<Sealed<String>>,
}

impl Invoice {
    /// Whether money is owed past the due date, noted or not.
    pub fn is_overdue(&self, today: Date) -> bool {
        let open = matches!(
            self.status,
            Status::Sent | Status::Partial | Status::Overdue | Status::Failed
        );
        open && self.balance.is_positive() && self.due_on.is_some_and(|due_on| due_on < today)
    }
}

/// Which invoices a list is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only in these states; any without.
    pub statuses: Vec<Status>,
    /// Only of this kind.
    pub invoice_type: Option<InvoiceType>,
    /// Only with a first day (of the period, or else when it was begun) at or after this one.
    pub from: Option<Date>,
    /// Only with a first day at or before this one.
    pub to: Option<Date>,
    /// Only the one of this number.
    pub number: Option<String>,
}

/// One invoice, or `None`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn get(snapshot: &Snapshot, id: InvoiceId) -> Result<Option<Invoice>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand invoice_id = $2";
    let rows = snapshot.ask::<Invoices>(sql, &[&snapshot.org().0, &id.uuid()]).await?;
    Ok(answers(&rows)?.pop())
}

/// Issued invoices that owe money past their due date and are not marked so, by id, after the
/// one at `after`, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn falling_overdue(
    snapshot: &Snapshot,
    today: Date,
    after: Option<InvoiceId>,
    limit: i64,
) -> Result<Vec<InvoiceId>, EngineError> {
    let after = after.map(InvoiceId::uuid);
    let values: [&(dyn postgres_types::ToSql + Sync); 4] =
        [&snapshot.org().0, &today, &after, &limit];
    let rows = snapshot.ask::<Invoices>(include_str!("falling_overdue.sql"), &values).await?;
    rows.iter()
        .map(|row| row.try_get(0).map(InvoiceId::new))
        .collect::<Result<_, _>>()
        .map_err(EngineError::database("listing invoices that fall overdue"))
}

/// Invoices, the latest begun first, after the one begun at `after`, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn list(
    snapshot: &Snapshot,
    filter: &Filter,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<Invoice>, EngineError> {
    let statuses: Vec<&str> = filter.statuses.iter().map(Worded::word).collect();
    let kind = filter.invoice_type.as_ref().map(Worded::word);
    let org = snapshot.org().0;
    let Filter { from, to, number, .. } = filter;
    let values: [&(dyn postgres_types::ToSql + Sync); 8] =
        [&org, &statuses, &kind, &after, &limit, from, to, number];
    answers(&snapshot.ask::<Invoices>(include_str!("list.sql"), &values).await?)
}

pub(super) fn answers(rows: &[tokio_postgres::Row]) -> Result<Vec<Invoice>, EngineError> {
    read::<Row>(rows)?.into_iter().map(answer).collect()
}

fn answer(row: Row) -> Result<Invoice, EngineError> {
    let money = |minor| money(minor, row.currency);
    Ok(Invoice {
        invoice_id: InvoiceId::new(row.invoice_id),
        invoice_type: row.invoice_type.0,
        status: row.status.0,
        period: row.period_starts_on.zip(row.period_ends_on),
        payment_terms_days: row.payment_terms_days,
        subtotal: money(row.subtotal_minor),
        taxable_subtotal: money(row.taxable_subtotal_minor),
        tax: money(row.tax_minor),
        total: money(row.total_minor),
        paid: money(row.paid_minor),
        balance: money(row.balance_minor),
        credit: money(row.credit_minor),
        written_off: money(row.written_off_minor),
        refunded: money(row.refunded_minor),
        credited: money(row.credited_minor),
        disputed: money(row.disputed_minor),
        charged_back: money(row.charged_back_minor),
        line_count: row.line_count,
        configured_rate: row.configured_rate.as_deref().and_then(|rate| rate.parse().ok()),
        customer_id: sealed(row.customer_id.as_deref())?,
        provider_invoice_id: sealed(row.provider_invoice_id.as_deref())?,
        number: row.number,
        jurisdiction: row.jurisdiction,
        issued_on: row.issued_on,
        due_on: row.due_on,
        sent_at: row.sent_at,
        canceled_on: row.canceled_on,
        created_at: row.created_at,
        updated_at: row.updated_at,
        version: row.version,
        opened_position: row.opened_position,
    })
}

/// How many invoices stand where, by the status's word.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn by_status(snapshot: &Snapshot) -> Result<Vec<(Status, i64)>, EngineError> {
    let rows =
        snapshot.ask::<Invoices>(include_str!("by_status.sql"), &[&snapshot.org().0]).await?;
    rows.iter()
        .map(|row| Ok((row.try_get::<_, Word<Status>>("status")?.0, row.try_get("invoice_count")?)))
        .collect::<Result<_, _>>()
        .map_err(EngineError::database("counting invoices"))
}
