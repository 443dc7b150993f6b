//! What the house writes to people: the messages, and the words when one is sent.
//!
//! A message names what it is about and nothing else. Who gets it and what it says are worked
//! out from the aggregates when it leaves, so that it is true then: nobody is asked for money
//! that has come in meanwhile, and no address waits anywhere in the clear.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::{
    documents::{Attachment, PaperError, Stationery},
    facesheet::Facesheet,
    invoice::{Invoice, Status},
    recorded::Actor,
    statement::Channel,
    store::{ExecuteError, Ledger, account_id},
    subscription::Subscription,
    values::{FacesheetId, InvoiceId, OrgId, StatementId},
};

mod asking;
mod statement;
mod statement_paper;

pub use asking::may_leave;
pub use statement::report;
pub use statement_paper::statement_paper;

/// News older than this is not told any more: whoever switches messages on does not write about
/// last year.
pub const STALE_AFTER: Duration = Duration::days(14);

/// A message that may leave the house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "template", rename_all = "snake_case", deny_unknown_fields)]
pub enum Message {
    /// A file for bookkeepers is to be handed over (contract S2.3).
    AccountingExport {
        /// Which one, in `export_events`.
        export_id: Uuid,
    },
    /// A facesheet that was asked for has come (contract S0.6).
    FacesheetReceived {
        /// Whose: the patient's facesheet.
        facesheet_id: Uuid,
    },
    /// An attempt to collect an invoice failed (contract S2.5).
    InvoicePaymentFailed {
        /// Which invoice.
        invoice_id: Uuid,
    },
    /// A patient's statement goes out (contract S4.6).
    Statement {
        /// In which way.
        channel: Channel,
        /// The number of the delivery on the statement.
        delivery: u16,
        /// Which statement.
        statement_id: Uuid,
    },
}

impl Message {
    /// How it travels.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::AccountingExport { .. } => "webhook",
            Self::FacesheetReceived { .. } | Self::InvoicePaymentFailed { .. } => "email",
            Self::Statement { channel, .. } => match channel {
                Channel::Email => "email",
                Channel::PhysicalMail => "letter",
                Channel::Sms => "sms",
                Channel::PatientPortal => "portal",
            },
        }
    }

    /// Which text.
    pub const fn template(&self) -> &'static str {
        match self {
            Self::AccountingExport { .. } => "accounting_export",
            Self::FacesheetReceived { .. } => "facesheet_received",
            Self::InvoicePaymentFailed { .. } => "invoice_payment_failed",
            Self::Statement { .. } => "statement",
        }
    }

    /// What it is about.
    pub const fn related(&self) -> (&'static str, Uuid) {
        match self {
            Self::AccountingExport { export_id } => ("export", *export_id),
            Self::FacesheetReceived { facesheet_id } => ("facesheet", *facesheet_id),
            Self::InvoicePaymentFailed { invoice_id } => ("invoice", *invoice_id),
            Self::Statement { statement_id, .. } => ("statement", *statement_id),
        }
    }
}

/// An e-mail, ready to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// What goes with it.
    pub attachments: Vec<Attachment>,
}

