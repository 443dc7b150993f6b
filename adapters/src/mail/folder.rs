//! E-mails as `.eml` files in a folder: the default, so that nothing is lost without an account.

use std::path::PathBuf;

use ledger::{
    correspondence::Letter,
    ports::mail::{Carrying, Mailer, Undelivered},
};
use uuid::Uuid;

use super::{Sender, courier::put};

/// A folder that e-mails are written into.
#[derive(Debug, Clone)]
pub struct MailFolder {
    folder: PathBuf,
    sender: Sender,
}

impl MailFolder {
    /// Writes into `folder`, which is made when the first letter comes.
    pub fn new(folder: PathBuf, sender: Sender) -> Self {
        Self { folder, sender }
    }
}

impl Mailer for MailFolder {
    fn name(&self) -> &'static str {
        "folder"
    }

    fn carry<'a>(&'a self, id: Uuid, letter: &'a Letter) -> Carrying<'a> {
        Box::pin(async move {
            let message = self.sender.message(id, letter)?;
            let written = put(&self.folder, &format!("{id}.eml"), &message.formatted()).await;
            written.map_err(|error| Undelivered::NotNow(format!("folder:{:?}", error.kind())))
        })
    }
}
