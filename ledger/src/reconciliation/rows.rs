//! The log beside the read models: a row that says something else is a fault of ours.

use std::collections::BTreeSet;

use time::Date;
use uuid::Uuid;

use super::{Between, Class, Difference, Facts, InvoiceFigures, Item, PaymentFigures, Side};
use crate::{invoice::Status, values::Money};

/// A payment or refund as the read model `payment_status` has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRow {
    /// Of which invoice.
    pub invoice_id: Uuid,
    /// The payment or the refund.
    pub movement_id: Uuid,
    /// How much.
    pub amount: Money,
    /// How it stands, in the read model's word.
    pub status: String,
    /// The day of the latest change.
    pub on: Date,
}

/// An invoice's money as the read model `reconcile` has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceRow {
    /// Which.
    pub invoice_id: Uuid,
    /// Settled.
    pub settled: Money,
    /// Still owed.
    pub outstanding: Money,
    /// Overpaid and not used.
    pub credit: Money,
    /// Where it stands.
    pub status: Status,
}

/// Words of `payment_status` that this comparison knows; others are the read model's own.
const WORDS: [&str; 6] = ["pending", "succeeded", "failed", "reversed", "created", "settled"];

/// Compares rows with the log as of the positions of both read models.
pub fn compare_rows(
    payments: (&Facts, &[PaymentRow]),
    invoices: (&Facts, &[InvoiceRow]),
) -> Vec<Difference> {
    let mut out = Vec::new();
    of_payments(payments.0, payments.1, &mut out);
    of_invoices(invoices.0, invoices.1, &mut out);
    out
}

fn of_payments(facts: &Facts, rows: &[PaymentRow], out: &mut Vec<Difference>) {
    let mut seen = BTreeSet::new();
    for row in rows {
        let key = (row.invoice_id, row.movement_id);
        seen.insert(key);
        let about = |class, item| about(class, item, row.invoice_id, row.movement_id, row.on);
        let theirs = || Side::of(row.amount);
        let Some(ours) = facts.payments().get(&key) else {
            let theirs = theirs().standing(&row.status);
            out.push(Difference { theirs, ..about(Class::MissingHere, Item::Payment) });
            continue;
        };
        let side = || Side::of(ours.amount);
        let item = item_of(ours);
        if ours.amount.currency() != row.amount.currency() {
            let difference = about(Class::Currency, item);
            out.push(Difference { ours: side(), theirs: theirs(), ..difference });
        } else if ours.amount != row.amount {
            let difference = about(Class::Amount, item);
            out.push(Difference { ours: side(), theirs: theirs(), ..difference });
        }
        let word =
            ours.status.filter(|word| WORDS.contains(&row.status.as_str()) && *word != row.status);
        if let Some(word) = word {
            let (ours, theirs) = (side().standing(word), theirs().standing(&row.status));
            out.push(Difference { ours, theirs, ..about(Class::Status, item) });
        }
    }
    for ((invoice, id), ours) in facts.payments().iter().filter(|(key, _)| !seen.contains(*key)) {
        let side = Side::of(ours.amount).dated(ours.on);
        let difference = about(Class::MissingThere, item_of(ours), *invoice, *id, ours.on);
        out.push(Difference { ours: side, ..difference });
    }
}

fn item_of(figures: &PaymentFigures) -> Item {
    if figures.refund { Item::Refund } else { Item::Payment }
}

fn of_invoices(facts: &Facts, rows: &[InvoiceRow], out: &mut Vec<Difference>) {
    let mut seen = BTreeSet::new();
    for row in rows {
        seen.insert(row.invoice_id);
        let Some(ours) = facts.invoices().get(&row.invoice_id) else { continue };
        let about = |class| about(class, Item::Invoice, row.invoice_id, row.invoice_id, ours.on);
        let pairs = [
            (ours.settled, row.settled),
            (ours.outstanding, row.outstanding),
            (ours.credit, row.credit),
        ];
        if let Some((our, their)) = pairs.into_iter().find(|(our, their)| our != their) {
            let class =
                if our.currency() == their.currency() { Class::Amount } else { Class::Currency };
            out.push(Difference { ours: Side::of(our), theirs: Side::of(their), ..about(class) });
        }
        if ours.status != row.status {
            let word = |status: Status, amount| Side::of(amount).standing(&status.to_string());
            let (ours, theirs) =
                (word(ours.status, ours.outstanding), word(row.status, row.outstanding));
            out.push(Difference { ours, theirs, ..about(Class::Status) });
        }
    }
    let left = facts.invoices().iter().filter(|(id, _)| !seen.contains(*id));
    for (id, ours) in left {
        let InvoiceFigures { outstanding, on, .. } = *ours;
        let difference = about(Class::MissingThere, Item::Invoice, *id, *id, on);
        out.push(Difference { ours: Side::of(outstanding).dated(on), ..difference });
    }
}

/// Everything but the figures.
fn about(class: Class, item: Item, invoice: Uuid, name: Uuid, on: Date) -> Difference {
    Difference {
        between: Between::LogAndReadModel,
        class,
        item,
        ours: Side::default(),
        theirs: Side::default(),
        invoice_id: Some(invoice),
        movement_id: (name != invoice).then_some(name),
        provider_id: None,
        name,
        on,
    }
}
