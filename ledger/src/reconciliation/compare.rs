//! The log beside a provider's statement.

use time::{Date, Duration};

use super::{
    Between, Class, Difference, Item, LineKind, LineStatus, Movement, MovementState, NamedLine,
    Side,
    matching::{Fate, matching},
    propose::booked_apart,
};

/// What is looked at, and how exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The first day that the statement covers.
    pub from: Date,
    /// The last day that it covers.
    pub through: Date,
    /// Days that both sides may be apart. As many at either end of what is covered may stand in
    /// the neighbouring statement, so nothing is missed there.
    pub days: i64,
}

impl Terms {
    /// Whether a movement of this day must stand in the statement.
    pub fn expects(&self, on: Date) -> bool {
        let apart = Duration::days(self.days);
        let from = self.from.checked_add(apart).unwrap_or(Date::MAX);
        let through = self.through.checked_sub(apart).unwrap_or(Date::MIN);
        (from..=through).contains(&on)
    }

    /// Whether a line of this day can stand in the statement.
    pub fn covers(&self, on: Date) -> bool {
        (self.from..=self.through).contains(&on)
    }

    /// Whether a run on these terms would have found an item of this class again.
    pub fn would_find(&self, class: Class, on: Date) -> bool {
        match class {
            Class::MissingThere => self.expects(on),
            Class::Amount
            | Class::Currency
            | Class::Duplicate
            | Class::MissingHere
            | Class::Status
            | Class::Tax
            | Class::Timing => self.covers(on),
        }
    }
}

/// What came of comparing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Lines that are movements of ours.
    pub matched: usize,
    /// What does not agree.
    pub differences: Vec<Difference>,
}

/// Compares the statement with what the log expects in it. The order of lines says nothing.
pub fn compare(lines: &[NamedLine], movements: &[Movement], terms: &Terms) -> Comparison {
    let found = matching(lines, movements, terms.days);
    let mut comparison = Comparison::default();
    for (named, fate) in &found.lines {
        match fate {
            Fate::Is(index) => {
                comparison.matched += 1;
                check(named, &movements[*index], terms, &mut comparison.differences);
            }
            Fate::Twice(index) => {
                let movement = index.map(|index| &movements[index]);
                comparison.differences.push(twice(named, movement));
            }
            Fate::Unknown => comparison.differences.extend(unknown(named)),
        }
    }
    let apart = booked_apart(lines);
    for (movement, taken) in movements.iter().zip(&found.taken) {
        let expected = movement.state == MovementState::Settled && terms.expects(movement.on);
        let is_apart = movement.kind == LineKind::Fee && apart.contains(&movement.id);
        if !taken && expected && !is_apart {
            comparison.differences.push(missing(movement));
        }
    }
    comparison
}

/// The two sides of a pair.
fn check(named: &NamedLine, movement: &Movement, terms: &Terms, out: &mut Vec<Difference>) {
    let line = &named.line;
    let pair = |class, ours, theirs| Difference {
        ours,
        theirs,
        invoice_id: movement.invoice_id,
        movement_id: Some(movement.id),
        ..of_line(class, named)
    };
    let (ours, theirs) = (Side::of(movement.amount), Side::of(line.gross));
    if movement.amount.currency() != line.gross.currency() {
        out.push(pair(Class::Currency, ours.clone(), theirs.clone()));
    } else if movement.amount != line.gross {
        out.push(pair(Class::Amount, ours.clone(), theirs.clone()));
    } else {
        // Taxes and fees of different amounts say nothing of their own.
        let fee = movement.fee.filter(|fee| *fee != line.fee);
        let tax = movement.tax.zip(line.tax).filter(|(ours, theirs)| ours != theirs);
        out.extend(fee.map(|fee| pair(Class::Amount, Side::of(fee), Side::of(line.fee))));
        out.extend(tax.map(|(our, their)| pair(Class::Tax, Side::of(our), Side::of(their))));
    }
    let happened = line.status != LineStatus::Failed;
    if happened != (movement.state == MovementState::Settled) {
        let ours = ours.clone().standing(movement.state.word());
        out.push(pair(Class::Status, ours, theirs.clone().standing(line.status.word())));
    }
    // Payouts and fees are booked on days of our own.
    let apart = (named.on - movement.on).whole_days().abs();
    if apart > terms.days && !is_learned(line.kind) {
        out.push(pair(Class::Timing, ours.dated(movement.on), theirs.dated(named.on)));
    }
}

/// What the statement has and the log has not. What did not come about is no loss, and payouts
/// and fees are learned from the statement.
fn unknown(named: &NamedLine) -> Option<Difference> {
    if is_learned(named.line.kind) || named.line.status == LineStatus::Failed {
        return None;
    }
    let theirs = stated(named);
    Some(Difference { theirs, ..of_line(Class::MissingHere, named) })
}

/// What we learn of from the statement.
fn is_learned(kind: LineKind) -> bool {
    matches!(kind, LineKind::Payout | LineKind::PayoutReversal | LineKind::Fee)
}

fn twice(named: &NamedLine, movement: Option<&Movement>) -> Difference {
    Difference {
        theirs: stated(named),
        ours: movement.map(logged).unwrap_or_default(),
        invoice_id: movement.and_then(|movement| movement.invoice_id).or(named.invoice_id),
        movement_id: movement.map(|movement| movement.id),
        // Two lines of one object are told apart by their own ids.
        name: named.name,
        ..of_line(Class::Duplicate, named)
    }
}

fn missing(movement: &Movement) -> Difference {
    Difference {
        between: Between::LogAndProvider,
        class: Class::MissingThere,
        item: Item::from(movement.kind),
        ours: logged(movement),
        theirs: Side::default(),
        invoice_id: movement.invoice_id,
        movement_id: Some(movement.id),
        provider_id: None,
        name: movement.id,
        on: movement.on,
    }
}

fn logged(movement: &Movement) -> Side {
    Side::of(movement.amount).dated(movement.on).standing(movement.state.word())
}

fn stated(named: &NamedLine) -> Side {
    Side::of(named.line.gross).dated(named.on).standing(named.line.status.word())
}

/// Everything but the figures.
fn of_line(class: Class, named: &NamedLine) -> Difference {
    let line = &named.line;
    Difference {
        between: Between::LogAndProvider,
        class,
        item: Item::from(line.kind),
        ours: Side::default(),
        theirs: Side::default(),
        invoice_id: named.invoice_id,
        movement_id: named.payment_id,
        provider_id: Some(line.source.clone().unwrap_or_else(|| line.id.clone())),
        name: named.object,
        on: named.on,
    }
}
