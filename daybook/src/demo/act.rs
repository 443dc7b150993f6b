//! Making an invented history happen, by the same commands as everybody's.

use anyhow::Context as _;
use ledger::cycles::{CycleRequest, start_cycle};
use ledger::invoice::PaymentMethod;
use ledger::patient_activation::{
    Activate, Deactivate, PatientActivation, PatientActivationCommand,
};
use ledger::recorded::Actor;
use ledger::store::{Batch, Context, ExecuteError, Ledger, account_id};
use ledger::subscription::{
    ConfigureTax, HoldPayment, HoldReason, Pause, Resume, Subscription, SubscriptionCommand,
    SubscriptionError,
};
use ledger::values::{Code, Currency, CycleKey, Money, OrgId, SubjectRef};
use projections::engine::Engine;
use time::OffsetDateTime;
use tokio::time::{Duration, Instant};
use uuid::Uuid;

use super::orgs::DemoOrg;
use super::people;
use super::step::{Deed, Step, What, Which};

/// The history is on a machine of its own: whoever waits longer has another trouble.
const PATIENCE: Duration = Duration::from_secs(120);

/// Carries out the history of one org.
pub(super) struct Actress<'a> {
    pub(super) org: &'a DemoOrg,
    pub(super) id: OrgId,
    pub(super) ledger: &'a Ledger,
    pub(super) engine: &'a Engine,
}

