//! A patient's statement on its way, and what the statement is told of that.

use std::collections::BTreeSet;

use time::OffsetDateTime;
use uuid::Uuid;

use super::{Letter, Message, Written};
use crate::{
    documents::{Attachment, ChargeRow, Issuer, PaperError, Party, StatementDocument, Stationery},
    recorded::Actor,
    statement::{Carried, Channel, Charge, Figures, RecordDelivery, Statement, StatementCommand},
    store::{Context, ExecuteError, Ledger, tenants::find_org},
    values::{Code, OrgId, Sealed, StatementId, SubjectRef},
};

/// Writes it as it stands now; nobody is asked for what is no longer due.
pub(super) async fn write(
    ledger: &Ledger,
    stationery: &Stationery,
    org: OrgId,
    id: StatementId,
    channel: Channel,
) -> Result<Written, ExecuteError> {
    let (statement, _) = ledger.load::<Statement>(org, id).await?;
    let (Some(number), Some(balance), Some(due_on), Some(contacts)) =
        (statement.number(), statement.balance_due(), statement.due_on(), statement.contacts())
    else {
        return Ok(Written::NotNeeded("unknown"));
    };
    if !balance.is_positive() {
        return Ok(Written::NotNeeded("nothing_due"));
    }
    let address = match channel {
        Channel::Email => &contacts.email,
        Channel::PhysicalMail => &contacts.physical_address,
        Channel::Sms => &contacts.phone,
        Channel::PatientPortal => return Ok(Written::Impossible("no_portal")),
    };
    let Some(address) = address else { return Ok(Written::Impossible("contact_missing")) };
    let Some(to) = ledger.keyring().open(org, address).await? else {
        return Ok(Written::Impossible("contact_erased"));
    };
    let amount = format!("{balance} {}", balance.currency());
    if channel == Channel::Sms {
        let text = format!("Statement #{number}: {amount} is due by {due_on}.");
        return Ok(Written::Text { to, text });
    }
    let actor = Actor("outbox".to_owned());
    let paper = match statement_paper(ledger, stationery, org, id, &actor).await {
        Ok(Some(paper)) => paper,
        Ok(None) => return Ok(Written::NotNeeded("unknown")),
        Err(PaperError::Store(error)) => return Err(error.into()),
        Err(PaperError::Unprintable(error)) => {
            tracing::error!(%org, statement = %id, %error, "a statement cannot be printed");
            return Ok(Written::Impossible("unprintable"));
        }
    };
    if channel == Channel::PhysicalMail {
        return Ok(Written::Paper(paper.bytes));
    }
    let subject = format!("Statement #{number}");
    let text = format!(
        "Hello,\n\nyour statement {number} comes with this message. {amount} is due by {due_on}.\n\n\
         If you have paid in the meantime, or have questions, please let us know.\n\nThank you.\n"
    );
    Ok(Written::Letter(Letter { to, subject, text, attachments: vec![paper] }))
}

/// A statement as a PDF, all words opened; that they were is noted. `None` when there is no such
/// statement.
///
/// # Errors
///
/// [`PaperError`].
pub async fn statement_paper(
    ledger: &Ledger,
    stationery: &Stationery,
    org: OrgId,
    id: StatementId,
    actor: &Actor,
) -> Result<Option<Attachment>, PaperError> {
    let (statement, _) = match ledger.load::<Statement>(org, id).await {
        Ok(loaded) => loaded,
        Err(ExecuteError::Store(error)) => return Err(error.into()),
        Err(_) => return Ok(None),
    };
    let (Some(number), Some(issued_on), Some(figures), Some(contacts)) =
        (statement.number(), statement.generated_on(), statement.figures(), statement.contacts())
    else {
        return Ok(None);
    };
    let address = contacts.physical_address.as_ref();
    let described = statement.charges().iter().map(|charge| charge.description.as_ref());
    let sealed: Vec<Option<&Sealed<String>>> = [address].into_iter().chain(described).collect();
    let mut opened = open(ledger, org, &sealed, actor).await?.into_iter();
    let address = opened.next().flatten().unwrap_or_default();
    let practice = find_org(ledger, org).await?.map(|org| org.name).unwrap_or_default();
    let rows = statement.charges().iter().zip(opened);
    let document = StatementDocument {
        practice: Issuer { party: Party { name: practice, address: vec![] }, contact: None },
        patient: Party {
            name: String::new(),
            address: address.lines().map(str::to_owned).collect(),
        },
        number: number.to_owned(),
        issued_on,
        due_on: statement.due_on(),
        charges: rows.map(|(charge, words)| row(charge, words)).collect(),
        charged: figures.total_charges,
        insurance_paid: figures.insurance_paid,
        insurance_pending: figures.insurance_pending,
        adjusted: figures.adjustments,
        paid: figures.patient_paid,
        balance: figures.balance_due,
        plan_offer: plan_offer(&statement),
        notes: notes(figures),
    };
    let bytes = stationery.press.statement(&document)?;
    Ok(Some(Attachment { name: format!("{number}.pdf"), bytes }))
}

