//! What events come to, worked out by the read models themselves: a pure fold.

use std::collections::BTreeMap;

use ledger::recorded::Recorded;
use ledger::values::{Currency, Money};
use projections::claims::{self, Claims};
use projections::engine::{ReadModel, Word, Worded, fold};
use projections::invoices::{self, Invoices};
use projections::journal::Journal;
use projections::statements::{self, Statements};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::About;

/// A read model and its version: another one may work out other figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Projector {
    model: String,
    version: i32,
}

/// What one invoice, claim or statement comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Figures {
    id: Uuid,
    number: Option<String>,
    status: String,
    amounts: BTreeMap<String, Money>,
}

/// What was entered in one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Moved {
    account: String,
    debit: Money,
    credit: Money,
}

/// What the events come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Totals {
    claims: Vec<Figures>,
    invoices: Vec<Figures>,
    statements: Vec<Figures>,
    trial_balance: Vec<Moved>,
}

/// The read models that work totals out.
pub(super) fn projectors() -> Vec<Projector> {
    fn of<M: ReadModel>() -> Projector {
        Projector { model: M::NAME.to_owned(), version: M::VERSION }
    }
    vec![of::<Claims>(), of::<Invoices>(), of::<Journal>(), of::<Statements>()]
}

impl std::fmt::Display for Projector {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} {}", self.model, self.version)
    }
}

/// Works them out. Of a stretch of time only the books have figures: an invoice that began before
/// it cannot be told from its last events.
pub(super) fn totals(about: &About, events: &[Recorded]) -> Totals {
    let (mut claims, mut invoices, mut statements) = (Vec::new(), Vec::new(), Vec::new());
    if !matches!(about, About::Period { .. }) {
        claims = fold::<Claims>(events).into_values().map(|(row, _)| of_claim(&row)).collect();
        invoices =
            fold::<Invoices>(events).into_values().map(|(row, _)| of_invoice(&row)).collect();
        let rows = fold::<Statements>(events);
        statements = rows.into_values().map(|(row, _)| of_statement(&row)).collect();
    }
    Totals { claims, invoices, statements, trial_balance: trial_balance(events) }
}

fn trial_balance(events: &[Recorded]) -> Vec<Moved> {
    let mut sums: BTreeMap<(String, String), (Currency, i64, i64)> = BTreeMap::new();
    for (line, _) in fold::<Journal>(events).into_values() {
        let key = (line.currency.0.to_string(), line.account.0.word().to_owned());
        let sum = sums.entry(key).or_insert((line.currency.0, 0, 0));
        sum.1 = sum.1.saturating_add(line.debit_minor);
        sum.2 = sum.2.saturating_add(line.credit_minor);
    }
    let moved = |((_, account), (currency, debit, credit))| Moved {
        account,
        debit: Money::from_minor(debit, currency),
        credit: Money::from_minor(credit, currency),
    };
    sums.into_iter().map(moved).collect()
}

fn figures<const N: usize>(
    id: Uuid,
    number: Option<&String>,
    status: &str,
    currency: Word<Currency>,
    amounts: [(&str, i64); N],
) -> Figures {
    let money =
        |(name, minor): (&str, i64)| (name.to_owned(), Money::from_minor(minor, currency.0));
    Figures {
        id,
        number: number.cloned(),
        status: status.to_owned(),
        amounts: amounts.into_iter().map(money).collect(),
    }
}

fn of_invoice(row: &invoices::Row) -> Figures {
    figures(
        row.invoice_id,
        row.number.as_ref(),
        row.status.0.word(),
        row.currency,
        [
            ("subtotal", row.subtotal_minor),
            ("tax", row.tax_minor),
            ("total", row.total_minor),
            ("paid", row.paid_minor),
            ("balance", row.balance_minor),
            ("credit", row.credit_minor),
            ("refunded", row.refunded_minor),
            ("credited", row.credited_minor),
            ("written_off", row.written_off_minor),
            ("disputed", row.disputed_minor),
            ("charged_back", row.charged_back_minor),
        ],
    )
}

fn of_claim(row: &claims::Row) -> Figures {
    figures(
        row.claim_id,
        Some(&row.account),
        row.status.0.word(),
        row.currency,
        [
            ("charge", row.charge_minor),
            ("insurance_paid", row.insurance_paid_minor),
            ("adjusted_insurance", row.adjusted_insurance_minor),
            ("adjusted_patient", row.adjusted_patient_minor),
            ("patient_share", row.patient_share_minor),
            ("patient_paid", row.patient_paid_minor),
            ("insurance_balance", row.insurance_balance_minor),
            ("patient_balance", row.patient_balance_minor),
        ],
    )
}

fn of_statement(row: &statements::Row) -> Figures {
    figures(
        row.statement_id,
        Some(&row.statement_number),
        row.lifecycle_state.0.word(),
        row.currency,
        [
            ("total_charges", row.total_charges_minor),
            ("insurance_paid", row.insurance_paid_minor),
            ("insurance_pending", row.insurance_pending_minor),
            ("adjustments", row.adjustments_minor),
            ("patient_responsibility", row.patient_responsibility_minor),
            ("patient_paid", row.patient_paid_minor),
            ("balance_due", row.balance_due_minor),
        ],
    )
}
