//! Laws of the reports: what they say is what documents and books say. No database.

use std::collections::BTreeMap;

use ledger::{
    invoice::InvoiceEvent,
    journal::{Account, postings},
    recorded::{LedgerEvent, Recorded},
    subscription::Whereabouts,
};
use projections::{
    credit_notes::CreditNotes,
    disputes::{DisputeStatus, Disputes},
    engine::fold,
    held_payments::{HeldPayments, HeldStatus},
    invoices::Invoices,
    periods::Periods,
    revenue::Revenue,
    tax_ledger::{Movement, Row, TaxLedger, whole},
    tax_snapshot::{Row as SnapshotRow, TaxSnapshot},
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::world::{World, steps};

/// Movements of tax, invoice by invoice.
fn movements(events: &[Recorded]) -> BTreeMap<Uuid, Vec<Movement>> {
    let mut invoices: BTreeMap<Uuid, Vec<Row>> = BTreeMap::new();
    for (row, _) in fold::<TaxLedger>(events).into_values() {
        invoices.entry(row.invoice_id).or_default().push(row);
    }
    invoices.into_iter().map(|(id, rows)| (id, whole(&rows))).collect()
}

/// What an account comes to by what happened to invoices, debits less credits.
fn balance(events: &[Recorded], account: Account) -> i64 {
    let of_invoices = events.iter().filter(|it| matches!(it.event, LedgerEvent::Invoice(_)));
    let lines = of_invoices.flat_map(|event| postings(&event.event));
    let here = lines.filter(|line| line.account == account);
    here.map(|line| line.debit_minor - line.credit_minor).sum()
}

/// The tax that an invoice had when it came from another system, in minor units.
fn brought_in(events: &[Recorded], invoice: Uuid) -> i64 {
    let of_it = events.iter().filter(|event| event.aggregate_id == invoice);
    let tax = of_it.filter_map(|event| match &event.event {
        LedgerEvent::Invoice(InvoiceEvent::Imported(imported)) => Some(imported.totals.tax.minor()),
        _ => None,
    });
    tax.sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// The report over all time is what is owed to the state, and no invoice is left with less
    /// than no tax. Refunds do not say which of several taxes they cut, so that one of them may be
    /// a cent off; their sum is not.
    #[test]
    fn taxes_by_name_sum_to_what_is_owed_to_the_state(steps in steps(400)) {
        let world = World::after(1, &steps);
        let all = movements(&world.events);
        let sum: i64 = all.values().flatten().map(|movement| movement.tax_minor).sum();
        prop_assert_eq!(sum, -balance(&world.events, Account::TaxPayable));
        for (id, movements) in &all {
            let mut left = brought_in(&world.events, *id);
            for it in movements {
                left += it.tax_minor;
                let last = movements.iter().rfind(|other| other.position == it.position);
                prop_assert!(left >= 0 || last != Some(it), "{:?}", movements);
            }
        }
    }

    /// Issued taxes are those of the snapshots, and each event moves the tax it says.
    #[test]
    fn taxes_are_those_of_the_documents(steps in steps(150)) {
        let world = World::after(1, &steps);
        let all = movements(&world.events);
        for (id, (snapshot, _)) in fold::<TaxSnapshot>(&world.events) {
            let issued = all.get(&id).into_iter().flatten().filter(|it| it.is_collected());
            prop_assert_eq!(issued.map(|it| it.tax_minor).sum::<i64>(), snapshot.tax_minor);
        }
        for event in &world.events {
            let LedgerEvent::Invoice(happened) = &event.event else { continue };
            let said = match happened {
                InvoiceEvent::Canceled(it) => -it.tax.minor(),
                InvoiceEvent::RefundCreated(it) => -it.tax.minor(),
                InvoiceEvent::RefundCanceled(it) => it.tax.minor(),
                InvoiceEvent::CreditNoteIssued(it) => -it.tax.minor(),
                InvoiceEvent::CreditNoteVoided(it) => it.tax.minor(),
                _ => continue,
            };
            let moved = all.get(&event.aggregate_id).into_iter().flatten();
            let moved = moved.filter(|it| it.position == event.position);
            prop_assert_eq!(moved.map(|it| it.tax_minor).sum::<i64>(), said);
        }
    }

    /// What an issued document says of its taxes is what was said at issue, whatever is configured
    /// and done afterwards.
    #[test]
    fn no_later_rate_changes_an_issued_document(steps in steps(150)) {
        let world = World::after(1, &steps);
        let snapshots = fold::<TaxSnapshot>(&world.events);
        let ledger = fold::<TaxLedger>(&world.events);
        for event in &world.events {
            let LedgerEvent::Invoice(InvoiceEvent::Issued(issued)) = &event.event else { continue };
            let (then, _) = &fold::<TaxSnapshot>(std::slice::from_ref(event))[&event.aggregate_id];
            let (now, _) = &snapshots[&event.aggregate_id];
            prop_assert_eq!(now.tax_minor, issued.totals.tax.minor());
            let told = |row: &SnapshotRow| {
                let rate = row.tax_rate_basis.clone();
                (row.taxable_subtotal_minor, row.total_minor, rate, row.jurisdiction.clone())
            };
            prop_assert_eq!(told(then), told(now));
            for (key, row) in fold::<TaxLedger>(std::slice::from_ref(event)) {
                prop_assert_eq!(Some(&row), ledger.get(&key));
            }
        }
    }

    /// Lists of corrections add up to what invoices say of themselves.
    #[test]
    fn corrections_add_up_to_the_invoices(steps in steps(400)) {
        let world = World::after(1, &steps);
        let (notes, disputes) =
            (fold::<CreditNotes>(&world.events), fold::<Disputes>(&world.events));
        for (id, (row, _)) in fold::<Invoices>(&world.events) {
            let standing = notes.values().map(|(note, _)| note);
            let standing = standing.filter(|note| note.invoice_id == id && note.voided_on.is_none());
            prop_assert_eq!(standing.map(|note| note.total_minor).sum::<i64>(), row.credited_minor);
            let of = || disputes.values().map(|(it, _)| it).filter(|it| it.invoice_id == id);
            let open = of().filter(|it| it.status.0 == DisputeStatus::Open);
            prop_assert_eq!(open.map(|it| it.amount_minor).sum::<i64>(), row.disputed_minor);
            prop_assert_eq!(of().map(|it| it.loss_minor).sum::<i64>(), row.charged_back_minor);
            prop_assert!(row.refunded_minor >= 0 && row.written_off_minor >= 0);
        }
    }

    /// Billed ahead is recognised, deferred or cut, as the invoice and the books say.
    #[test]
    fn what_is_billed_ahead_is_earned_deferred_or_cut(steps in steps(600)) {
        let world = World::after(1, &steps);
        let rows = fold::<Revenue>(&world.events);
        for (id, (invoice, _)) in &world.invoices {
            let own = || rows.values().map(|(row, _)| row).filter(|row| row.invoice_id == *id);
            let deferred: i64 = own().map(|row| row.deferred_minor).sum();
            prop_assert_eq!(deferred, invoice.deferred().map_or(0, |money| money.minor()));
            for row in own() {
                let parts = row.recognized_minor + row.deferred_minor + row.cut_minor;
                prop_assert_eq!(parts, row.billed_minor);
                prop_assert!(row.deferred_minor >= 0 && row.cut_minor >= 0);
                let schedules = row.progress();
                let left = schedules.iter().map(|(_, it)| it.deferred().minor());
                prop_assert_eq!(left.sum::<i64>(), row.deferred_minor);
            }
        }
        let deferred: i64 = rows.values().map(|(row, _)| row.deferred_minor).sum();
        prop_assert_eq!(-balance(&world.events, Account::DeferredRevenue), deferred);
    }

    /// Numbers of credit notes have no gap.
    #[test]
    fn credit_notes_are_numbered_without_a_gap(steps in steps(150)) {
        let world = World::after(1, &steps);
        let mut series: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (note, _) in fold::<CreditNotes>(&world.events).into_values() {
            let (month, number) = note.number.rsplit_once('-').unwrap();
            series.entry(month.to_owned()).or_default().push(number.parse().unwrap());
        }
        for numbers in series.values_mut() {
            numbers.sort_unstable();
            let count = u32::try_from(numbers.len()).unwrap();
            prop_assert_eq!(&*numbers, &(1..=count).collect::<Vec<_>>());
        }
    }

    /// Held payments are open exactly while the account holds them.
    #[test]
    fn held_payments_are_open_while_nobody_took_them(steps in steps(150)) {
        let world = World::after(1, &steps);
        let rows = fold::<HeldPayments>(&world.events);
        for (row, _) in rows.values() {
            let (account, _) = world.account.values().next().unwrap();
            let held = account.held_payment(row.payment_id).unwrap();
            let open = matches!(held.whereabouts, Whereabouts::Held { .. });
            prop_assert_eq!(row.status.0 == HeldStatus::Open, open);
            prop_assert_eq!(row.amount_minor, held.amount.minor());
        }
    }

    /// The last row of the periods says what the books say, and nothing was booked in a sealed
    /// period after it was sealed but adjusting entries and their mirrors.
    #[test]
    fn periods_are_sealed_as_the_books_say(steps in steps(150)) {
        let world = World::after(1, &steps);
        let rows = fold::<Periods>(&world.events);
        let last = rows.values().next_back().and_then(|(row, _)| row.closed_through);
        let books = world.books.values().next().and_then(|(books, _)| books.closed_through());
        prop_assert_eq!(last, books);
        for event in &world.events {
            if matches!(event.event, LedgerEvent::Books(_)) {
                continue;
            }
            let sealed = rows.range(..event.position).next_back();
            let sealed = sealed.and_then(|(_, (row, _))| row.closed_through);
            let days = postings(&event.event).into_iter().map(|posting| posting.business_date);
            prop_assert!(days.min() > sealed || days_is_empty(event), "{:?}", event.event);
        }
    }
}

fn days_is_empty(event: &Recorded) -> bool {
    postings(&event.event).is_empty()
}