/// Opens words, in their order; that they were is noted.
async fn open(
    ledger: &Ledger,
    org: OrgId,
    sealed: &[Option<&Sealed<String>>],
    actor: &Actor,
) -> Result<Vec<Option<String>>, PaperError> {
    let there: Vec<&Sealed<String>> = sealed.iter().copied().flatten().collect();
    let people: BTreeSet<SubjectRef> = there.iter().map(|sealed| sealed.subject).collect();
    let people: Vec<SubjectRef> = people.into_iter().collect();
    ledger.keyring().record_access(org, actor, &people, "letter").await?;
    let mut opened = ledger.keyring().open_many(org, &there).await?.into_iter();
    Ok(sealed.iter().map(|sealed| sealed.and_then(|_| opened.next().flatten())).collect())
}

fn row(charge: &Charge, words: Option<String>) -> ChargeRow {
    let detail = charge.procedure.as_ref().map(ToString::to_string);
    let text = words.unwrap_or_else(|| "Service".to_owned());
    ChargeRow { service_on: charge.service_on, text, detail, amount: charge.amount }
}

fn plan_offer(statement: &Statement) -> Option<String> {
    let (_, plan) = statement.open_plan()?;
    let first = plan.instalments.first()?;
    Some(format!(
        "You may pay in {} monthly instalments of {} {}.",
        plan.instalments.len(),
        first.amount,
        first.amount.currency()
    ))
}

/// What the sums do not say.
fn notes(figures: &Figures) -> Vec<String> {
    if figures.insurance_pending.is_zero() {
        return vec![];
    }
    let pending = figures.insurance_pending;
    vec![format!("{pending} {} is still with your insurance.", pending.currency())]
}

/// Tells whoever sent a message what became of it: gone, or why not, as a code. Told again, it
/// changes nothing.
///
/// # Errors
///
/// [`ExecuteError`]: the store's failure; the news is told again with the message.
pub async fn report(
    ledger: &Ledger,
    org: OrgId,
    (message_id, message): (Uuid, &Message),
    gone: Result<(), &str>,
    at: OffsetDateTime,
) -> Result<(), ExecuteError> {
    let Message::Statement { delivery, statement_id, .. } = message else { return Ok(()) };
    let (carried, word) = match gone {
        Ok(()) => {
            (Carried::Taken { cost: None, message_id: code(&message_id.to_string()) }, "taken")
        }
        Err(why) => {
            let why = code(why).unwrap_or_else(|| Code::word("failed"));
            (Carried::Failed(why), "failed")
        }
    };
    let name = format!("statement:{statement_id}:delivery:{delivery}:{word}");
    let context = Context::named(ledger, org, Actor("job:outbox-delivery".to_owned()), &name);
    let command = RecordDelivery { attempted_at: at, carried, delivery: *delivery };
    let id = StatementId::new(*statement_id);
    match ledger.execute(&context, id, StatementCommand::RecordDelivery(command)).await {
        Ok(_) => Ok(()),
        // Nothing is known of the delivery: there is nobody to tell.
        Err(ExecuteError::Refused(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// What an adapter says is a code, or becomes one.
fn code(text: &str) -> Option<Code> {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
    let text: String = text
        .chars()
        .map(|letter| if "_-.:".contains(letter) { letter } else { plain(letter) })
        .take(64)
        .collect();
    text.parse().ok()
}
