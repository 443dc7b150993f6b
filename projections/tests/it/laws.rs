//! What must hold for every read model, under random histories. No database.

use std::collections::BTreeMap;

use ledger::{
    journal::postings,
    recorded::{LedgerEvent, Recorded},
};
use projections::{
    billing_audit_logs::BillingAuditLogs,
    billing_decisions::BillingDecisions,
    claim_filings::ClaimFilings,
    claims::Claims,
    credit_notes::CreditNotes,
    disputes::Disputes,
    engine::{Folded, ReadModel, fold, read_models},
    exceptions::Exceptions,
    facesheets::Facesheets,
    held_payments::HeldPayments,
    invoice_lines::InvoiceLines,
    invoices::Invoices,
    journal::Journal,
    operations::Operations,
    patients::Patients,
    payment_plans::PaymentPlans,
    payment_status::PaymentStatus,
    periods::Periods,
    prior_auths::PriorAuths,
    reconcile::Reconcile,
    remittance_claims::RemittanceClaims,
    remittances::Remittances,
    revenue::Revenue,
    statement_deliveries::StatementDeliveries,
    statement_escalations::StatementEscalations,
    statements::Statements,
    tax_ledger::TaxLedger,
    tax_snapshot::TaxSnapshot,
    timeline::Timeline,
    usage_drift::UsageDrift,
};
use proptest::{prelude::*, strategy::ValueTree};

use crate::{
    laws_of_shares::shares_sum_to_every_figure,
    world::{World, steps},
};

/// Runs a law over every registered model; the list must be the registered one.
macro_rules! for_all_models {
    ($law:ident, $events:expr) => {
        $law::<BillingAuditLogs>($events)?;
        $law::<BillingDecisions>($events)?;
        $law::<ClaimFilings>($events)?;
        $law::<Claims>($events)?;
        $law::<CreditNotes>($events)?;
        $law::<Disputes>($events)?;
        $law::<Exceptions>($events)?;
        $law::<Facesheets>($events)?;
        $law::<HeldPayments>($events)?;
        $law::<InvoiceLines>($events)?;
        $law::<Invoices>($events)?;
        $law::<Journal>($events)?;
        $law::<Operations>($events)?;
        $law::<Patients>($events)?;
        $law::<PaymentPlans>($events)?;
        $law::<PaymentStatus>($events)?;
        $law::<Periods>($events)?;
        $law::<PriorAuths>($events)?;
        $law::<Reconcile>($events)?;
        $law::<RemittanceClaims>($events)?;
        $law::<Remittances>($events)?;
        $law::<Revenue>($events)?;
        $law::<StatementDeliveries>($events)?;
        $law::<StatementEscalations>($events)?;
        $law::<Statements>($events)?;
        $law::<TaxLedger>($events)?;
        $law::<TaxSnapshot>($events)?;
        $law::<Timeline>($events)?;
        $law::<UsageDrift>($events)?;
    };
}

#[test]
fn every_registered_model_is_under_the_laws() {
    let registered: Vec<&str> = read_models().iter().map(|model| model.name()).collect();
    let under = [
        BillingAuditLogs::NAME,
        BillingDecisions::NAME,
        ClaimFilings::NAME,
        Claims::NAME,
        CreditNotes::NAME,
        Disputes::NAME,
        Exceptions::NAME,
        Facesheets::NAME,
        HeldPayments::NAME,
        InvoiceLines::NAME,
        Invoices::NAME,
        Journal::NAME,
        Operations::NAME,
        Patients::NAME,
        PaymentPlans::NAME,
        PaymentStatus::NAME,
        Periods::NAME,
        PriorAuths::NAME,
        Reconcile::NAME,
        RemittanceClaims::NAME,
        Remittances::NAME,
        Revenue::NAME,
        StatementDeliveries::NAME,
        StatementEscalations::NAME,
        Statements::NAME,
        TaxLedger::NAME,
        TaxSnapshot::NAME,
        Timeline::NAME,
        UsageDrift::NAME,
    ];
    assert_eq!(registered, under);
}

