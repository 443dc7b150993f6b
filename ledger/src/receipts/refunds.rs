//! Money that went back.

use time::Date;
use uuid::Uuid;

use super::desk::{Came, Desk};
use crate::{
    invoice::{CreateRefund, FailRefund, Invoice, InvoiceCommand, SettleRefund},
    ports::payments::{ChargeRefunded, Refund, RefundState},
    store::{
        ExecuteError, StoreError,
        inbox::{InboxStatus, Link},
        on_open_day,
    },
    values::{Code, InvoiceId, Money},
};

impl Desk<'_> {
    pub(super) async fn refund(&self, said: &Refund) -> Result<Came, ExecuteError> {
        let Some((invoice_id, payment_id)) = self.payment_behind(&said.payments).await? else {
            return Ok(Came::to(InboxStatus::Waiting, None, "payment_not_known_yet"));
        };
        let Some(currency) = said.currency else {
            return Ok(Came::to(InboxStatus::Failed, Some(invoice_id), "currency_unknown"));
        };
        let amount = Money::from_minor(said.amount_minor, currency);
        match self.enter(said, invoice_id, payment_id, amount).await {
            Ok(()) => Ok(Came::done(invoice_id)),
            Err(ExecuteError::Refused(refusal)) => {
                Ok(Came::to(InboxStatus::Failed, Some(invoice_id), refusal.code()))
            }
            Err(error) => Err(error),
        }
    }

    /// Grants the refund unless it is known, and says how it stands, in one append.
    async fn enter(
        &self,
        said: &Refund,
        invoice_id: Uuid,
        payment_id: Uuid,
        amount: Money,
    ) -> Result<(), ExecuteError> {
        let (id, ledger) = (InvoiceId::new(invoice_id), self.ledger);
        let refund_id = said.refund_id.unwrap_or(self.name(&said.refund));
        let context = self.context("refund");
        on_open_day(self.day().await?, |day| {
            let create = InvoiceCommand::CreateRefund(CreateRefund {
                amount,
                created_on: day,
                payment_id,
                reason_code: reason(said.reason.as_deref()),
                refund_id,
            });
            let batch = ledger.batch(context.clone()).then::<Invoice>(id, create);
            match outcome_of(said.state, refund_id, day) {
                Some(command) => batch.then::<Invoice>(id, command),
                None => batch,
            }
        })
        .await?;
        Ok(())
    }

    pub(super) async fn payment_behind(
        &self,
        ids: &[String],
    ) -> Result<Option<(Uuid, Uuid)>, StoreError> {
        let link = self.linked(ids).await?;
        Ok(link.and_then(|link| Some((link.invoice_id, link.payment_id?))))
    }

    /// Learns which payment a charge is, for the refunds that name only the charge.
    pub(super) async fn charge_refunded(
        &self,
        said: &ChargeRefunded,
    ) -> Result<Came, ExecuteError> {
        if let Some((invoice_id, payment_id)) = self.payment_behind(&said.payments).await? {
            self.remember(&said.payments, invoice_id, Some(payment_id)).await?;
            return Ok(Came::done(invoice_id));
        }
        let amount = said.currency.map(|currency| Money::from_minor(said.charged_minor, currency));
        let found = match amount {
            Some(amount) => self.by_amount(amount).await?,
            None => None,
        };
        match found {
            Some(Link { invoice_id, payment_id: Some(payment_id), .. }) => {
                self.remember(&said.payments, invoice_id, Some(payment_id)).await?;
                Ok(Came::done(invoice_id))
            }
            _ => Ok(Came::to(InboxStatus::Waiting, None, "payment_not_known_yet")),
        }
    }
}

/// What is said of a refund beyond that it was granted.
fn outcome_of(state: RefundState, refund_id: Uuid, day: Date) -> Option<InvoiceCommand> {
    match state {
        RefundState::Pending => None,
        RefundState::Succeeded => {
            Some(InvoiceCommand::SettleRefund(SettleRefund { refund_id, settled_on: day }))
        }
        RefundState::Failed => {
            Some(InvoiceCommand::FailRefund(FailRefund { failed_on: day, refund_id }))
        }
    }
}

/// The provider's word as a code of ours.
fn reason(word: Option<&str>) -> Code {
    let said = word.and_then(|word| word.parse().ok());
    said.unwrap_or_else(|| "provider_refund".parse().expect("the word is a code"))
}
