//! The log's side, folded from its events.

use std::collections::BTreeMap;

use time::Date;
use uuid::Uuid;

use super::{Between, Class, LineKind, Movement, MovementState, movement};
use crate::{
    invoice::{Standing, Status},
    values::{Code, Money, Sealed},
};

/// What the log says of a payment or refund, to compare with its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentFigures {
    /// Whether it is a refund.
    pub refund: bool,
    /// How much.
    pub amount: Money,
    /// pending, succeeded, failed, reversed; created, settled, failed. `None` where a read model
    /// may call it differently: disputed or taken back.
    pub status: Option<&'static str>,
    /// The day of the latest change.
    pub on: Date,
}

/// What the log says of an issued invoice's money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvoiceFigures {
    /// Settled.
    pub settled: Money,
    /// Still owed.
    pub outstanding: Money,
    /// Overpaid and not used.
    pub credit: Money,
    /// Where it stands.
    pub status: Status,
    /// The day it was issued.
    pub on: Date,
}

impl InvoiceFigures {
    pub(super) fn stands(&mut self, standing: Standing) {
        self.settled = standing.paid;
        self.outstanding = standing.balance;
        self.credit = standing.credit;
        self.status = standing.status;
    }
}

/// An exception that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenItem {
    /// Which sides.
    pub between: Between,
    /// How they disagree.
    pub class: Class,
    /// About which day.
    pub happened_on: Date,
    /// Whose statement.
    pub provider: Code,
    /// Whether it waits to be resolved.
    pub open: bool,
}

/// A movement and the sealed reference that it may be known by.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Known {
    pub(super) movement: Movement,
    pub(super) reference: Option<Sealed<String>>,
}

/// Everything in the log that a reconciliation asks for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Kind, id, and which time: a refund that came back may leave again.
    pub(super) movements: BTreeMap<(LineKind, Uuid, u32), Known>,
    pub(super) payments: BTreeMap<(Uuid, Uuid), PaymentFigures>,
    pub(super) invoices: BTreeMap<Uuid, InvoiceFigures>,
    /// Total and tax at issue.
    pub(super) taxes: BTreeMap<Uuid, (Money, Money)>,
    pub(super) exceptions: BTreeMap<Uuid, OpenItem>,
}

impl Facts {
    /// What is expected in the provider's statement, in a fixed order.
    pub fn movements(&self) -> Vec<Movement> {
        self.movements.values().map(|known| known.movement.clone()).collect()
    }

    /// Sealed references, each with where [`Facts::name`] puts what it names.
    pub fn references(&self) -> impl Iterator<Item = ((LineKind, Uuid, u32), &Sealed<String>)> {
        self.movements.iter().filter_map(|(key, known)| Some((*key, known.reference.as_ref()?)))
    }

    /// Adds a name that a movement is known by.
    pub fn name(&mut self, key: (LineKind, Uuid, u32), name: Uuid) {
        if let Some(known) = self.movements.get_mut(&key) {
            known.movement.names.push(name);
        }
    }

    /// Payments and refunds by invoice and id.
    pub fn payments(&self) -> &BTreeMap<(Uuid, Uuid), PaymentFigures> {
        &self.payments
    }

    /// Issued invoices.
    pub fn invoices(&self) -> &BTreeMap<Uuid, InvoiceFigures> {
        &self.invoices
    }

    /// Exceptions by stream, open or not.
    pub fn exceptions(&self) -> &BTreeMap<Uuid, OpenItem> {
        &self.exceptions
    }

    pub(super) fn put(&mut self, movement: Movement, reference: Option<&Sealed<String>>) {
        let (kind, id) = (movement.kind, movement.id);
        let reference = reference.cloned();
        self.movements.insert((kind, id, 0), Known { movement, reference });
    }

    /// The latest movement of a kind and id.
    pub(super) fn latest(&mut self, kind: LineKind, id: Uuid) -> Option<(u32, &mut Movement)> {
        let range = (kind, id, 0)..=(kind, id, u32::MAX);
        let ((_, _, ordinal), known) = self.movements.range_mut(range).next_back()?;
        Some((*ordinal, &mut known.movement))
    }

    /// Moves a refund that was granted; one that left before and came back leaves once more.
    pub(super) fn settle(&mut self, kind: LineKind, id: Uuid, on: Date) {
        let Some((ordinal, movement)) = self.latest(kind, id) else { return };
        if movement.state != MovementState::Settled {
            movement.state = MovementState::Settled;
            movement.on = on;
            return;
        }
        let again = Movement { on, ..movement.clone() };
        let key = (kind, id, ordinal.saturating_add(1));
        self.movements.insert(key, Known { movement: again, reference: None });
    }

    pub(super) fn set(&mut self, kind: LineKind, id: Uuid, state: movement::MovementState) {
        if let Some((_, movement)) = self.latest(kind, id) {
            movement.state = state;
        }
    }

    pub(super) fn figure(
        &mut self,
        key: (Uuid, Uuid),
        refund: bool,
        amount: Money,
        status: &'static str,
        on: Date,
    ) {
        let figures = PaymentFigures { refund, amount, status: Some(status), on };
        // What was refunded or received keeps its amount, whatever a later event speaks of.
        let known = self.payments.entry(key).or_insert_with(|| figures.clone());
        known.status = figures.status;
        known.on = on;
    }

    pub(super) fn unsure(&mut self, key: (Uuid, Uuid)) {
        if let Some(known) = self.payments.get_mut(&key) {
            known.status = None;
        }
    }

    pub(super) fn stands(&mut self, invoice: Uuid, standing: Standing) {
        if let Some(figures) = self.invoices.get_mut(&invoice) {
            figures.stands(standing);
        }
    }

    pub(super) fn status(&mut self, invoice: Uuid, status: Status) {
        if let Some(figures) = self.invoices.get_mut(&invoice) {
            figures.status = status;
        }
    }
}
