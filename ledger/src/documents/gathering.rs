//! An invoice's paper, gathered from its own history.

use std::collections::BTreeMap;

use cqrs_es::Aggregate as _;
use time::Date;

use super::{InvoiceDocument, InvoiceRow, Issuer, Party, Stamp, TaxRow, item_text};
use crate::{
    invoice::{BillingPeriod, Invoice, InvoiceEvent, ItemType, Line, Status, TaxSnapshot, Totals},
    recorded::LedgerEvent,
    store::{Ledger, StoreError, tenants::find_org},
    values::{InvoiceId, Money, OrgId, Rate, Sealed},
};

/// Events read at a time.
const PAGE: i64 = 1_000;

/// Rows beyond this are told as one sum: a paper of forty pages is no paper.
const MOST_ROWS: usize = 1_000;

/// What an invoice's paper is made of. Its sealed words are closed: who may read them is the
/// caller's to know.
#[derive(Debug, Clone)]
pub struct Gathered {
    customer: Party,
    customer_id: Option<Sealed<String>>,
    days: Days,
    invoice: Invoice,
    lines: Vec<Line>,
    tax: Option<TaxSnapshot>,
    terms_days: u16,
    totals: Totals,
    /// The invoice's version.
    pub version: i64,
}

/// The days of an invoice.
#[derive(Debug, Clone, Copy, Default)]
struct Days {
    issued_on: Option<Date>,
    due_on: Option<Date>,
    period: Option<BillingPeriod>,
}

impl Gathered {
    /// Reads an invoice's history; `None` when there is no such invoice.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn of_invoice(
        ledger: &Ledger,
        org: OrgId,
        id: InvoiceId,
    ) -> Result<Option<Self>, StoreError> {
        Self::of_invoice_at(ledger, org, id, i64::MAX).await
    }

    /// The same, as it was at a position of the org's log. The org has its name of now.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn of_invoice_at(
        ledger: &Ledger,
        org: OrgId,
        id: InvoiceId,
        position: i64,
    ) -> Result<Option<Self>, StoreError> {
        let mut gathering = Gathering::default();
        loop {
            let kind = Invoice::TYPE;
            let after = gathering.version;
            let page = ledger.read_stream(org, kind, id.uuid(), after, PAGE).await?;
            let read = i64::try_from(page.len()).unwrap_or(PAGE);
            let later = page.iter().any(|stored| stored.position > position);
            for stored in page.into_iter().filter(|stored| stored.position <= position) {
                gathering.version = stored.sequence;
                let damaged = |error: crate::events::DecodeError| error.to_string();
                let recorded = stored.decode().map_err(damaged).map_err(StoreError::Damaged)?;
                let LedgerEvent::Invoice(event) = recorded.event else { continue };
                gathering.hear(event);
            }
            if read < PAGE || later {
                break;
            }
        }
        let name = find_org(ledger, org).await?.map(|org| org.name).unwrap_or_default();
        Ok(gathering.done(Party { name, address: Vec::new() }))
    }

    /// The words that are sealed: the customer's id, then each line's description. They go back
    /// into [`Gathered::document`] in this order.
    pub fn sealed(&self) -> Vec<Option<&Sealed<String>>> {
        let lines = self.lines.iter().map(|line| line.description.as_ref());
        std::iter::once(self.customer_id.as_ref()).chain(lines).collect()
    }

    /// Its number, once it is issued.
    pub fn number(&self) -> Option<&str> {
        self.invoice.number()
    }

    /// The paper. Words that are `None` in `opened` are left out, or said as usual.
    pub fn document(&self, issuer: Issuer, opened: Vec<Option<String>>) -> InvoiceDocument {
        let mut opened = opened.into_iter();
        let customer_id = opened.next().flatten();
        let (rows, unlisted) = rows(&self.lines, opened);
        let Totals { subtotal, tax: _, taxable_subtotal: _, total } = self.totals;
        let nothing = Money::zero(total.currency());
        let standing = self.invoice.standing();
        let (paid, balance) =
            standing.map_or((nothing, total), |standing| (standing.paid, standing.balance));
        let written_off = self.invoice.written_off().unwrap_or(nothing);
        let settled = [paid, balance, written_off].into_iter();
        let credited = settled.fold(total, |left, part| left.minus(part).unwrap_or(left));
        InvoiceDocument {
            issuer,
            customer: self.customer.clone(),
            customer_id,
            number: self.invoice.number().map(str::to_owned),
            stamp: stamp(&self.invoice, balance),
            issued_on: self.days.issued_on,
            due_on: self.days.due_on,
            period: self.days.period.map(inclusive),
            terms_days: self.terms_days,
            rows,
            unlisted,
            subtotal,
            taxes: taxes(self.tax.as_ref(), &self.totals),
            total,
            credited: if self.invoice.is_draft() { nothing } else { credited },
            paid,
            written_off,
            balance,
        }
    }
}

