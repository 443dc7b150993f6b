//! Each movement of tax, as its event tells it.

use ledger::{
    invoice::{InvoiceEvent, TaxComponent, TaxOfRate},
    recorded::{LedgerEvent, Recorded},
    tax::components,
    values::{Code, Money},
};
use time::Date;
use uuid::Uuid;

use super::{Kind, Row};
use crate::engine::{ReadModel, Word};

/// See the module.
pub struct TaxLedger;

impl ReadModel for TaxLedger {
    const NAME: &'static str = "tax_ledger";
    const VERSION: i32 = 1;
    const HEARD_ONCE: bool = true;
    type Key = (i64, i32);
    type Change = Box<Row>;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        matches!(
            event_type,
            "billing.invoice.issued"
                | "billing.invoice.canceled"
                | "billing.invoice.credit_note_issued"
                | "billing.invoice.credit_note_voided"
                | "billing.invoice.refund_created"
                | "billing.invoice.refund_canceled"
        )
    }

    fn hear(event: &Recorded, out: &mut impl Extend<((i64, i32), Box<Row>)>) {
        let LedgerEvent::Invoice(happened) = &event.event else { return };
        let rows = match happened {
            InvoiceEvent::Issued(issued) => {
                let law = issued.tax.jurisdiction.as_ref();
                let told = &issued.tax.components;
                let of = Of { event, kind: Kind::Issued, subject: None, on: issued.issued_on };
                let mut rows = of.each(&issued.tax.taxes, told, law, 1);
                for row in &mut rows {
                    row.jurisdiction = law.map(ToString::to_string);
                }
                rows
            }
            InvoiceEvent::CreditNoteIssued(note) => {
                let subject = Some(note.credit_note_id);
                let of = Of { event, kind: Kind::Credited, subject, on: note.issued_on };
                of.each(&note.taxes, &note.components, None, -1)
            }
            InvoiceEvent::CreditNoteVoided(note) => {
                let subject = Some(note.credit_note_id);
                let of = Of { event, kind: Kind::CreditVoided, subject, on: note.voided_on };
                of.each(&note.taxes, &note.components, None, 1)
            }
            InvoiceEvent::Canceled(canceled) => {
                let of =
                    Of { event, kind: Kind::Canceled, subject: None, on: canceled.canceled_on };
                of.told(&canceled.taxes, &canceled.components, canceled.tax, -1)
            }
            InvoiceEvent::RefundCreated(refund) => {
                let subject = Some(refund.refund_id);
                let of = Of { event, kind: Kind::Refunded, subject, on: refund.created_on };
                of.told(&refund.taxes, &refund.components, refund.tax, -1)
            }
            InvoiceEvent::RefundCanceled(refund) => {
                let subject = Some(refund.refund_id);
                let of = Of { event, kind: Kind::RefundCanceled, subject, on: refund.canceled_on };
                of.told(&refund.taxes, &refund.components, refund.tax, 1)
            }
            InvoiceEvent::Opened(_)
            | InvoiceEvent::Imported(_)
            | InvoiceEvent::LineAdded(_)
            | InvoiceEvent::LineRemoved(_)
            | InvoiceEvent::TotalsRecalculated(_)
            | InvoiceEvent::Sent(_)
            | InvoiceEvent::PaymentPending(_)
            | InvoiceEvent::PaymentSucceeded(_)
            | InvoiceEvent::PaymentFailed(_)
            | InvoiceEvent::PaymentReversed(_)
            | InvoiceEvent::PaidReported(_)
            | InvoiceEvent::Reconciled(_)
            | InvoiceEvent::OverdueMarked(_)
            | InvoiceEvent::RefundSettled(_)
            | InvoiceEvent::RefundFailed(_)
            | InvoiceEvent::CreditReleased(_)
            | InvoiceEvent::CreditApplied(_)
            | InvoiceEvent::WrittenOff(_)
            | InvoiceEvent::ProviderLinked(_)
            | InvoiceEvent::CreditReturned(_)
            | InvoiceEvent::CreditRegained(_)
            | InvoiceEvent::DisputeOpened(_)
            | InvoiceEvent::DisputeWon(_)
            | InvoiceEvent::DisputeLost(_)
            | InvoiceEvent::PaymentTakenOver(_)
            | InvoiceEvent::PaymentHandedBack(_)
            | InvoiceEvent::RevenueRecognized(_)
            | InvoiceEvent::WriteOffReversed(_) => return,
        };
        out.extend(rows.into_iter().zip(0_i32..).map(|(mut row, line)| {
            row.line = line;
            ((event.position, line), Box::new(row))
        }));
    }

    fn fold(row: &mut Option<Row>, change: Box<Row>) {
        *row = Some(*change);
    }
}

/// What all rows of an event share.
struct Of<'e> {
    event: &'e Recorded,
    kind: Kind,
    subject: Option<Uuid>,
    on: Date,
}

impl Of<'_> {
    /// A row for each named tax; where an older event names none, as the law named them that day.
    fn each(
        &self,
        taxes: &[TaxOfRate],
        told: &[TaxComponent],
        law: Option<&Code>,
        sign: i64,
    ) -> Vec<Row> {
        let named: Vec<TaxComponent> = if told.is_empty() {
            let named = taxes.iter().map(|tax| components(law, self.on, tax).unwrap_or_default());
            named.flatten().collect()
        } else {
            told.to_vec()
        };
        let row = |tax: &TaxComponent| Row {
            component: Some(tax.name.to_string()),
            rate: Some(tax.rate.to_string()),
            base_minor: sign * tax.base.minor(),
            ..self.row(tax.tax, sign)
        };
        named.iter().map(row).collect()
    }

    /// Rows for what the event tells apart; one row for an older event that does not.
    fn told(&self, taxes: &[TaxOfRate], told: &[TaxComponent], tax: Money, sign: i64) -> Vec<Row> {
        if told.is_empty() { self.all(tax, sign) } else { self.each(taxes, told, None, sign) }
    }

    /// One row for taxes that the event does not tell apart.
    fn all(&self, tax: Money, sign: i64) -> Vec<Row> {
        if tax.is_zero() { Vec::new() } else { vec![self.row(tax, sign)] }
    }

    fn row(&self, tax: Money, sign: i64) -> Row {
        Row {
            position: self.event.position,
            line: 0,
            kind: Word(self.kind),
            invoice_id: self.event.aggregate_id,
            subject_id: self.subject,
            business_on: self.on,
            jurisdiction: None,
            component: None,
            rate: None,
            currency: Word(tax.currency()),
            base_minor: 0,
            tax_minor: sign * tax.minor(),
        }
    }
}
