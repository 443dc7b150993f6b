//! What was billed ahead for days after the end is credited.

use ledger::{
    Decider,
    earning::recognize_on,
    invoice::{CreditScope, Invoice, InvoiceCommand, InvoiceError, InvoiceEvent, IssueCreditNote},
    recorded::LedgerEvent,
    store::{Batch, Context, ExecuteError, Outcome, account_id},
    subscription::Subscription,
    values::{Code, InvoiceId},
};
use serde_json::{Value, json};
use time::Date;
use uuid::Uuid;

use super::load::account;
use crate::{
    error::ApiError, order::Order, resources::revenue::deferred_invoices, state::AppState,
};

/// Earns through the last day of service on every invoice with deferred revenue, and takes back
/// the rest by credit notes. What happens, or would, is added to the outcome.
pub(super) async fn credit_unearned<B>(
    state: &AppState,
    order: &Order<B>,
    outcome: &mut Outcome,
    reason_code: Code,
) -> Result<Value, ApiError> {
    let org = order.caller.org;
    let (loaded, _) = state.ledger.load::<Subscription>(org, account_id(org)).await?;
    let ended = as_after(loaded, outcome);
    let served = ended.served_through().map_err(|refusal| ApiError::refused(&refusal))?;
    let Some(served) = served else { return Ok(Value::Null) };
    let today = account(state, org).await?.today();
    let mut run = Run { state, order, ended, served, today, reason_code };
    let (mut notes, mut refused, mut after) = (Vec::new(), Vec::new(), None);
    let head = outcome.position;
    loop {
        let (page, next) = deferred_invoices(state, org, head, after).await?;
        for id in page {
            match run.credit(id, outcome).await? {
                Credited::Note(note) => notes.push(note),
                Credited::Refused(code) => refused.push(json!({"invoice_id": id, "code": code})),
                Credited::Nothing => {}
            }
        }
        match next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    Ok(json!({"unearned": {
        "served_through": served,
        "credit_notes": notes,
        "refused": refused,
    }}))
}

/// The account as it is once what was decided has happened: on a dry run it has not.
fn as_after(mut loaded: Subscription, outcome: &Outcome) -> Subscription {
    fn apply<A: Decider>(aggregate: &mut A, event: A::Event) {
        aggregate.apply(event);
    }
    for event in outcome.decided.iter().filter(|_| outcome.dry_run) {
        if let LedgerEvent::Subscription(event) = event {
            apply(&mut loaded, event.clone());
        }
    }
    loaded
}

/// What became of one invoice.
enum Credited {
    Note(Value),
    Nothing,
    Refused(&'static str),
}

struct Run<'a, B> {
    state: &'a AppState,
    order: &'a Order<B>,
    ended: Subscription,
    served: Date,
    today: Date,
    reason_code: Code,
}

impl<B> Run<'_, B> {
    async fn credit(&mut self, id: InvoiceId, outcome: &mut Outcome) -> Result<Credited, ApiError> {
        let credit_note_id = self.derived("credit_note", id);
        let issue = self.issue(credit_note_id);
        let both = self.recognizing(id, "both")?.then_from::<Invoice, Invoice>(id, id, issue);
        let (happened, refused) = match both.run().await {
            Ok(happened) => (happened, None),
            // There may still be something to earn.
            Err(ExecuteError::Refused(refusal)) if refusal.code().starts_with("invoice.") => {
                let alone = self.recognizing(id, "earned")?.run().await;
                match alone {
                    Ok(happened) => (happened, Some(refusal.code())),
                    Err(ExecuteError::Refused(refusal)) => {
                        return Ok(Credited::Refused(refusal.code()));
                    }
                    Err(error) => return Err(error.into()),
                }
            }
            Err(error) => return Err(error.into()),
        };
        let note = told(&happened, id);
        outcome.position = outcome.position.max(happened.position);
        outcome.subjects.extend(happened.subjects);
        outcome.decided.extend(happened.decided);
        Ok(match (note, refused) {
            (Some(note), _) => Credited::Note(note),
            (None, None | Some("invoice.nothing_to_credit")) => Credited::Nothing,
            (None, Some(code)) => Credited::Refused(code),
        })
    }

    /// A batch that earns what the days of service have earned.
    fn recognizing(&self, id: InvoiceId, name: &str) -> Result<Batch, ApiError> {
        let (ledger, caller) = (&self.state.ledger, &self.order.caller);
        let mut context = Context::fresh(ledger, caller.org, caller.actor());
        context.command_id = self.derived(name, id);
        context.correlation_id = self.order.context.correlation_id;
        let recognize = recognize_on(&self.ended, self.served);
        let recognize = recognize.map_err(|refusal| ApiError::refused(&refusal))?;
        let batch = ledger.batch(context).dry_run(self.order.dry_run);
        Ok(batch.then::<Invoice>(id, recognize))
    }

    fn issue(
        &self,
        credit_note_id: Uuid,
    ) -> impl Fn(&Invoice) -> Result<InvoiceCommand, Box<dyn ledger::Refusal>> + Send + Sync + 'static
    {
        let (issued_on, reason_code) = (self.today, self.reason_code.clone());
        move |invoice| {
            let lines = invoice.unearned_lines().map_err(InvoiceError::from);
            let lines = lines.map_err(|error| -> Box<dyn ledger::Refusal> { Box::new(error) })?;
            Ok(InvoiceCommand::IssueCreditNote(IssueCreditNote {
                credit_note_id,
                issued_on,
                leave_as_credit: false,
                note: None,
                number: None,
                reason_code: reason_code.clone(),
                scope: CreditScope::Lines(lines),
            }))
        }
    }

    /// The same when the request is repeated.
    fn derived(&self, name: &str, id: InvoiceId) -> Uuid {
        let name = format!("unearned:{name}:{id}");
        Uuid::new_v5(&self.order.context.command_id, name.as_bytes())
    }
}

/// The credit note in figures, if there is one.
fn told(happened: &Outcome, id: InvoiceId) -> Option<Value> {
    happened.decided.iter().find_map(|event| match event {
        LedgerEvent::Invoice(InvoiceEvent::CreditNoteIssued(note)) => Some(json!({
            "invoice_id": id,
            "credit_note_id": note.credit_note_id,
            "number": note.number,
            "total_amount": note.total.to_string(),
            "tax_amount": note.tax.to_string(),
            "currency": note.total.currency().to_string(),
        })),
        _ => None,
    })
}