fn stamp(invoice: &Invoice, balance: Money) -> Stamp {
    match invoice.status() {
        Status::Draft => Stamp::Draft,
        Status::Canceled => Stamp::Void,
        Status::Sent | Status::Partial | Status::Paid | Status::Overdue | Status::Failed => {
            if balance.is_positive() {
                Stamp::Open
            } else {
                Stamp::Settled
            }
        }
    }
}

fn inclusive(period: BillingPeriod) -> (Date, Date) {
    (period.starts_on, period.ends_on.previous_day().unwrap_or(period.ends_on))
}

/// What has been heard so far.
#[derive(Default)]
struct Gathering {
    customer_id: Option<Sealed<String>>,
    days: Days,
    invoice: Invoice,
    lines: Vec<Line>,
    tax: Option<TaxSnapshot>,
    terms_days: u16,
    version: i64,
}

impl Gathering {
    fn hear(&mut self, event: InvoiceEvent) {
        match &event {
            InvoiceEvent::Opened(opened) => {
                self.customer_id.clone_from(&opened.customer_id);
                self.days.period = opened.period;
                self.terms_days = opened.payment_terms_days;
            }
            InvoiceEvent::LineAdded(added) => self.lines.push(added.line.clone()),
            InvoiceEvent::LineRemoved(removed) => {
                self.lines.retain(|line| line.line_id != removed.line_id);
            }
            InvoiceEvent::Issued(issued) => {
                (self.days.issued_on, self.days.due_on) =
                    (Some(issued.issued_on), Some(issued.due_on));
                self.tax = Some(issued.tax.clone());
            }
            InvoiceEvent::Imported(imported) => {
                self.customer_id.clone_from(&imported.customer_id);
                (self.days.issued_on, self.days.due_on) =
                    (Some(imported.issued_on), Some(imported.due_on));
                self.terms_days = days_between(imported.issued_on, imported.due_on);
                self.lines.push(imported.line.clone());
                self.tax = Some(imported.tax.clone());
            }
            InvoiceEvent::TotalsRecalculated(_)
            | InvoiceEvent::Sent(_)
            | InvoiceEvent::PaymentPending(_)
            | InvoiceEvent::PaymentSucceeded(_)
            | InvoiceEvent::PaymentFailed(_)
            | InvoiceEvent::PaymentReversed(_)
            | InvoiceEvent::PaidReported(_)
            | InvoiceEvent::Reconciled(_)
            | InvoiceEvent::OverdueMarked(_)
            | InvoiceEvent::RefundCreated(_)
            | InvoiceEvent::RefundSettled(_)
            | InvoiceEvent::RefundFailed(_)
            | InvoiceEvent::CreditReleased(_)
            | InvoiceEvent::CreditApplied(_)
            | InvoiceEvent::WrittenOff(_)
            | InvoiceEvent::Canceled(_)
            | InvoiceEvent::ProviderLinked(_)
            | InvoiceEvent::CreditNoteIssued(_)
            | InvoiceEvent::CreditNoteVoided(_)
            | InvoiceEvent::CreditReturned(_)
            | InvoiceEvent::CreditRegained(_)
            | InvoiceEvent::DisputeOpened(_)
            | InvoiceEvent::DisputeWon(_)
            | InvoiceEvent::DisputeLost(_)
            | InvoiceEvent::PaymentTakenOver(_)
            | InvoiceEvent::PaymentHandedBack(_)
            | InvoiceEvent::RefundCanceled(_)
            | InvoiceEvent::RevenueRecognized(_)
            | InvoiceEvent::WriteOffReversed(_) => {}
        }
        self.invoice.apply(event);
    }

