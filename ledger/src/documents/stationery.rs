//! What it takes to hand out a paper: who writes, and who prints.

use std::{collections::BTreeSet, fmt, sync::Arc};

use super::{Gathered, Issuer, Party};
use crate::{
    ports::documents::{Press, Unprintable},
    recorded::Actor,
    store::{Ledger, StoreError},
    values::{InvoiceId, OrgId, SubjectRef},
};

/// Who writes, and who prints.
#[derive(Clone)]
pub struct Stationery {
    /// Who writes invoices, whoever runs the service; payments of patients go there, too.
    pub issuer: Issuer,
    /// Who prints.
    pub press: Arc<dyn Press>,
}

impl fmt::Debug for Stationery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Stationery").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// A file that goes with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What it is called.
    pub name: String,
    /// What is in it: a PDF.
    pub bytes: Vec<u8>,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The store's failure.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The press's failure.
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
}

impl Stationery {
    /// Who writes statements: the practice, at the address that the settings give, which is where
    /// payments are sent to. Where somebody else is at home there, the address begins with them.
    pub fn practice(&self, name: String) -> Issuer {
        let Issuer { party, contact } = self.issuer.clone();
        let at = (!party.address.is_empty() && party.name != name).then_some(party.name);
        let address = at.into_iter().chain(party.address).collect();
        Issuer { party: Party { name, address }, contact }
    }

    /// An invoice for its own customer, all words opened; that they were is noted. `None` when
    /// there is no such invoice.
    ///
    /// # Errors
    ///
    /// [`PaperError`].
    pub async fn invoice(
        &self,
        ledger: &Ledger,
        org: OrgId,
        id: InvoiceId,
        actor: &Actor,
    ) -> Result<Option<Attachment>, PaperError> {
        let Some(gathered) = Gathered::of_invoice(ledger, org, id).await? else { return Ok(None) };
        let sealed = gathered.sealed();
        let there: Vec<_> = sealed.iter().copied().flatten().collect();
        let own = ledger.names().subject(org, "org", &org.to_string());
        let people: BTreeSet<SubjectRef> =
            there.iter().map(|sealed| sealed.subject).filter(|subject| *subject != own).collect();
        let people: Vec<SubjectRef> = people.into_iter().collect();
        ledger.keyring().record_access(org, actor, &people, "letter").await?;
        let mut opened = ledger.keyring().open_many(org, &there).await?.into_iter();
        let words = sealed.iter().map(|sealed| sealed.and_then(|_| opened.next().flatten()));
        let document = gathered.document(self.issuer.clone(), words.collect());
        let bytes = self.press.invoice(&document)?;
        Ok(Some(Attachment { name: file_name(gathered.number(), id), bytes }))
    }
}

/// How an invoice's file is called: by its number; a draft by its id.
pub fn file_name(number: Option<&str>, id: InvoiceId) -> String {
    let plain = |character: &char| character.is_ascii_alphanumeric() || "-_.".contains(*character);
    let name: String = number.unwrap_or_default().chars().filter(plain).take(64).collect();
    if name.is_empty() { format!("draft-{id}.pdf") } else { format!("{name}.pdf") }
}
