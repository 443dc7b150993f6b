//! What the founder's figures are the sums of.

use ledger::statement::{Charge, Lifecycle};
use projections::{
    billing_audit_logs::BillingAuditLogs,
    engine::explain::Figure,
    payment_plans::{InstalmentState, PaymentPlans},
    statement_deliveries::StatementDeliveries,
    statement_escalations::StatementEscalations,
    statements::{Row, Statements},
};

use crate::explaining::{Place, Source};

/// Of statements.
pub(super) fn statement(place: &Place<'_>) -> Option<Source> {
    let id = place.id("id")?;
    let stream = Some(("statement", id));
    let (within, field) = place.named();
    let figure = match within.strip_prefix("/*").unwrap_or(within) {
        "" => Figure::of::<Statements>(id, stream, of_statement(field)?),
        "/itemized_charges/*" if field == "amount" => {
            let at = place.place(0)?;
            Figure::of::<Statements>(id, stream, move |row| {
                let charges = serde_json::from_slice::<Vec<Charge>>(&row.charges).ok();
                charges.and_then(|all| Some(all.get(at)?.amount.minor())).unwrap_or(0)
            })
        }
        _ => return None,
    };
    Some(figure.into())
}

fn of_statement(field: &str) -> Option<fn(&Row) -> i64> {
    Some(match field {
        "total_charges" => |row| row.total_charges_minor,
        "insurance_paid" => |row| row.insurance_paid_minor,
        "insurance_pending" => |row| row.insurance_pending_minor,
        "adjustments" => |row| row.adjustments_minor,
        "patient_responsibility" => |row| row.patient_responsibility_minor,
        "patient_paid" => |row| row.patient_paid_minor,
        "balance_due" => |row| row.balance_due_minor,
        _ => return None,
    })
}

/// Of the dashboard: what is due beyond a draft, and what letters cost today.
pub(super) fn metrics(place: &Place<'_>) -> Option<Source> {
    let currency = place.question.currency;
    let (from, to) = place.question.day;
    let figure = match place.named() {
        ("", "total_balance_outstanding") => Figure::sum::<Statements>(move |row| {
            let asked = !matches!(row.lifecycle_state.0, Lifecycle::Drafted | Lifecycle::Voided);
            let due = asked && row.balance_due_minor > 0 && row.currency.0 == currency;
            if due { row.balance_due_minor } else { 0 }
        }),
        ("", "mail_cost_today") => Figure::sum::<StatementDeliveries>(move |row| {
            let today = row.attempted_at.is_some_and(|at| at >= from && at < to);
            let of = today && row.currency.is_some_and(|of| of.0 == currency);
            row.cost_minor.filter(|_| of).unwrap_or(0)
        }),
        _ => return None,
    };
    Some(figure.into())
}

/// Of deliveries.
pub(super) fn delivery(place: &Place<'_>) -> Option<Source> {
    let ("/*", "cost") = place.named() else { return None };
    let id = place.id("statement_id")?;
    let key = (id, place.small("delivery")?);
    let cost = |row: &projections::statement_deliveries::Row| row.cost_minor.unwrap_or(0);
    Some(Figure::of::<StatementDeliveries>(key, Some(("statement", id)), cost).into())
}

/// Of levels that statements reached.
pub(super) fn escalation(place: &Place<'_>) -> Option<Source> {
    let value: fn(&projections::statement_escalations::Row) -> i64 = match place.named() {
        ("/*", "balance_due") => |row| row.balance_due_minor,
        ("/*/payment_plan_terms", "instalment_amount") => {
            |row| row.plan_instalment_minor.unwrap_or(0)
        }
        _ => return None,
    };
    let id = place.id("statement_id")?;
    let key = (id, place.small("escalation_level")?);
    Some(Figure::of::<StatementEscalations>(key, Some(("statement", id)), value).into())
}

/// Of payment plans.
pub(super) fn plan(place: &Place<'_>) -> Option<Source> {
    let plan = place.id("plan_id")?;
    let stream = Some(("statement", place.id("statement_id")?));
    let figure = match place.named() {
        ("/*", "balance_due") => {
            Figure::of::<PaymentPlans>(plan, stream, |row| row.balance_due_minor)
        }
        ("/*/instalments/*", "amount") => {
            let at = place.place(0)?;
            Figure::of::<PaymentPlans>(plan, stream, move |row| {
                let all = serde_json::from_slice::<Vec<InstalmentState>>(&row.instalments).ok();
                all.and_then(|all| Some(all.get(at)?.instalment.amount.minor())).unwrap_or(0)
            })
        }
        _ => return None,
    };
    Some(figure.into())
}

/// Of what was done: the figures of the statement as they were then.
pub(super) fn act(place: &Place<'_>) -> Option<Source> {
    let value: fn(&projections::billing_audit_logs::Row) -> i64 = match place.named() {
        ("/*/metadata", "total_charges") => |row| row.total_charges_minor.unwrap_or(0),
        ("/*/metadata", "patient_responsibility") => {
            |row| row.patient_responsibility_minor.unwrap_or(0)
        }
        ("/*/metadata", "balance_due") => |row| row.balance_due_minor.unwrap_or(0),
        _ => return None,
    };
    let stream = place.id("statement_id").map(|id| ("statement", id));
    Some(Figure::of::<BillingAuditLogs>(place.number("id")?, stream, value).into())
}
