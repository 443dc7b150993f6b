//! `POST /v1/billing/invoices/{invoice_id}/credit-notes` and `…/credit-notes/{credit_note_id}/void`

use actix_web::{HttpResponse, http::StatusCode, web};
use ledger::{
    invoice::{
        CreditLine, CreditScope, Invoice, InvoiceCommand, InvoiceEvent, IssueCreditNote,
        VoidCreditNote,
    },
    recorded::LedgerEvent,
    store::Outcome,
    values::{Code, InvoiceId},
};
use serde_json::{Value, json};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{InvoiceView, done};
use crate::{
    body::{Amount, Fields, FromBody, boolean, code, day, text, uuid},
    error::ApiError,
    order::{Order, Plan},
    resources::account::{account, day_or_today},
    state::AppState,
};

/// A line that is to be credited.
#[derive(Debug, ToSchema)]
pub(crate) struct CreditLineBody {
    /// Which.
    line_id: Uuid,
    /// How much of it, net of tax; all that is left of it unless said otherwise.
    #[schema(value_type = Option<String>, example = "10.00")]
    amount: Option<Amount>,
}

impl FromBody for CreditLineBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let line_id = fields.required("line_id", uuid);
        let amount = fields.optional("amount", Amount::read);
        Some(Self { line_id: line_id?, amount: amount? })
    }
}

/// What is taken back, and why: these lines, or an amount with its tax, or all that is left.
#[derive(Debug, ToSchema)]
pub(crate) struct CreditNoteBody {
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "service_not_delivered")]
    reason_code: Code,
    /// A remark, at most 500 characters; kept sealed.
    note: Option<String>,
    /// These lines, each once.
    #[schema(value_type = Option<Vec<CreditLineBody>>)]
    lines: Option<Vec<CreditLineBody>>,
    /// So much, tax included, shared in proportion to what is left.
    #[schema(value_type = Option<String>, example = "25.00")]
    amount: Option<Amount>,
    /// Leave all of it as the customer's credit, whatever is still owed; false unless said.
    #[schema(value_type = Option<bool>)]
    leave_as_credit: bool,
    /// The day; today in the org's zone unless said otherwise.
    issued_on: Option<Date>,
}

impl FromBody for CreditNoteBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let both = fields.has("lines") && fields.has("amount");
        let reason_code = fields.required("reason_code", code);
        let note = fields.optional("note", text(500));
        let lines =
            if fields.has("lines") { fields.list("lines", 1, 1_000).map(Some) } else { Some(None) };
        let amount = fields.optional("amount", Amount::read);
        let leave_as_credit = fields.or("leave_as_credit", false, boolean);
        let issued_on = fields.optional("issued_on", day);
        if both {
            fields.wrong("amount", "invalid", "lines or an amount, not both".into());
        }
        Some(Self {
            reason_code: reason_code?,
            note: note?,
            lines: lines?,
            amount: amount?,
            leave_as_credit: leave_as_credit?,
            issued_on: issued_on?,
        })
    }
}

/// Why it is void.
#[derive(Debug, ToSchema)]
#[schema(as = VoidCreditNoteBody)]
pub(crate) struct VoidBody {
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "issued_in_error")]
    reason_code: Code,
    /// The day; today in the org's zone unless said otherwise.
    voided_on: Option<Date>,
}

impl FromBody for VoidBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let reason_code = fields.required("reason_code", code);
        let voided_on = fields.optional("voided_on", day);
        Some(Self { reason_code: reason_code?, voided_on: voided_on? })
    }
}

/// Takes back part or all of what was billed, with its tax, by a document with a gapless number
/// of its own. It settles what is still owed; the rest becomes the customer's credit.
#[utoipa::path(post, path = "/v1/billing/invoices/{invoice_id}/credit-notes", tag = "invoices",
    request_body = CreditNoteBody,
    responses((status = 201, description = "The invoice; `credit_note` is what was issued",
        body = InvoiceView)))]
pub(crate) async fn create(
    state: web::Data<AppState>,
    order: Order<CreditNoteBody>,
    id: web::Path<InvoiceId>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan(&state, &order, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan(
    state: &AppState,
    order: &Order<CreditNoteBody>,
    id: InvoiceId,
) -> Result<Plan, ApiError> {
    let account = account(state, order.caller.org).await?;
    let body = &order.body;
    let currency = account.currency();
    let scope = match (&body.lines, &body.amount) {
        (Some(lines), _) => {
            let mut credited = Vec::with_capacity(lines.len());
            for (index, line) in lines.iter().enumerate() {
                let pointer = format!("/lines/{index}/amount");
                let amount = line.amount.as_ref().map(|amount| amount.money(currency, &pointer));
                credited.push(CreditLine { amount: amount.transpose()?, line_id: line.line_id });
            }
            CreditScope::Lines(credited)
        }
        (None, Some(amount)) => CreditScope::Amount(amount.money(currency, "/amount")?),
        (None, None) => CreditScope::Rest,
    };
    let note = match &body.note {
        Some(note) => Some(order.seal_own(state, "note", note).await?),
        None => None,
    };
    let credit_note_id = order.new_id("credit_note");
    let issue = IssueCreditNote {
        credit_note_id,
        issued_on: body.issued_on.unwrap_or_else(|| account.today()),
        leave_as_credit: body.leave_as_credit,
        note,
        number: None,
        reason_code: body.reason_code.clone(),
        scope,
    };
    let plan = Plan::one::<Invoice>(id, InvoiceCommand::IssueCreditNote(issue));
    Ok(plan.saying_of(move |outcome| (StatusCode::CREATED, issued(outcome, credit_note_id))))
}

/// What was issued, in figures.
fn issued(outcome: &Outcome, credit_note_id: Uuid) -> Value {
    let note = outcome.decided.iter().find_map(|event| match event {
        LedgerEvent::Invoice(InvoiceEvent::CreditNoteIssued(note))
            if note.credit_note_id == credit_note_id =>
        {
            Some(note)
        }
        _ => None,
    });
    let figures = note.map(|note| {
        json!({
            "number": note.number,
            "total_amount": note.total.to_string(),
            "tax_amount": note.tax.to_string(),
            "amount_applied": note.applied.to_string(),
            "amount_credited": note.credited.to_string(),
        })
    });
    json!({"credit_note_id": credit_note_id, "credit_note": figures})
}

/// Undoes a credit note, exactly, while none of its credit was used. Its number stays used.
#[utoipa::path(post,
    path = "/v1/billing/invoices/{invoice_id}/credit-notes/{credit_note_id}/void",
    tag = "invoices", request_body = VoidBody,
    responses((status = 200, description = "The invoice", body = InvoiceView)))]
pub(crate) async fn void(
    state: web::Data<AppState>,
    order: Order<VoidBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, credit_note_id) = path.into_inner();
    let id = InvoiceId::new(id);
    let plan = plan_void(&state, &order, id, credit_note_id).await?;
    done(&state, &order, plan, id).await
}

pub(crate) async fn plan_void(
    state: &AppState,
    order: &Order<VoidBody>,
    id: InvoiceId,
    credit_note_id: Uuid,
) -> Result<Plan, ApiError> {
    let void = VoidCreditNote {
        credit_note_id,
        reason_code: order.body.reason_code.clone(),
        voided_on: day_or_today(state, order.caller.org, order.body.voided_on).await?,
    };
    Ok(Plan::one::<Invoice>(id, InvoiceCommand::VoidCreditNote(void)))
}
