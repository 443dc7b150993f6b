//! What each event means for what was billed ahead.

use std::collections::BTreeMap;

use ledger::{
    invoice::{InvoiceEvent, Issued, ItemCut, ItemType, Progress, Recognized},
    recorded::{LedgerEvent, Recorded},
};
use time::Date;
use uuid::Uuid;

use super::Row;
use crate::engine::{ReadModel, Word};

/// See the module.
pub struct Revenue;

/// What an event means for an item type of an invoice.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// It was billed.
    Billed(Box<Row>),
    /// Some of it was earned: each with its place among the item type's own schedules.
    Earned {
        /// What, by the invoice's schedules.
        earned: Vec<Recognized>,
        /// The last day of service that counts.
        through: Date,
    },
    /// So many minor units that were not earned were taken back; below zero they were put back.
    Cut(i64),
}

impl ReadModel for Revenue {
    const NAME: &'static str = "revenue";
    const VERSION: i32 = 1;
    type Key = (Uuid, Word<ItemType>);
    type Change = Change;
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
                | "billing.invoice.revenue_recognized"
        )
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(Self::Key, Change)>) {
        let LedgerEvent::Invoice(happened) = &event.event else { return };
        let id = event.aggregate_id;
        match happened {
            InvoiceEvent::Issued(issued) => {
                let rows = billed(id, issued).into_iter();
                out.extend(rows.map(|row| ((id, row.item_type), Change::Billed(Box::new(row)))));
            }
            InvoiceEvent::RevenueRecognized(recognized) => {
                let mut types: BTreeMap<ItemType, Vec<Recognized>> = BTreeMap::new();
                for earned in &recognized.earned {
                    types.entry(earned.item_type).or_default().push(*earned);
                }
                let through = recognized.through;
                out.extend(types.into_iter().map(|(item_type, earned)| {
                    ((id, Word(item_type)), Change::Earned { earned, through })
                }));
            }
            InvoiceEvent::Canceled(canceled) => out.extend(cuts(id, &canceled.items, 1)),
            InvoiceEvent::CreditNoteIssued(note) => out.extend(cuts(id, &note.items, 1)),
            InvoiceEvent::CreditNoteVoided(note) => out.extend(cuts(id, &note.items, -1)),
            InvoiceEvent::RefundCreated(refund) => out.extend(cuts(id, &refund.items, 1)),
            InvoiceEvent::RefundCanceled(refund) => out.extend(cuts(id, &refund.items, -1)),
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
            | InvoiceEvent::WriteOffReversed(_) => {}
        }
    }

    fn fold(row: &mut Option<Row>, change: Change) {
        match change {
            Change::Billed(billed) => *row = Some(*billed),
            change => {
                let row = row.as_mut();
                row.expect("only what was billed ahead is earned or cut").hear(&change);
            }
        }
    }
}

/// One row for each item type with schedules. The places of schedules within the invoice are kept
/// beside their progress.
fn billed(invoice_id: Uuid, issued: &Issued) -> Vec<Row> {
    let mut types: BTreeMap<ItemType, Vec<(u32, Progress)>> = BTreeMap::new();
    for (place, schedule) in (0..).zip(&issued.schedules) {
        types.entry(schedule.item_type).or_default().push((place, Progress::of(*schedule)));
    }
    let row = |(item_type, schedules): (ItemType, Vec<(u32, Progress)>)| {
        let of = || schedules.iter().map(|(_, progress)| progress.schedule());
        let billed_minor = of().map(|schedule| schedule.amount.minor()).sum();
        Row {
            invoice_id,
            item_type: Word(item_type),
            number: issued.number.clone(),
            currency: Word(issued.totals.total.currency()),
            billed_minor,
            recognized_minor: 0,
            cut_minor: 0,
            deferred_minor: billed_minor,
            issued_on: issued.issued_on,
            starts_on: of().map(|one| one.starts_on).min().unwrap_or(issued.issued_on),
            ends_on: of().map(|one| one.ends_on).max().unwrap_or(issued.issued_on),
            recognized_through: None,
            schedules: written(&schedules),
        }
    };
    types.into_iter().map(row).collect()
}

fn cuts(
    invoice_id: Uuid,
    items: &[ItemCut],
    sign: i64,
) -> impl Iterator<Item = ((Uuid, Word<ItemType>), Change)> {
    items.iter().filter(|item| !item.deferred.is_zero()).map(move |item| {
        ((invoice_id, Word(item.item_type)), Change::Cut(sign * item.deferred.minor()))
    })
}

impl Row {
    fn hear(&mut self, change: &Change) {
        let mut schedules = self.progress();
        match change {
            Change::Billed(_) => {}
            Change::Earned { earned, through } => {
                for one in earned {
                    self.recognized_minor += one.amount.minor();
                    let place = schedules.iter_mut().find(|(place, _)| *place == one.schedule);
                    if let Some((_, progress)) = place {
                        progress.hear(one, *through);
                    }
                }
                self.recognized_through = self.recognized_through.max(Some(*through));
            }
            Change::Cut(minor) => {
                self.cut_minor += minor;
                let mut of: Vec<Progress> = schedules.iter().map(|(_, one)| *one).collect();
                Progress::take_out(&mut of, *minor);
                schedules.iter_mut().zip(of).for_each(|(held, one)| held.1 = one);
            }
        }
        self.deferred_minor = self.billed_minor - self.recognized_minor - self.cut_minor;
        self.schedules = written(&schedules);
    }

    /// The schedules, by their place among the invoice's, and how far each is earned.
    pub fn progress(&self) -> Vec<(u32, Progress)> {
        serde_json::from_str(&self.schedules).unwrap_or_default()
    }
}

fn written(schedules: &[(u32, Progress)]) -> String {
    serde_json::to_string(schedules).expect("a schedule is a flat object of text and numbers")
}
