//! `POST /v1/admin/finance/invoices/{invoice_id}/reconcile`

use actix_web::{HttpResponse, http::StatusCode, web};
use ledger::{
    invoice::{Invoice, InvoiceCommand, InvoiceEvent, Reconcile, ReconcileFigures},
    recorded::LedgerEvent,
    store::Outcome,
    values::InvoiceId,
};
use projections::{
    engine::Worded,
    reconcile::{self, Reconcile as ReconcileModel},
};
use serde_json::{Value, json};

use super::view::{Figures, ReconcileView};
use crate::{
    answer::{self, command},
    body::NoBody,
    error::ApiError,
    order::Order,
    reading::reading,
    resources::account::account,
    state::AppState,
};

/// Works the status out anew from settled funds: paid, partial, sent or overdue. It never
/// touches payments; repeating it changes nothing.
#[utoipa::path(post, path = "/v1/admin/finance/invoices/{invoice_id}/reconcile",
    tag = "reconcile",
    responses((status = 200,
        description = "The invoice beside its money; `changed`, `before` and `after` say what \
            the repair did",
        body = ReconcileView)))]
pub(crate) async fn repair(
    state: web::Data<AppState>,
    order: Order<NoBody>,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    let today = account(&state, order.caller.org).await?.today();
    let repair = InvoiceCommand::Reconcile(Reconcile { today });
    let outcome = order.execute::<Invoice>(&state, *id, repair).await?;
    let (invoice, _) = state.ledger.load::<Invoice>(order.caller.org, *id).await?;
    let org = order.caller.org;
    let facts = facts(&outcome, &invoice)?;
    command(&state, &order, &outcome, StatusCode::OK, facts, async |reached| {
        let reading = reading::<ReconcileModel>(&state, org, Some(reached.position)).await?;
        let found = reconcile::get(&reading.snapshot, *id, today).await?;
        reading.snapshot.close().await?;
        found.map(|entry| answer::value(&ReconcileView::from(entry))).transpose()
    })
    .await
}

/// What the repair did: from its event, or the figures as they were and are.
fn facts(outcome: &Outcome, invoice: &Invoice) -> Result<Value, ApiError> {
    let repaired = outcome.decided.iter().find_map(|event| match event {
        LedgerEvent::Invoice(InvoiceEvent::Reconciled(repaired)) => Some(repaired),
        _ => None,
    });
    let (before, after) = match (repaired, invoice.standing()) {
        (Some(repaired), _) => (figures(&repaired.before), figures(&repaired.after)),
        (None, Some(standing)) => {
            let now = Figures {
                status: standing.status.word().to_owned(),
                paid_cents: standing.paid.minor(),
                outstanding_cents: standing.balance.minor(),
                succeeded_payment_count: invoice.succeeded_payments(),
            };
            (now.clone(), now)
        }
        (None, None) => return Ok(Value::Null),
    };
    Ok(json!({
        "changed": repaired.is_some_and(|repaired| repaired.before != repaired.after),
        "before": answer::value(&before)?,
        "after": answer::value(&after)?,
    }))
}

fn figures(figures: &ReconcileFigures) -> Figures {
    Figures {
        status: figures.status.word().to_owned(),
        paid_cents: figures.paid.minor(),
        outstanding_cents: figures.outstanding.minor(),
        succeeded_payment_count: figures.succeeded_payments,
    }
}
