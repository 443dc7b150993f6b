//! The start of a billing cycle, carried out: by the job, and on demand.
//!
//! Every step is harmless to repeat: the account starts a cycle once, a patient is billed once
//! per cycle, an invoice is begun and issued once. A run that broke off is simply run again.

use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    decide::Refusal,
    invoice::{
        BillingPeriod, Invoice, InvoiceCommand, InvoiceType, Issue, Open, monthly_invoice_id,
    },
    patient_activation::{BillCycle, PatientActivation, PatientActivationCommand},
    recorded::Actor,
    store::{Context, ExecuteError, Ledger, account_id, on_open_day},
    subscription::{StartCycle, Subscription, SubscriptionCommand, SubscriptionError},
    values::{Cycle, CycleKey, InvoiceId, OrgId, PatientActivationId},
};

/// Patients of one append.
const CHUNK: i64 = 500;

/// What to start.
#[derive(Debug, Clone)]
pub struct CycleRequest {
    /// Whose.
    pub org: OrgId,
    /// Which cycle; the one that runs now unless said otherwise.
    pub cycle: Option<CycleKey>,
    /// Now.
    pub now: OffsetDateTime,
    /// Who asks.
    pub actor: Actor,
    /// Whether to issue the draft of the cycle before.
    pub issue_previous: bool,
}

/// How far a run has got.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CycleProgress {
    /// Patients looked at.
    pub patients_seen: u64,
    /// Patients billed by this run.
    pub patients_billed: u64,
}

/// What a run did.
#[derive(Debug, Clone, PartialEq)]
pub struct CycleReport {
    /// The cycle.
    pub cycle: Cycle,
    /// Its monthly invoice.
    pub invoice_id: InvoiceId,
    /// How many.
    pub patients: CycleProgress,
    /// The invoice of the cycle before, if this run issued it.
    pub issued: Option<InvoiceId>,
    /// The last position of the run: what a reader may wait for.
    pub position: i64,
}

/// Starts a cycle: bills every patient active at its first instant (or at the end of the pause
/// that this falls into), begins its invoice even when there is nobody, and issues the one before
/// if that is asked for.
///
/// # Errors
///
/// [`ExecuteError`]: the account's refusal (paused, canceled, not begun, a later cycle has
/// started), or a failure of the store. Run it again.
pub async fn start_cycle(
    ledger: &Ledger,
    request: &CycleRequest,
    on_progress: &mut (dyn FnMut(CycleProgress) + Send),
) -> Result<CycleReport, ExecuteError> {
    let CycleRequest { org, now, .. } = *request;
    let (account, _) = ledger.load::<Subscription>(org, account_id(org)).await?;
    let opened = account.account().ok_or(SubscriptionError::Unknown)?;
    let rule = &opened.cycle;
    let cycle = match request.cycle {
        Some(key) => rule.cycle(key),
        None => rule.cycle_at(now),
    };
    let cycle = cycle.map_err(SubscriptionError::from)?;
    let context = || Context::fresh(ledger, org, request.actor.clone()).occurring_at(now);
    let start = SubscriptionCommand::StartCycle(StartCycle { cycle: cycle.key, now });
    let mut position = ledger.execute(&context(), account_id(org), start).await?.position;

    let invoice_id = monthly_invoice_id(org, cycle.key);
    let open = InvoiceCommand::Open(Open {
        currency: opened.currency,
        customer_id: None,
        invoice_type: InvoiceType::Monthly,
        payment_terms_days: opened.payment_terms_days,
        period: Some(BillingPeriod { ends_on: cycle.ends_on, starts_on: cycle.starts_on }),
        rounding: opened.rounding,
    });
    match ledger.execute(&context(), invoice_id, open).await {
        Ok(outcome) => position = position.max(outcome.position),
        // Begun by the first activation, under the terms of that day: as good.
        Err(error) if is_refused(&error, &["invoice.exists"]) => {}
        Err(error) => return Err(error),
    }

    let mut run = Run { ledger, request, cycle, position, patients: CycleProgress::default() };
    run.bill_everybody(on_progress).await?;
    let issued = if request.issue_previous { run.issue_previous(&account).await? } else { None };
    let Run { position, patients, .. } = run;
    Ok(CycleReport { cycle, invoice_id, patients, issued, position })
}

