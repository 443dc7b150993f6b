//! Which line is which movement.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use super::{LineKind, Movement, MovementState, NamedLine};
use crate::values::Currency;

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is this movement.
    Is(usize),
    /// The statement has it twice; the movement, if it is known here.
    Twice(Option<usize>),
    /// The log does not know it.
    Unknown,
}

/// The lines in an order of their own, whatever order they came in, and what became of each.
pub(super) struct Matching<'a> {
    pub(super) lines: Vec<(&'a NamedLine, Fate)>,
    pub(super) taken: Vec<bool>,
}

/// Matches every line with at most one movement and every movement with at most one line.
pub(super) fn matching<'a>(
    lines: &'a [NamedLine],
    movements: &[Movement],
    days: i64,
) -> Matching<'a> {
    let mut ordered: Vec<(&NamedLine, Fate)> =
        lines.iter().map(|line| (line, Fate::Unknown)).collect();
    ordered.sort_by_key(|(named, _)| {
        let gross = named.line.gross;
        (named.name, named.line.kind, named.line.created, gross.minor(), gross.currency())
    });
    let mut matching = Matching { lines: ordered, taken: vec![false; movements.len()] };
    matching.repeated();
    matching.by_name(movements);
    matching.by_relation(movements);
    matching.by_amount(movements, days);
    matching
}

impl Matching<'_> {
    /// The same movement of the balance, stated again.
    fn repeated(&mut self) {
        let mut last = None;
        for (named, fate) in &mut self.lines {
            if last == Some(named.name) {
                *fate = Fate::Twice(None);
            }
            last = Some(named.name);
        }
    }

    fn by_name(&mut self, movements: &[Movement]) {
        let mut known: HashMap<(LineKind, Uuid), Vec<usize>> = HashMap::new();
        for (index, movement) in movements.iter().enumerate() {
            let names = movement.names.iter().copied().chain([movement.id]);
            for name in names {
                let under = known.entry((movement.kind, name)).or_default();
                if under.last() != Some(&index) {
                    under.push(index);
                }
            }
        }
        for (named, fate) in &mut self.lines {
            if *fate != Fate::Unknown {
                continue;
            }
            let candidates: Vec<usize> = named
                .names
                .iter()
                .filter_map(|name| known.get(&(named.line.kind, *name)))
                .flatten()
                .copied()
                .collect();
            let free = candidates.iter().filter(|index| !self.taken[**index]);
            let best = free.min_by_key(|index| (!is_alike(named, &movements[**index]), **index));
            match (best, candidates.first()) {
                (Some(index), _) => {
                    self.taken[*index] = true;
                    *fate = Fate::Is(*index);
                }
                // The same object moved the balance once more than we know of.
                (None, Some(index)) => *fate = Fate::Twice(Some(*index)),
                (None, None) => {}
            }
        }
    }

    /// By the payment or the invoice that the provider's objects are linked with, or the payment
    /// that the line names: where the amount fits one movement, or where there is only one.
    fn by_relation(&mut self, movements: &[Movement]) {
        let payments: HashMap<Uuid, Uuid> = movements
            .iter()
            .filter(|movement| movement.kind == LineKind::Charge)
            .flat_map(|movement| movement.names.iter().map(|name| (*name, movement.payment_id)))
            .filter_map(|(name, payment)| Some((name, payment?)))
            .collect();
        for (named, fate) in &mut self.lines {
            let told = || named.belongs_to.iter().find_map(|name| payments.get(name).copied());
            let payment_id = named.payment_id.or_else(told);
            if *fate != Fate::Unknown || (payment_id, named.invoice_id) == (None, None) {
                continue;
            }
            let related = |movement: &Movement| {
                let payment = payment_id.is_some() && payment_id == movement.payment_id;
                let invoice = named.invoice_id.is_some() && named.invoice_id == movement.invoice_id;
                movement.kind == named.line.kind && (payment || invoice)
            };
            let free: Vec<usize> = (0..movements.len())
                .filter(|index| !self.taken[*index] && related(&movements[*index]))
                .collect();
            let alike = free.iter().find(|index| is_alike(named, &movements[**index]));
            let only = if let [only] = free.as_slice() { Some(only) } else { None };
            if let Some(index) = alike.or(only) {
                self.taken[*index] = true;
                *fate = Fate::Is(*index);
            }
        }
    }

    /// A payment of which we know no name of the provider's, where its amount fits one line only
    /// and that line fits it only.
    fn by_amount(&mut self, movements: &[Movement], days: i64) {
        type Amount = (Currency, i64);
        let mut nameless: BTreeMap<Amount, Vec<usize>> = BTreeMap::new();
        for (index, movement) in movements.iter().enumerate() {
            let waits = !self.taken[index] && movement.state != MovementState::Failed;
            if waits && movement.kind == LineKind::Charge && movement.names.is_empty() {
                let amount = (movement.amount.currency(), movement.amount.minor());
                nameless.entry(amount).or_default().push(index);
            }
        }
        let mut unknown: BTreeMap<Amount, Vec<usize>> = BTreeMap::new();
        for (place, (named, fate)) in self.lines.iter().enumerate() {
            let unlinked = (named.payment_id, named.invoice_id) == (None, None);
            if *fate == Fate::Unknown && unlinked && named.line.kind == LineKind::Charge {
                let gross = named.line.gross;
                unknown.entry((gross.currency(), gross.minor())).or_default().push(place);
            }
        }
        for (amount, places) in unknown {
            let (Some([index]), [place]) =
                (nameless.get(&amount).map(Vec::as_slice), places.as_slice())
            else {
                continue;
            };
            let apart = (self.lines[*place].0.on - movements[*index].on).whole_days().abs();
            if apart <= days {
                self.taken[*index] = true;
                self.lines[*place].1 = Fate::Is(*index);
            }
        }
    }
}

fn is_alike(named: &NamedLine, movement: &Movement) -> bool {
    named.line.gross == movement.amount
}
