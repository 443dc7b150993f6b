//! E-mails as `.eml` files in a folder: the default, so that nothing is lost without an account.

use std::path::PathBuf;

use ledger::{
    correspondence::Letter,
    ports::mail::{Carrying, Mailer, Undelivered},
};
use uuid::Uuid;

use super::Sender;

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

    async fn write(&self, id: Uuid, bytes: &[u8]) -> std::io::Result<()> {
        tokio::fs::create_dir_all(&self.folder).await?;
        // Whoever watches the folder never sees half a letter; the same letter is one file.
        let (part, whole) =
            (self.folder.join(format!("{id}.part")), self.folder.join(format!("{id}.eml")));
        tokio::fs::write(&part, bytes).await?;
        tokio::fs::rename(&part, &whole).await
    }
}

impl Mailer for MailFolder {
    fn name(&self) -> &'static str {
        "folder"
    }

    fn carry<'a>(&'a self, id: Uuid, letter: &'a Letter) -> Carrying<'a> {
        Box::pin(async move {
            let message = self.sender.message(id, letter)?;
            let written = self.write(id, &message.formatted()).await;
            written.map_err(|error| Undelivered::NotNow(format!("folder:{:?}", error.kind())))
        })
    }
}
