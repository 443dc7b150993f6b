//! Papers and short texts as files in a folder, until somebody carries them: the default, so that
//! nothing is lost without an account.

use std::path::{Path, PathBuf};

use ledger::ports::mail::{Carrying, Courier, Undelivered};
use uuid::Uuid;

/// A folder with `letters/<id>.pdf` and `texts/<id>.txt` in it.
#[derive(Debug, Clone)]
pub struct FolderCourier {
    folder: PathBuf,
}

impl FolderCourier {
    /// Writes into `folder`, whose parts are made when something comes.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }
}

impl Courier for FolderCourier {
    fn name(&self) -> &'static str {
        "folder"
    }

    fn paper<'a>(&'a self, id: Uuid, pdf: &'a [u8]) -> Carrying<'a> {
        let folder = self.folder.join("letters");
        Box::pin(async move { written(put(&folder, &format!("{id}.pdf"), pdf).await) })
    }

    fn text<'a>(&'a self, id: Uuid, to: &'a str, text: &'a str) -> Carrying<'a> {
        let folder = self.folder.join("texts");
        let words = format!("To: {to}\n\n{text}\n");
        Box::pin(async move { written(put(&folder, &format!("{id}.txt"), words.as_bytes()).await) })
    }
}

/// Writes a file that nobody ever sees by half; the same name is the same file.
pub(super) async fn put(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    let (part, whole) = (folder.join(format!("{name}.part")), folder.join(name));
    tokio::fs::write(&part, bytes).await?;
    tokio::fs::rename(&part, &whole).await
}

fn written(result: std::io::Result<()>) -> Result<(), Undelivered> {
    result.map_err(|error| Undelivered::NotNow(format!("folder:{:?}", error.kind())))
}
