//! Money that a bank took back while it looks into a payment.

use time::Date;
use uuid::Uuid;

use super::desk::{Came, Desk};
use crate::{
    invoice::{Invoice, InvoiceCommand, LoseDispute, OpenDispute, WinDispute},
    ports::payments::{Dispute, DisputeState},
    store::{Batch, ExecuteError, inbox::InboxStatus, on_open_day},
    values::{Code, Currency, InvoiceId, Money},
};

/// Won or lost before the funds were withdrawn, as far as we have heard.
const UNKNOWN: &str = "invoice.dispute_unknown";

impl Desk<'_> {
    pub(super) async fn dispute(&self, said: &Dispute) -> Result<Came, ExecuteError> {
        let Some((invoice_id, payment_id)) = self.payment_behind(&said.payments).await? else {
            return Ok(Came::to(InboxStatus::Waiting, None, "payment_not_known_yet"));
        };
        // Later messages name the charge alone.
        self.remember(&said.payments, invoice_id, Some(payment_id)).await?;
        let Some(currency) = said.currency else {
            return Ok(Came::to(InboxStatus::Failed, Some(invoice_id), "currency_unknown"));
        };
        if said.state == DisputeState::Opened {
            return Ok(Came::done(invoice_id));
        }
        let about = About {
            currency,
            dispute_id: self.name(&said.dispute),
            id: InvoiceId::new(invoice_id),
            payment_id,
        };
        let (context, ledger) = (self.context("dispute"), self.ledger);
        let done = on_open_day(self.day().await?, |day| {
            about.tell(ledger.batch(context.clone()), said, day)
        });
        match done.await {
            Ok(_) => Ok(Came::done(invoice_id)),
            Err(ExecuteError::Refused(refusal)) if refusal.code() == UNKNOWN => {
                Ok(Came::to(InboxStatus::Waiting, Some(invoice_id), "dispute_not_known_yet"))
            }
            Err(ExecuteError::Refused(refusal)) => {
                Ok(Came::to(InboxStatus::Failed, Some(invoice_id), refusal.code()))
            }
            Err(error) => Err(error),
        }
    }
}

/// Which dispute, in our words.
struct About {
    currency: Currency,
    dispute_id: Uuid,
    id: InvoiceId,
    payment_id: Uuid,
}

impl About {
    /// Adds what it means for the invoice; nothing as long as no money moved.
    fn tell(&self, batch: Batch, said: &Dispute, day: Date) -> Batch {
        let Self { currency, dispute_id, id, payment_id } = *self;
        let money = |minor| Money::from_minor(minor, currency);
        match said.state {
            DisputeState::Opened => batch,
            DisputeState::Withdrawn => {
                let open = OpenDispute {
                    amount: money(said.amount_minor),
                    dispute_id,
                    fee: money(said.fee_minor),
                    opened_on: day,
                    payment_id,
                    reason_code: reason(said.reason.as_deref()),
                };
                batch.then::<Invoice>(id, InvoiceCommand::OpenDispute(open))
            }
            DisputeState::Reinstated | DisputeState::Won => {
                let returned = money(said.fee_returned_minor);
                batch.then_from::<Invoice, Invoice>(id, id, move |invoice| {
                    let fee_returned = fee_back(invoice, dispute_id, returned);
                    let win = WinDispute { closed_on: day, dispute_id, fee_returned };
                    Ok(InvoiceCommand::WinDispute(win))
                })
            }
            DisputeState::Lost => {
                let lose = LoseDispute { closed_on: day, dispute_id };
                batch.then::<Invoice>(id, InvoiceCommand::LoseDispute(lose))
            }
        }
    }
}

/// No more than what we know was charged; the payout shows the rest.
fn fee_back(invoice: &Invoice, dispute_id: Uuid, returned: Money) -> Money {
    let charged = invoice.dispute(dispute_id).map(|dispute| dispute.fee);
    charged.and_then(|charged| charged.smaller(returned).ok()).unwrap_or(returned)
}

/// The bank's word as a code of ours.
fn reason(word: Option<&str>) -> Code {
    let said = word.and_then(|word| word.parse().ok());
    said.unwrap_or_else(|| "provider_dispute".parse().expect("the word is a code"))
}
