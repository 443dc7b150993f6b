//! A letter as an RFC 5322 message.

use ledger::{correspondence::Letter, ports::mail::Undelivered};
use lettre::{
    Message,
    message::{Attachment, Mailbox, MultiPart, MultiPartKind, SinglePart, header::ContentType},
};
use uuid::Uuid;

/// Who writes.
#[derive(Debug, Clone)]
pub struct Sender {
    mailbox: Mailbox,
    domain: String,
}

/// The sender's address cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an e-mail address such as billing@example.org is expected")]
pub struct BadSender;

impl Sender {
    /// Takes an address, and a name to show beside it.
    ///
    /// # Errors
    ///
    /// [`BadSender`].
    pub fn new(address: &str, name: Option<&str>) -> Result<Self, BadSender> {
        let address: lettre::Address = address.parse().map_err(|_| BadSender)?;
        let domain = address.domain().to_owned();
        Ok(Self { mailbox: Mailbox::new(name.map(str::to_owned), address), domain })
    }

    /// The letter as a message. Its id follows from the letter's, so a copy is known as one.
    pub(super) fn message(&self, id: Uuid, letter: &Letter) -> Result<Message, Undelivered> {
        let never = |what: &str| Undelivered::Never(what.to_owned());
        let to: Mailbox = letter.to.parse().map_err(|_| never("address_invalid"))?;
        let head = Message::builder()
            .from(self.mailbox.clone())
            .to(to)
            .subject(letter.subject.clone())
            .message_id(Some(format!("<{id}@{}>", self.domain)));
        if letter.attachments.is_empty() {
            let whole = head.header(ContentType::TEXT_PLAIN).body(letter.text.clone());
            return whole.map_err(|_| never("message_invalid"));
        }
        let pdf = ContentType::parse("application/pdf").map_err(|_| never("message_invalid"))?;
        // The boundary follows from the id too: the same letter is the same message.
        let mixed = MultiPart::builder().kind(MultiPartKind::Mixed).boundary(format!("={id}"));
        let mut parts = mixed.singlepart(SinglePart::plain(letter.text.clone()));
        for file in &letter.attachments {
            let attached = Attachment::new(file.name.clone());
            parts = parts.singlepart(attached.body(file.bytes.clone(), pdf.clone()));
        }
        head.multipart(parts).map_err(|_| never("message_invalid"))
    }
}
