//! A credit note, as callers see it.

use projections::credit_notes::CreditNote;
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{answer::instant, credentials::Caller, error::ApiError, people::open, state::AppState};

/// A credit note. Amounts are decimal strings of its currency.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CreditNoteView {
    /// Names the credit note.
    credit_note_id: Uuid,
    /// Of which invoice.
    invoice_id: Uuid,
    /// `CN-YYYYMM-NNNNN`.
    number: String,
    /// issued or void.
    status: &'static str,
    /// ISO 4217.
    currency: String,
    /// Revenue taken back.
    subtotal: String,
    /// Tax taken back.
    tax_amount: String,
    /// Both.
    total_amount: String,
    /// How much of the revenue was not earned yet.
    amount_deferred: String,
    /// How much settled what the invoice owed.
    amount_applied: String,
    /// How much was left as the customer's credit.
    amount_credited: String,
    /// Why.
    reason_code: String,
    /// A remark; masked for some roles.
    note: Option<String>,
    /// The day it was issued.
    issue_date: Date,
    /// Who issued it.
    issued_by: String,
    /// When it was learned.
    created_at: String,
    /// The day it was voided.
    voided_on: Option<Date>,
    /// Who voided it.
    voided_by: Option<String>,
    /// Why it was voided.
    void_reason_code: Option<String>,
}

/// Credit notes with what their caller may see of sealed values.
pub(super) async fn opened(
    state: &AppState,
    caller: &Caller,
    found: &[CreditNote],
) -> Result<Vec<CreditNoteView>, ApiError> {
    let sealed: Vec<_> = found.iter().map(|note| note.note.as_ref()).collect();
    let plain = open(state, caller, &sealed).await?;
    Ok(found.iter().zip(plain).map(|(note, plain)| view(note, plain)).collect())
}

fn view(note: &CreditNote, plain: Option<String>) -> CreditNoteView {
    let voided = note.voided.as_ref();
    CreditNoteView {
        credit_note_id: note.credit_note_id,
        invoice_id: note.invoice_id.uuid(),
        number: note.number.clone(),
        status: if voided.is_some() { "void" } else { "issued" },
        currency: note.total.currency().to_string(),
        subtotal: note.net.to_string(),
        tax_amount: note.tax.to_string(),
        total_amount: note.total.to_string(),
        amount_deferred: note.deferred.to_string(),
        amount_applied: note.applied.to_string(),
        amount_credited: note.credited.to_string(),
        reason_code: note.reason_code.clone(),
        note: plain,
        issue_date: note.issued_on,
        issued_by: note.issued_by.clone(),
        created_at: instant(note.issued_at),
        voided_on: voided.map(|void| void.on),
        voided_by: voided.map(|void| void.by.clone()),
        void_reason_code: voided.map(|void| void.reason_code.clone()),
    }
}
