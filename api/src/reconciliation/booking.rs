//! Booking the payouts and fees that a statement tells of.

use ledger::{
    books::{Books, BooksCommand, PostEntry, books_id, open_from},
    reconciliation::Proposal,
    store::ExecuteError,
};
use time::Date;

use super::{
    RunError,
    raising::{Desk, word},
};

impl Desk<'_> {
    /// Books them one after the other; says how many were new.
    pub(super) async fn book(&self, proposals: &[Proposal]) -> Result<usize, RunError> {
        let mut booked = 0;
        for proposal in proposals {
            let made = match self.post(proposal, proposal.business_on, "book").await {
                // It happened in a sealed period and was learned of later: the first open day.
                Err(error) => match open_from(&error) {
                    Some(day) => self.post(proposal, day, "book-late").await?,
                    None => return Err(error.into()),
                },
                Ok(made) => made,
            };
            booked += usize::from(made);
        }
        Ok(booked)
    }

    async fn post(
        &self,
        proposal: &Proposal,
        business_on: Date,
        step: &str,
    ) -> Result<bool, ExecuteError> {
        let org = self.order.org;
        let happened_at = proposal.happened_on.midnight().assume_utc();
        let context = self.context(step, proposal.entry_id).occurring_at(happened_at);
        let own = self.ledger.names().subject(org, "org", &org.to_string());
        let keyring = self.ledger.keyring();
        let reference = keyring.seal(&context, own, "reference", &proposal.reference).await?;
        let command = BooksCommand::PostEntry(PostEntry {
            business_on,
            entry_id: proposal.entry_id,
            kind: proposal.kind,
            lines: proposal.lines.clone(),
            note: None,
            reason_code: word("provider_statement"),
            reference: Some(reference),
        });
        let outcome = self.ledger.execute::<Books>(&context, books_id(org), command).await?;
        Ok(!outcome.decided.is_empty())
    }
}
