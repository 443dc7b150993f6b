//! Random histories through the real aggregates: the log, the read models folded from it, and a
//! statement of what it moved through the provider agree; whatever is changed in one does not.

use ledger::{
    reconciliation::{
        Class, Facts, InvoiceRow, Line, LineStatus, Movement, MovementState, NamedLine, PaymentRow,
        Terms, compare, compare_rows,
    },
    values::Money,
};
use projections::{
    engine::fold,
    payment_status::PaymentStatus,
    reconcile::Reconcile,
    reconciliation::{invoice_row, payment_row},
};
use proptest::prelude::*;
use time::macros::date;
use uuid::Uuid;

use crate::world::{World, steps};

const TERMS: Terms = Terms { from: date!(2020 - 01 - 01), through: date!(2040 - 01 - 01), days: 3 };

struct Sides {
    facts: Facts,
    payments: Vec<PaymentRow>,
    invoices: Vec<InvoiceRow>,
}

fn sides(world: &World) -> Sides {
    let mut facts = Facts::default();
    for event in world.events.iter().filter(|event| Facts::hears(event.event.name())) {
        facts.hear(event);
    }
    let payments = fold::<PaymentStatus>(&world.events);
    let invoices = fold::<Reconcile>(&world.events);
    Sides {
        facts,
        payments: payments.values().map(|(row, _)| payment_row(row)).collect(),
        invoices: invoices.values().filter_map(|(row, _)| invoice_row(row)).collect(),
    }
}

fn name(id: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, id.as_bytes())
}

/// What the provider would state of what really moved.
fn statement(movements: &mut [Movement]) -> Vec<NamedLine> {
    let mut lines = Vec::new();
    for (number, movement) in movements.iter_mut().enumerate() {
        let source = format!("obj_{number}");
        movement.names.push(name(&source));
        if movement.state != MovementState::Settled {
            continue;
        }
        let line = Line {
            id: format!("txn_{number}"),
            kind: movement.kind,
            source: Some(source),
            references: Vec::new(),
            gross: movement.amount,
            fee: movement.fee.unwrap_or(Money::zero(movement.amount.currency())),
            net: movement.amount,
            tax: movement.tax,
            created: movement.on.midnight().assume_utc(),
            available_on: None,
            status: LineStatus::Available,
            payout: None,
            org: None,
            invoice_id: None,
            refund_id: None,
        };
        lines.push(NamedLine::new(line, movement.on, name));
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn three_sides_of_one_history_agree(steps in steps(200)) {
        let sides = sides(&World::after(1, &steps));
        let of_rows = compare_rows((&sides.facts, &sides.payments), (&sides.facts, &sides.invoices));
        prop_assert_eq!(of_rows, vec![]);
        let mut movements = sides.facts.movements();
        let lines = statement(&mut movements);
        let compared = compare(&lines, &movements, &TERMS);
        prop_assert_eq!(compared.differences, vec![]);
        prop_assert_eq!(compared.matched, lines.len());
    }

    #[test]
    fn a_row_that_says_something_else_is_found(steps in steps(200), which in any::<usize>()) {
        let Sides { facts, mut payments, mut invoices } = sides(&World::after(1, &steps));
        prop_assume!(!payments.is_empty() && !invoices.is_empty());
        let compared = |payments: &[PaymentRow], invoices: &[InvoiceRow]| -> Vec<Class> {
            let found = compare_rows((&facts, payments), (&facts, invoices));
            found.iter().map(|difference| difference.class).collect()
        };
        let place = which % payments.len();
        let row = payments.remove(place);
        prop_assert_eq!(compared(&payments, &invoices), vec![Class::MissingThere]);
        let stranger = PaymentRow { movement_id: Uuid::from_u128(99), ..row.clone() };
        let altered = Money::from_minor(row.amount.minor() + 1, row.amount.currency());
        for (row, classes) in [
            (PaymentRow { amount: altered, ..row.clone() }, vec![Class::Amount]),
            (stranger, vec![Class::MissingHere, Class::MissingThere]),
        ] {
            payments.push(row);
            prop_assert_eq!(compared(&payments, &invoices), classes);
            payments.pop();
        }
        payments.push(row);
        let place = which % invoices.len();
        let row = &mut invoices[place];
        row.settled = Money::from_minor(row.settled.minor() + 1, row.settled.currency());
        prop_assert_eq!(compared(&payments, &invoices), vec![Class::Amount]);
        invoices.remove(place);
        prop_assert_eq!(compared(&payments, &invoices), vec![Class::MissingThere]);
    }
}
