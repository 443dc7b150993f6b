//! A patient's statement on its way, and what the statement is told of that.

use time::OffsetDateTime;
use uuid::Uuid;

use super::{Letter, Message, Written, statement_paper};
use crate::{
    documents::{PaperError, Stationery},
    recorded::Actor,
    statement::{Carried, Channel, RecordDelivery, Statement, StatementCommand},
    store::{Context, ExecuteError, Ledger},
    values::{Code, OrgId, StatementId},
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
    if contacts.opted_out.contains(&channel) {
        return Ok(Written::NotNeeded("opted_out"));
    }
    let address = match channel {
        Channel::Email => &contacts.email,
        Channel::PhysicalMail => &contacts.physical_address,
        Channel::Sms => &contacts.phone,
        // It is there since it was sent.
        Channel::PatientPortal => return Ok(Written::NotNeeded("published")),
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