impl Actress<'_> {
    /// Carries out one step; repeating it is harmless. What the business refuses is passed over.
    pub(super) async fn act(&self, number: usize, step: &Step) -> anyhow::Result<()> {
        let context = self.context(number, step.at);
        match self.carry_out(context, step).await {
            Ok(()) => Ok(()),
            // Begun before the history was interrupted, and a later one too.
            Err(Trouble::Command(ExecuteError::Refused(refusal)))
                if refusal.code() == "subscription.cycle_past" =>
            {
                Ok(())
            }
            Err(Trouble::Command(ExecuteError::Refused(refusal))) => {
                tracing::warn!(code = refusal.code(), step = ?step.what, "refused in the demo");
                Ok(())
            }
            Err(Trouble::Command(error)) => Err(error).context("the history cannot be made"),
            Err(Trouble::Other(error)) => Err(error.context("the history cannot be made")),
        }
    }

    async fn carry_out(&self, context: Context, step: &Step) -> Result<(), Trouble> {
        match &step.what {
            What::Cycle(cycle) => self.cycle(*cycle, step.at).await,
            What::Activate(index) => self.activate(context, *index, step.at).await,
            What::Deactivate(index) => self.deactivate(context, *index, step.at).await,
            What::Invoice(which, deed) => {
                if let (Which::Monthly(_), Deed::Issue) = (which, deed) {
                    self.settle().await?;
                }
                self.invoice(context, *which, deed, step).await
            }
            What::Claim(number, deed) => {
                self.claim(context, *number, *deed, step).await?;
                self.posted(step).await
            }
            What::Delegate => self.delegate(context).await,
            What::Statement(number, deed) => {
                self.statement(context, *number, *deed, step).await?;
                self.posted(step).await
            }
            What::Tax { jurisdiction, rate } => {
                let tax = ConfigureTax {
                    jurisdiction: jurisdiction.clone(),
                    rate: *rate,
                    valid_from: step.on,
                };
                self.account(context, SubscriptionCommand::ConfigureTax(tax)).await
            }
            What::Pause(reason) => {
                let pause = Pause { paused_at: step.at, reason_code: code(reason)? };
                self.account(context, SubscriptionCommand::Pause(pause)).await
            }
            What::Resume => {
                let reason_code = Some(code("renovation_done")?);
                let resume = Resume { reason_code, resumed_at: step.at };
                self.account(context, SubscriptionCommand::Resume(resume)).await
            }
            What::Hold(number) => self.hold(context, *number, step).await,
            What::Tell(entity, fact) => self.tell(context, entity, fact, step.at).await,
            What::ResolveHeld(number, to) => self.resolve_held(context, *number, *to, step).await,
            What::Recognize(through) => self.recognize(*through, step).await,
            What::Close(through) => self.close(context, *through, step).await,
            What::Payout => self.payout(context, step).await,
            What::Allowance => self.allowance(context, step).await,
        }
    }

    fn context(&self, number: usize, at: OffsetDateTime) -> Context {
        Context::named(self.ledger, self.id, actor(), &format!("demo:{number}")).occurring_at(at)
    }

    pub(super) async fn account(
        &self,
        context: Context,
        command: SubscriptionCommand,
    ) -> Result<(), Trouble> {
        self.ledger.execute(&context, account_id(self.id), command).await?;
        Ok(())
    }

    async fn cycle(&self, cycle: CycleKey, now: OffsetDateTime) -> Result<(), Trouble> {
        let request = CycleRequest {
            org: self.id,
            cycle: Some(cycle),
            now,
            actor: actor(),
            issue_previous: false,
        };
        start_cycle(self.ledger, &request, &mut |_| {}).await?;
        Ok(())
    }

    async fn activate(
        &self,
        context: Context,
        index: usize,
        activated_at: OffsetDateTime,
    ) -> Result<(), Trouble> {
        let foreign = people::patient_id(index);
        let names = self.ledger.names();
        let subject = names.subject(self.id, "patient", &foreign);
        let patient = names.anonymous_ref(self.id, &foreign);
        let name = people::name(self.org.seed, index);
        let name = self.seal(&context, subject, "name", &name).await?;
        let patient_id = self.seal(&context, subject, "patient_id", &foreign).await?;
        let id = names.patient(self.id, &foreign);
        self.ledger
            .batch(context)
            .then_from::<PatientActivation, Subscription>(id, account_id(self.id), move |account| {
                let refused =
                    |error: SubscriptionError| -> Box<dyn ledger::Refusal> { Box::new(error) };
                Ok(PatientActivationCommand::Activate(Activate {
                    activated_at,
                    billing: account.charge_for_activation(activated_at).map_err(refused)?,
                    name: Some(name.clone()),
                    patient: patient.clone(),
                    patient_id: patient_id.clone(),
                }))
            })
            .run()
            .await?;
        Ok(())
    }

    async fn deactivate(
        &self,
        context: Context,
        index: usize,
        deactivated_at: OffsetDateTime,
    ) -> Result<(), Trouble> {
        let id = self.ledger.names().patient(self.id, &people::patient_id(index));
        let command = PatientActivationCommand::Deactivate(Deactivate { deactivated_at });
        self.ledger.execute(&context, id, command).await?;
        Ok(())
    }

    /// Money that fits no invoice, for three reasons. (The org that bills in US dollars has none
    /// in another currency.)
    async fn hold(&self, context: Context, number: i64, step: &Step) -> Result<(), Trouble> {
        let reason = match number % 3 {
            0 if self.org.currency()? != Currency::USD => HoldReason::CurrencyMismatch,
            1 => HoldReason::UnknownInvoice,
            _ => HoldReason::InvoiceNotOpen,
        };
        let name =
            |what: &str| Uuid::new_v5(&self.id.0, format!("demo:{what}:{number}").as_bytes());
        let amount = match reason {
            HoldReason::CurrencyMismatch => Money::from_minor(15_000, Currency::USD),
            HoldReason::UnknownInvoice | HoldReason::InvoiceNotOpen => {
                self.org.money(self.org.charge_minor)?
            }
        };
        let hold = HoldPayment {
            amount,
            invoice_id: Some(name("held-invoice")),
            method: PaymentMethod::BankTransfer,
            payment_id: self.held(number),
            reason,
            received_on: step.on,
        };
        self.account(context, SubscriptionCommand::HoldPayment(hold)).await
    }

    /// Waits until the policies have put every charge on its invoice.
    pub(super) async fn settle(&self) -> anyhow::Result<()> {
        let head = self.ledger.head(self.id).await?.unwrap_or(0);
        let deadline = Instant::now() + PATIENCE;
        let settled = self.engine.wait_settled(self.id, head, deadline).await;
        let settled = settled.context("the policies cannot be waited for")?;
        if settled.settled {
            return Ok(());
        }
        let reached = settled.position;
        Err(anyhow::anyhow!("the policies stopped at position {reached} of {head}"))
    }

    pub(super) async fn seal(
        &self,
        context: &Context,
        subject: SubjectRef,
        field: &str,
        plain: &str,
    ) -> Result<ledger::values::Sealed<String>, Trouble> {
        let sealed = self.ledger.keyring().seal(context, subject, field, plain).await;
        Ok(sealed.map_err(ExecuteError::from)?)
    }

    pub(super) async fn run(&self, batch: Batch) -> Result<(), Trouble> {
        batch.run().await?;
        Ok(())
    }
}

/// A refusal is part of life; the rest is not.
pub(super) enum Trouble {
    /// The ledger said no, or failed.
    Command(ExecuteError),
    /// Anything else.
    Other(anyhow::Error),
}

impl From<ExecuteError> for Trouble {
    fn from(error: ExecuteError) -> Self {
        Self::Command(error)
    }
}

impl From<anyhow::Error> for Trouble {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}

/// Who acts in the history.
pub(super) fn actor() -> Actor {
    Actor("job:demo".to_owned())
}

/// A reason.
pub(super) fn code(text: &str) -> anyhow::Result<Code> {
    Ok(text.parse()?)
}