/// What became of writing it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// It can go by e-mail.
    Letter(Letter),
    /// It can go on paper: a PDF with the address in the window.
    Paper(Vec<u8>),
    /// It can go as a text message.
    Text {
        /// The telephone number.
        to: String,
        /// The text.
        text: String,
    },
    /// A kept file is to be handed over as it is: the export's id.
    Export(Uuid),
    /// It is not needed any more; why, as a code.
    NotNeeded(&'static str),
    /// It cannot go as things are; why, as a code.
    Impossible(&'static str),
}

/// Writes a message, as things stand now.
///
/// # Errors
///
/// [`ExecuteError`]: the store's failure.
pub async fn write(
    ledger: &Ledger,
    stationery: &Stationery,
    org: OrgId,
    message: &Message,
    occurred_at: OffsetDateTime,
) -> Result<Written, ExecuteError> {
    let stale = ledger.clock().now() - occurred_at > STALE_AFTER;
    match message {
        // A file does not grow old.
        Message::AccountingExport { export_id } => Ok(Written::Export(*export_id)),
        Message::FacesheetReceived { .. }
        | Message::InvoicePaymentFailed { .. }
        | Message::Statement { .. }
            if stale =>
        {
            Ok(Written::NotNeeded("stale"))
        }
        Message::FacesheetReceived { facesheet_id } => {
            facesheet_received(ledger, org, FacesheetId::new(*facesheet_id)).await
        }
        Message::InvoicePaymentFailed { invoice_id } => {
            payment_failed(ledger, stationery, org, InvoiceId::new(*invoice_id)).await
        }
        Message::Statement { channel, statement_id, .. } => {
            let id = StatementId::new(*statement_id);
            statement::write(ledger, stationery, org, id, *channel).await
        }
    }
}

async fn payment_failed(
    ledger: &Ledger,
    stationery: &Stationery,
    org: OrgId,
    id: InvoiceId,
) -> Result<Written, ExecuteError> {
    let (invoice, _) = ledger.load::<Invoice>(org, id).await?;
    let (Some(number), Some(balance)) = (invoice.number(), invoice.balance()) else {
        return Ok(Written::NotNeeded("not_issued"));
    };
    if !balance.is_positive() || invoice.status() == Status::Canceled || invoice.is_given_up() {
        return Ok(Written::NotNeeded("nothing_owed"));
    }
    let to = match billing_contact(ledger, org).await? {
        Ok(to) => to,
        Err(why) => return Ok(Written::Impossible(why)),
    };
    let amount = format!("{balance} {}", balance.currency());
    let text = format!(
        "Hello,\n\nthe payment for invoice {number} did not go through. {amount} is still open.\n\n\
         Nothing is lost: please check your card or bank details and try again. If you have paid \
         in the meantime, you can forget this message.\n\nThank you.\n"
    );
    let subject = format!("Payment for invoice {number} did not go through");
    let actor = Actor("outbox".to_owned());
    let attachments = match stationery.invoice(ledger, org, id, &actor).await {
        Ok(attachment) => attachment.into_iter().collect(),
        Err(PaperError::Store(error)) => return Err(error.into()),
        Err(PaperError::Unprintable(error)) => {
            tracing::error!(%org, invoice = %id, %error, "an invoice cannot be printed");
            return Ok(Written::Impossible("unprintable"));
        }
    };
    Ok(Written::Letter(Letter { to, subject, text, attachments }))
}

/// Tells those who bill that they can go on. It names the request, never the patient.
async fn facesheet_received(
    ledger: &Ledger,
    org: OrgId,
    id: FacesheetId,
) -> Result<Written, ExecuteError> {
    let (facesheet, _) = ledger.load::<Facesheet>(org, id).await?;
    let Some(received) = facesheet.received() else {
        return Ok(Written::NotNeeded("not_received"));
    };
    let to = match billing_contact(ledger, org).await? {
        Ok(to) => to,
        Err(why) => return Ok(Written::Impossible(why)),
    };
    let left: Vec<&str> = received.still_missing.iter().map(|one| one.word()).collect();
    let left = if left.is_empty() {
        "Everything that was asked for is on it.".to_owned()
    } else {
        format!("Not on it, and still missing: {}.", left.join(", "))
    };
    let text = format!(
        "Hello,\n\na facesheet that was asked for has come ({}, {}).\n\n{left}\n\n\
         Request: {id}\n",
        received.source.word(),
        received.received_on
    );
    Ok(Written::Letter(Letter {
        to,
        subject: "A facesheet has come".to_owned(),
        text,
        attachments: Vec::new(),
    }))
}

/// Where those who bill for an org read their mail; else why there is no such place, as a code.
async fn billing_contact(
    ledger: &Ledger,
    org: OrgId,
) -> Result<Result<String, &'static str>, ExecuteError> {
    let (account, _) = ledger.load::<Subscription>(org, account_id(org)).await?;
    let contact = account.account().and_then(|opened| opened.contact_email.as_ref());
    let Some(contact) = contact else { return Ok(Err("contact_missing")) };
    Ok(ledger.keyring().open(org, contact).await?.ok_or("contact_erased"))
}