struct Run<'a> {
    ledger: &'a Ledger,
    request: &'a CycleRequest,
    cycle: Cycle,
    position: i64,
    patients: CycleProgress,
}

impl Run<'_> {
    async fn bill_everybody(
        &mut self,
        on_progress: &mut (dyn FnMut(CycleProgress) + Send),
    ) -> Result<(), ExecuteError> {
        let mut after = None;
        loop {
            let org = self.request.org;
            let chunk = self.ledger.streams(org, "patient_activation", after, CHUNK).await?;
            let Some(last) = chunk.last() else { return Ok(()) };
            after = Some(*last);
            self.bill(&chunk).await?;
            on_progress(self.patients);
        }
    }

    /// The terms come from the account as it is at the very position of the append.
    async fn bill(&mut self, chunk: &[Uuid]) -> Result<(), ExecuteError> {
        let CycleRequest { org, now, .. } = *self.request;
        let key = self.cycle.key;
        let context =
            Context::fresh(self.ledger, org, self.request.actor.clone()).occurring_at(now);
        let mut batch = self.ledger.batch(context);
        for patient in chunk {
            batch = batch.then_from::<PatientActivation, Subscription>(
                PatientActivationId::new(*patient),
                account_id(org),
                move |account| bill_cycle(account, key, now),
            );
        }
        let outcome = batch.run().await?;
        self.position = self.position.max(outcome.position);
        self.patients.patients_seen += chunk.len() as u64;
        self.patients.patients_billed += outcome.events.len() as u64;
        Ok(())
    }

    async fn issue_previous(
        &mut self,
        account: &Subscription,
    ) -> Result<Option<InvoiceId>, ExecuteError> {
        let CycleRequest { org, now, .. } = *self.request;
        let previous = monthly_invoice_id(org, self.cycle.key.previous());
        let rule = account.cycle_rule().ok_or(SubscriptionError::Unknown)?;
        let today = rule.local_day(now).map_err(SubscriptionError::from)?;
        let context =
            Context::fresh(self.ledger, org, self.request.actor.clone()).occurring_at(now);
        let issue = |day| {
            self.ledger.batch(context.clone()).then_from::<Invoice, Subscription>(
                previous,
                account_id(org),
                move |account| Ok(issue_on(account, day)),
            )
        };
        // A run that comes late may find its day sealed.
        match on_open_day(today, issue).await {
            Ok(outcome) => {
                self.position = self.position.max(outcome.position);
                // Without an event it was issued before, and not by this run.
                Ok((!outcome.events.is_empty()).then_some(previous))
            }
            Err(error) if is_refused(&error, &NOTHING_TO_DO) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Void, empty, or never begun.
const NOTHING_TO_DO: [&str; 3] =
    ["invoice.not_draft", "invoice.nothing_to_issue", "invoice.unknown"];

/// The order to issue an invoice on a day, with the tax that the account says for it.
pub fn issue_on(account: &Subscription, issued_on: Date) -> InvoiceCommand {
    let (configured_rate, jurisdiction) = account.tax_on(issued_on);
    InvoiceCommand::Issue(Issue { configured_rate, issued_on, jurisdiction, number: None })
}

fn bill_cycle(
    account: &Subscription,
    key: CycleKey,
    now: OffsetDateTime,
) -> Result<PatientActivationCommand, Box<dyn Refusal>> {
    let charge = account.cycle_charge(key, now);
    match charge.map_err(boxed)? {
        Some((active_at, billing)) => {
            Ok(PatientActivationCommand::BillCycle(BillCycle { active_at, billing }))
        }
        // Paused or canceled since the cycle was started.
        None => Err(boxed(account.billing_allowed().err().unwrap_or(SubscriptionError::Unknown))),
    }
}

fn boxed(error: SubscriptionError) -> Box<dyn Refusal> {
    Box::new(error)
}

fn is_refused(error: &ExecuteError, codes: &[&str]) -> bool {
    matches!(error, ExecuteError::Refused(refusal) if codes.contains(&refusal.code()))
}