    fn done(self, customer: Party) -> Option<Gathered> {
        let currency = self.invoice.currency()?;
        Some(Gathered {
            customer,
            customer_id: self.customer_id,
            days: self.days,
            totals: self.invoice.totals().unwrap_or(Totals::zero(currency)),
            invoice: self.invoice,
            lines: self.lines,
            tax: self.tax,
            terms_days: self.terms_days,
            version: self.version,
        })
    }
}

fn days_between(issued_on: Date, due_on: Date) -> u16 {
    u16::try_from((due_on - issued_on).whole_days()).unwrap_or(0)
}

/// Lines that are alike stand as one, in the order in which the first of them came.
fn rows(
    lines: &[Line],
    mut texts: impl Iterator<Item = Option<String>>,
) -> (Vec<InvoiceRow>, Option<(usize, Money)>) {
    let mut rows: Vec<InvoiceRow> = Vec::new();
    let mut places: BTreeMap<(String, ItemType, i64, Option<Date>), usize> = BTreeMap::new();
    for line in lines {
        let text = texts.next().flatten().filter(|text| !text.trim().is_empty());
        let text = text.unwrap_or_else(|| item_text(line.item_type).to_owned());
        let covered = line.covers.map(inclusive);
        let days = covered
            .or((line.item_type == ItemType::OneOff).then_some((line.service_on, line.service_on)));
        let price = line.unit_price.minor();
        let key = (text.clone(), line.item_type, price, covered.map(|days| days.0));
        let place = *places.entry(key).or_insert(rows.len());
        match rows.get_mut(place) {
            Some(row) => join(row, line, days),
            None => rows.push(InvoiceRow {
                text,
                days,
                quantity: line.quantity,
                unit_price: line.unit_price,
                amount: line.total_price,
            }),
        }
    }
    let rest = rows.split_off(rows.len().min(MOST_ROWS));
    let first = rest.first().map(|row| Money::zero(row.amount.currency()));
    let sum =
        first.map(|zero| rest.iter().fold(zero, |sum, row| sum.plus(row.amount).unwrap_or(sum)));
    (rows, sum.map(|sum| (rest.len(), sum)))
}

fn join(row: &mut InvoiceRow, line: &Line, days: Option<(Date, Date)>) {
    row.quantity = row.quantity.saturating_add(line.quantity);
    // The subtotal was formed of the same amounts and is in range.
    row.amount = row.amount.plus(line.total_price).unwrap_or(row.amount);
    row.days = match (row.days, days) {
        (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
        (one, other) => one.or(other),
    };
}

/// Taxes as the snapshot names them; a draft has none yet, and says their sum.
fn taxes(snapshot: Option<&TaxSnapshot>, totals: &Totals) -> Vec<TaxRow> {
    let row = |name: &str, rate: Rate, base, tax| TaxRow { name: name.to_owned(), rate, base, tax };
    match snapshot {
        Some(snapshot) if !snapshot.components.is_empty() => {
            let parts = snapshot.components.iter();
            parts.map(|part| row(part.name.as_str(), part.rate, part.base, part.tax)).collect()
        }
        Some(snapshot) => {
            snapshot.taxes.iter().map(|tax| row("TAX", tax.rate, tax.base, tax.tax)).collect()
        }
        None if totals.tax.is_zero() => Vec::new(),
        None => {
            let rate = totals.tax_rate_basis().and_then(|basis| Rate::try_from(basis).ok());
            vec![row("TAX", rate.unwrap_or_default(), totals.taxable_subtotal, totals.tax)]
        }
    }
}