/// Folds onto rows that are there already, as live work does, one batch after the other.
fn continued<M: ReadModel>(mut rows: Folded<M>, events: &[Recorded]) -> Folded<M> {
    for event in events {
        let mut changes = Vec::new();
        M::hear(event, &mut changes);
        for (key, change) in changes {
            let (row, _) = rows.remove(&key).map_or((None, 0), |(row, at)| (Some(row), at));
            let mut row = row;
            M::fold(&mut row, change);
            if let Some(row) = row {
                rows.insert(key, (row, event.position));
            }
        }
    }
    rows
}

/// As of a position is the fold of the events up to it; going on from there gives the whole.
fn as_of_is_the_prefix<M: ReadModel>(events: &[Recorded]) -> Result<(), TestCaseError> {
    let whole = fold::<M>(events);
    for cut in [events.len() / 3, events.len() / 2, events.len()] {
        let (before, after) = events.split_at(cut);
        prop_assert!(continued::<M>(fold::<M>(before), after) == whole, "{} at {cut}", M::NAME);
    }
    Ok(())
}

/// The same log gives the same rows.
fn twice_is_once<M: ReadModel>(events: &[Recorded]) -> Result<(), TestCaseError> {
    prop_assert!(fold::<M>(events) == fold::<M>(events), "{}", M::NAME);
    Ok(())
}

/// What a model does not hear changes nothing, so a rebuild need not read it.
fn what_is_not_heard_says_nothing<M: ReadModel>(events: &[Recorded]) -> Result<(), TestCaseError> {
    for event in events.iter().filter(|event| !M::hears(event.event.name())) {
        let mut changes = Vec::new();
        M::hear(event, &mut changes);
        prop_assert!(changes.is_empty(), "{} heard {}", M::NAME, event.event.name());
    }
    Ok(())
}

