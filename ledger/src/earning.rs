//! Revenue billed ahead, earned up to a day: by the job, at a period's end, and on demand.
//!
//! Which invoices hold deferred revenue is the caller's to know (a read model's); each is decided
//! on its own state and on the account's pauses at the very position of the append. Earning the
//! same day twice changes nothing, so a run that broke off is simply run again.

use std::collections::BTreeMap;

use time::{Date, OffsetDateTime};

use crate::{
    decide::Refusal,
    invoice::{
        Interruption, Invoice, InvoiceCommand, InvoiceError, InvoiceEvent, RecognizeRevenue,
    },
    recorded::{Actor, LedgerEvent},
    store::{Context, ExecuteError, Ledger, Outcome, account_id},
    subscription::{Subscription, SubscriptionError},
    values::{Currency, InvoiceId, Money, OrgId},
};

/// Invoices of one append.
pub const CHUNK: usize = 200;

/// What a run did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EarningReport {
    /// Invoices looked at.
    pub invoices_seen: u64,
    /// Invoices that earned something.
    pub invoices_earned: u64,
    /// Invoices that said no: voided meanwhile, for example.
    pub invoices_refused: u64,
    /// What was earned, per currency.
    pub earned: BTreeMap<Currency, Money>,
    /// The last position of the run: what a reader may wait for.
    pub position: i64,
}

/// A run for one org.
pub struct Earning<'a> {
    ledger: &'a Ledger,
    context: Context,
    through: Date,
    dry_run: bool,
    report: EarningReport,
}

impl<'a> Earning<'a> {
    /// Begins a run that earns through a day.
    pub fn new(ledger: &'a Ledger, org: OrgId, actor: Actor, through: Date) -> Self {
        let context = Context::fresh(ledger, org, actor);
        Self { ledger, context, through, dry_run: false, report: EarningReport::default() }
    }

    /// Works out what would be earned, but appends nothing.
    #[must_use]
    pub fn dry_run(mut self, yes: bool) -> Self {
        self.dry_run = yes;
        self
    }

    /// When it was true, where that is not now.
    #[must_use]
    pub fn occurring_at(mut self, at: OffsetDateTime) -> Self {
        self.context = self.context.occurring_at(at);
        self
    }

    /// What was done so far.
    pub fn report(&self) -> &EarningReport {
        &self.report
    }

    /// Earns on these invoices, [`CHUNK`] in one append.
    ///
    /// # Errors
    ///
    /// [`ExecuteError`]: the books are closed through that day, or the store failed. An invoice's
    /// own refusal is counted, and stops nobody. Run it again.
    pub async fn earn(&mut self, invoices: &[InvoiceId]) -> Result<(), ExecuteError> {
        for chunk in invoices.chunks(CHUNK) {
            self.report.invoices_seen += chunk.len() as u64;
            self.earn_chunk(chunk.to_vec()).await?;
        }
        Ok(())
    }

    async fn earn_chunk(&mut self, mut chunk: Vec<InvoiceId>) -> Result<(), ExecuteError> {
        while !chunk.is_empty() {
            match self.append(&chunk).await {
                Ok(outcome) => return self.note(&outcome),
                Err(ExecuteError::Refused(refusal)) if refusal.code().starts_with("invoice.") => {
                    let refused = refusal.target().unwrap_or(0).min(chunk.len() - 1);
                    chunk.remove(refused);
                    self.report.invoices_refused += 1;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn append(&self, chunk: &[InvoiceId]) -> Result<Outcome, ExecuteError> {
        let Context { org, actor, correlation_id, occurred_at, .. } = self.context.clone();
        let mut context = Context::fresh(self.ledger, org, actor);
        (context.correlation_id, context.occurred_at) = (correlation_id, occurred_at);
        let mut batch = self.ledger.batch(context).dry_run(self.dry_run);
        let through = self.through;
        for invoice in chunk {
            batch = batch.then_from::<Invoice, Subscription>(
                *invoice,
                account_id(org),
                move |account| recognize_on(account, through).map_err(boxed),
            );
        }
        batch.run().await
    }

    fn note(&mut self, outcome: &Outcome) -> Result<(), ExecuteError> {
        self.report.position = self.report.position.max(outcome.position);
        for event in &outcome.decided {
            let LedgerEvent::Invoice(InvoiceEvent::RevenueRecognized(recognized)) = event else {
                continue;
            };
            self.report.invoices_earned += 1;
            for earned in &recognized.earned {
                let currency = earned.amount.currency();
                let sum = self.report.earned.entry(currency).or_insert(Money::zero(currency));
                *sum = sum.plus(earned.amount).map_err(InvoiceError::from)?;
            }
        }
        Ok(())
    }
}

/// The order to earn through a day, with the pauses that the account knows, and its end.
///
/// # Errors
///
/// [`SubscriptionError`] before the account is opened.
pub fn recognize_on(
    account: &Subscription,
    through: Date,
) -> Result<InvoiceCommand, SubscriptionError> {
    let pauses = account.pauses_by_day(through)?;
    let pauses = pauses.into_iter();
    let pauses =
        pauses.map(|days| Interruption { from: days.from_on, through: days.through_on }).collect();
    let ends_on = account.served_through()?;
    Ok(InvoiceCommand::RecognizeRevenue(RecognizeRevenue { ends_on, pauses, through }))
}

fn boxed(error: SubscriptionError) -> Box<dyn Refusal> {
    Box::new(error)
}
