//! Invoices that are linked, paid, or not paid.

use uuid::Uuid;

use super::desk::{Came, Desk};
use crate::{
    invoice::{Invoice, InvoiceCommand, PaymentMethod, PaymentState, RecordPayment, ReportPaid},
    ports::payments::{InvoiceMention, InvoicePaid, PaymentAttached, PaymentFailed},
    store::{ExecuteError, StoreError, account_id, inbox::InboxStatus, on_open_day},
    subscription::{HoldPayment, HoldReason, SubscriptionCommand},
    values::{Code, InvoiceId, Money},
};

/// What was received, for whom.
struct Receipt<'a> {
    amount: Money,
    invoice_id: Option<Uuid>,
    payment_id: Uuid,
    reference: &'a str,
    state: PaymentState,
}

impl Desk<'_> {
    pub(super) async fn invoice_linked(&self, said: &InvoiceMention) -> Result<Came, ExecuteError> {
        // Without a word of ours on it, it is none of ours.
        let Some(invoice_id) = said.invoice_id else { return Ok(Came::ignored()) };
        match self.tie(invoice_id, &said.provider_invoice).await {
            Ok(()) => Ok(Came::done(invoice_id)),
            Err(ExecuteError::Refused(refusal)) => {
                Ok(Came::to(InboxStatus::Ignored, Some(invoice_id), refusal.code()))
            }
            Err(error) => Err(error),
        }
    }

    pub(super) async fn invoice_paid(&self, said: &InvoicePaid) -> Result<Came, ExecuteError> {
        let provider_invoice = &said.invoice.provider_invoice;
        let invoice_id = self.find(&said.invoice).await?;
        if said.out_of_band {
            return self.paid_elsewhere(invoice_id, provider_invoice).await;
        }
        let Some(currency) = said.currency else {
            return Ok(Came::to(InboxStatus::Failed, invoice_id, "currency_unknown"));
        };
        let amount = Money::from_minor(said.amount_minor, currency);
        let payment_id = self.payment_of(provider_invoice);
        let came = self
            .take(Receipt {
                amount,
                invoice_id,
                payment_id,
                reference: said.payments.first().unwrap_or(provider_invoice),
                state: PaymentState::Succeeded,
            })
            .await?;
        if let (Some(invoice_id), Some(payment_id)) = (came.invoice_id, came.payment_id) {
            self.tie(invoice_id, provider_invoice).await?;
            let mut known = said.payments.clone();
            known.push(provider_invoice.clone());
            self.remember(&known, invoice_id, Some(payment_id)).await?;
            if said.payments.is_empty() {
                self.remember_amount(amount, invoice_id, payment_id).await?;
            }
        }
        Ok(came)
    }

    /// The invoice ours is, by our own metadata or by what we know of theirs.
    async fn find(&self, said: &InvoiceMention) -> Result<Option<Uuid>, StoreError> {
        if said.invoice_id.is_some() {
            return Ok(said.invoice_id);
        }
        let link = self.linked(std::slice::from_ref(&said.provider_invoice)).await?;
        Ok(link.map(|link| link.invoice_id))
    }

    async fn paid_elsewhere(
        &self,
        invoice_id: Option<Uuid>,
        provider_invoice: &str,
    ) -> Result<Came, ExecuteError> {
        let Some(invoice_id) = invoice_id else {
            return Ok(Came::to(InboxStatus::Ignored, None, "invoice.unknown"));
        };
        let report = InvoiceCommand::ReportPaid(ReportPaid { reported_on: self.day().await? });
        let context = self.context("report-paid");
        match self.ledger.execute::<Invoice>(&context, InvoiceId::new(invoice_id), report).await {
            Ok(_) => {
                self.tie(invoice_id, provider_invoice).await?;
                Ok(Came::done(invoice_id))
            }
            Err(ExecuteError::Refused(refusal)) => {
                Ok(Came::to(InboxStatus::Ignored, Some(invoice_id), refusal.code()))
            }
            Err(error) => Err(error),
        }
    }

    /// Records money that arrived on its invoice, or holds it where it fits none.
    async fn take(&self, receipt: Receipt<'_>) -> Result<Came, ExecuteError> {
        let Some(invoice_id) = receipt.invoice_id else {
            return self.hold(&receipt, HoldReason::UnknownInvoice).await;
        };
        let refusal = match self.record(&receipt, invoice_id).await {
            Ok(()) => return Ok(Came::taken(invoice_id, receipt.payment_id)),
            Err(ExecuteError::Refused(refusal)) => refusal,
            Err(error) => return Err(error),
        };
        match refusal.code() {
            "invoice.unknown" => self.hold(&receipt, HoldReason::UnknownInvoice).await,
            "invoice.currency_mismatch" => self.hold(&receipt, HoldReason::CurrencyMismatch).await,
            "invoice.not_open" => self.hold(&receipt, HoldReason::InvoiceNotOpen).await,
            // An earlier attempt asked another amount: this is other money.
            "invoice.payment_exists" => self.record_anew(&receipt, invoice_id).await,
            code => Ok(Came::to(InboxStatus::Failed, Some(invoice_id), code)),
        }
    }

    async fn record_anew(
        &self,
        receipt: &Receipt<'_>,
        invoice_id: Uuid,
    ) -> Result<Came, ExecuteError> {
        let other = format!("{}:{}", receipt.payment_id, receipt.amount.minor());
        let again = Receipt { payment_id: self.name(&other), ..*receipt };
        match self.record(&again, invoice_id).await {
            Ok(()) => Ok(Came::taken(invoice_id, again.payment_id)),
            Err(ExecuteError::Refused(refusal)) => {
                Ok(Came::to(InboxStatus::Failed, Some(invoice_id), refusal.code()))
            }
            Err(error) => Err(error),
        }
    }

    async fn record(&self, receipt: &Receipt<'_>, invoice_id: Uuid) -> Result<(), ExecuteError> {
        // Named after the payment, not the message: many messages may speak of it.
        let context = self.context(&format!("record:{}:{:?}", receipt.payment_id, receipt.state));
        let reference = self.seal(&context, "reference", receipt.reference).await?;
        let failed = receipt.state == PaymentState::Failed;
        let record = |received_on| RecordPayment {
            amount: receipt.amount,
            method: PaymentMethod::Stripe,
            payment_id: receipt.payment_id,
            reason_code: if failed { "provider_declined".parse::<Code>().ok() } else { None },
            received_on,
            reference: Some(reference.clone()),
            state: receipt.state,
        };
        let (id, ledger) = (InvoiceId::new(invoice_id), self.ledger);
        on_open_day(self.day().await?, |day| {
            let command = InvoiceCommand::RecordPayment(record(day));
            ledger.batch(context.clone()).then::<Invoice>(id, command)
        })
        .await?;
        Ok(())
    }

    async fn hold(&self, receipt: &Receipt<'_>, reason: HoldReason) -> Result<Came, ExecuteError> {
        let hold = |received_on| HoldPayment {
            amount: receipt.amount,
            invoice_id: receipt.invoice_id,
            method: PaymentMethod::Stripe,
            payment_id: receipt.payment_id,
            reason,
            received_on,
        };
        let word = match reason {
            HoldReason::CurrencyMismatch => "currency_mismatch",
            HoldReason::InvoiceNotOpen => "invoice_not_open",
            HoldReason::UnknownInvoice => "unknown_invoice",
        };
        let (context, account, ledger) = (self.context("hold"), account_id(self.org), self.ledger);
        let held = on_open_day(self.day().await?, |day| {
            let command = SubscriptionCommand::HoldPayment(hold(day));
            ledger.batch(context.clone()).then(account, command)
        });
        match held.await {
            Ok(_) => Ok(Came::to(InboxStatus::Held, receipt.invoice_id, word)),
            Err(ExecuteError::Refused(refusal)) => {
                Ok(Came::to(InboxStatus::Failed, receipt.invoice_id, refusal.code()))
            }
            Err(error) => Err(error),
        }
    }

    pub(super) async fn payment_failed(&self, said: &PaymentFailed) -> Result<Came, ExecuteError> {
        let invoice_id = self.find(&said.invoice).await?;
        let (Some(invoice_id), Some(currency)) = (invoice_id, said.currency) else {
            return Ok(Came::to(InboxStatus::Ignored, invoice_id, "invoice.unknown"));
        };
        let receipt = Receipt {
            amount: Money::from_minor(said.amount_minor, currency),
            invoice_id: Some(invoice_id),
            payment_id: self.payment_of(&said.invoice.provider_invoice),
            reference: &said.invoice.provider_invoice,
            state: PaymentState::Failed,
        };
        match self.record(&receipt, invoice_id).await {
            Ok(()) => Ok(Came::done(invoice_id)),
            // No money moved, so there is nothing to hold.
            Err(ExecuteError::Refused(refusal)) => {
                Ok(Came::to(InboxStatus::Ignored, Some(invoice_id), refusal.code()))
            }
            Err(error) => Err(error),
        }
    }

    pub(super) async fn payment_attached(
        &self,
        said: &PaymentAttached,
    ) -> Result<Came, ExecuteError> {
        let link = self.linked(std::slice::from_ref(&said.provider_invoice)).await?;
        let Some(link) = link else {
            return Ok(Came::to(InboxStatus::Waiting, None, "invoice_not_known_yet"));
        };
        let invoice_id = link.invoice_id;
        let payment_id = link.payment_id.unwrap_or(self.payment_of(&said.provider_invoice));
        self.remember(&said.payments, invoice_id, Some(payment_id)).await?;
        let amount = said.currency.map(|currency| Money::from_minor(said.amount_minor, currency));
        match amount {
            Some(amount) if self.is_all_of(invoice_id, amount).await? => {
                let reference = said.payments.first().unwrap_or(&said.provider_invoice);
                let state = PaymentState::Succeeded;
                let invoice_id = Some(invoice_id);
                self.take(Receipt { amount, invoice_id, payment_id, reference, state }).await
            }
            // A part: the whole will be taken when the provider calls the invoice paid.
            Some(_) | None => Ok(Came::done(invoice_id)),
        }
    }

    async fn is_all_of(&self, invoice_id: Uuid, amount: Money) -> Result<bool, ExecuteError> {
        let (invoice, _) =
            self.ledger.load::<Invoice>(self.org, InvoiceId::new(invoice_id)).await?;
        Ok(invoice.totals().is_some_and(|totals| totals.total == amount))
    }
}