/// Rows are written without being kept in memory only where no key comes again.
fn heard_once_means_once<M: ReadModel>(events: &[Recorded]) -> Result<(), TestCaseError> {
    let mut seen: BTreeMap<M::Key, i64> = BTreeMap::new();
    for event in events.iter().filter(|_| M::HEARD_ONCE) {
        let mut changes = Vec::new();
        M::hear(event, &mut changes);
        for (key, _) in changes {
            let before = seen.insert(key, event.position);
            prop_assert!(before.is_none(), "{} heard a key again", M::NAME);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn models_are_folds_of_the_log(steps in steps(150)) {
        let world = World::after(1, &steps);
        let events = &world.events;
        for_all_models!(as_of_is_the_prefix, events);
        for_all_models!(twice_is_once, events);
        for_all_models!(what_is_not_heard_says_nothing, events);
        for_all_models!(heard_once_means_once, events);
    }

    #[test]
    fn the_shares_of_events_sum_to_every_figure_of_every_row(steps in steps(120)) {
        let world = World::after(1, &steps);
        let events = &world.events;
        for_all_models!(shares_sum_to_every_figure, events);
    }

    #[test]
    fn the_trial_balance_is_zero_at_every_position(steps in steps(150)) {
        let world = World::after(1, &steps);
        for event in &world.events {
            let mut sides: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
            let entry = postings(&event.event);
            for line in &entry {
                prop_assert!((line.debit_minor == 0) != (line.credit_minor == 0));
                prop_assert!(line.debit_minor >= 0 && line.credit_minor >= 0);
                let side = sides.entry(line.currency.code()).or_default();
                *side = (side.0 + line.debit_minor, side.1 + line.credit_minor);
            }
            for (debit, credit) in sides.values() {
                prop_assert_eq!(debit, credit, "position {}", event.position);
            }
        }
    }

    /// The read models tell what the aggregates know.
    #[test]
    fn an_invoices_row_says_what_the_invoice_says(steps in steps(150)) {
        let world = World::after(1, &steps);
        let rows = fold::<Invoices>(&world.events);
        let lines = fold::<InvoiceLines>(&world.events);
        for (id, (invoice, version)) in &world.invoices {
            let Some(standing) = invoice.standing() else { continue };
            let (row, _) = &rows[id];
            prop_assert_eq!(row.version, *version);
            prop_assert_eq!(row.status.0, invoice.status());
            prop_assert_eq!(row.paid_minor, standing.paid.minor());
            prop_assert_eq!(row.balance_minor, standing.balance.minor());
            prop_assert_eq!(row.credit_minor, standing.credit.minor());
            prop_assert_eq!(row.number.as_deref(), invoice.number());
            let totals = invoice.totals().unwrap();
            prop_assert_eq!(row.total_minor, totals.total.minor());
            let own = lines.iter().filter(|((of, _), _)| of == id);
            let (count, sum) = own.fold((0, 0), |(count, sum), (_, (line, _))| {
                (count + 1, sum + line.total_price_minor)
            });
            prop_assert_eq!((count, sum), (row.line_count, row.subtotal_minor));
        }
    }

    /// What the books say of receivables and credits is what the invoices say.
    #[test]
    fn the_books_agree_with_the_invoices(steps in steps(150)) {
        let world = World::after(1, &steps);
        let mut balances: BTreeMap<&str, i64> = BTreeMap::new();
        let ours = world.events.iter().filter(|event| !is_of_payers(event));
        for line in ours.flat_map(|event| postings(&event.event)) {
            *balances.entry(line.account.number()).or_default() +=
                line.debit_minor - line.credit_minor;
        }
        let standings = world.invoices.values().filter_map(|(invoice, _)| invoice.standing());
        let owed: i64 = standings.clone().map(|standing| standing.balance.minor()).sum();
        let credit: i64 = standings.map(|standing| standing.credit.minor()).sum();
        let held: i64 = fold::<Reconcile>(&world.events)
            .values()
            .filter(|(row, _)| row.kind.0 == projections::reconcile::Kind::HeldPayment)
            .filter(|(row, _)| !row.resolved)
            .map(|(row, _)| row.total_minor)
            .sum();
        let account = |number| balances.get(number).copied().unwrap_or(0);
        prop_assert_eq!(account("1100"), owed);
        prop_assert_eq!(account("2200"), -(credit + held));
    }

    /// A mismatch is exactly where reconciling by the money would say something else.
    #[test]
    fn a_mismatch_is_what_reconciling_would_change(steps in steps(150)) {
        let world = World::after(1, &steps);
        for (id, (row, _)) in fold::<Reconcile>(&world.events) {
            let Some((invoice, _)) = world.invoices.get(&id.1) else { continue };
            let Some(standing) = invoice.standing() else { continue };
            let rule = ledger::invoice::status_by_funds(
                standing.status, standing.balance, standing.paid, None, world.today());
            use ledger::invoice::Status::{Canceled, Draft, Failed, Overdue};
            let fixed = invoice.is_given_up() || matches!(standing.status, Draft | Canceled);
            let date_says = matches!(standing.status, Overdue | Failed)
                && standing.balance.is_positive()
                && (standing.status == Overdue || !standing.paid.is_positive());
            let expected = !fixed && !date_says && rule != standing.status;
            prop_assert_eq!(row.mismatch, expected, "{:?} {:?}", row, standing);
        }
    }
}

/// What payers are asked for and answer has its own book.
fn is_of_payers(event: &Recorded) -> bool {
    matches!(event.event, LedgerEvent::Claim(_) | LedgerEvent::Remittance(_))
}

/// The laws above would hold of nothing, too.
#[test]
fn random_histories_reach_every_event_of_books_invoices_payers_things_and_patients() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..400 {
        let steps = steps(300).new_tree(&mut runner).unwrap().current();
        seen.extend(World::after(1, &steps).events.iter().map(|event| event.event.name()));
    }
    let all = ledger::recorded::shapes().map(|(name, _)| name);
    let missing: Vec<&str> = all
        .filter(|name| {
            let held = name.contains(".subscription.") && name.contains("_payment_");
            let of = [
                ".books.",
                ".claim.",
                ".invoice.",
                ".operation.",
                ".patient_activation.",
                ".prior_auth.",
                ".remittance.",
            ];
            held || of.iter().any(|part| name.contains(part))
        })
        .filter(|name| !seen.contains(name))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
