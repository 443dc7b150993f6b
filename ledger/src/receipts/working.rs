//! Working messages off.

use time::Duration;

use super::{
    accepting::open,
    desk::{Came, Desk},
};
use crate::{
    ports::payments::ProviderFact,
    store::{
        ExecuteError, Ledger, StoreError,
        inbox::{InboxStatus, Message, Settled, find_message, settle, unsettled},
    },
    values::OrgId,
};

/// Messages looked at in one go.
const PORTION: i64 = 500;
/// What has waited this long waits for something that is none of ours.
const WAIT_DAYS: i64 = 35;

/// Works one message off, then whatever waited for it, and says how far it has got.
///
/// # Errors
///
/// [`StoreError`] if the database fails; the message is kept and will be tried again.
pub async fn work_off(
    ledger: &Ledger,
    org: OrgId,
    provider: &str,
    provider_event: &str,
) -> Result<Option<InboxStatus>, StoreError> {
    let Some(message) = find_message(ledger, org, provider, provider_event).await? else {
        return Ok(None);
    };
    if message.status.is_final() {
        return Ok(Some(message.status));
    }
    let status = attempt(ledger, org, provider, &message).await?;
    if status == InboxStatus::Processed {
        work_off_waiting(ledger, org, provider).await?;
    }
    Ok(Some(status))
}

/// Tries everything that is not done, again and again while that helps. Says how many got done.
///
/// # Errors
///
/// [`StoreError`] if the database fails.
pub async fn work_off_waiting(
    ledger: &Ledger,
    org: OrgId,
    provider: &str,
) -> Result<usize, StoreError> {
    let mut done = 0;
    loop {
        let before = done;
        for message in unsettled(ledger, org, provider, PORTION).await? {
            if attempt(ledger, org, provider, &message).await?.is_final() {
                done += 1;
            }
        }
        if done == before {
            return Ok(done);
        }
    }
}

/// One attempt; what came of it is noted.
async fn attempt(
    ledger: &Ledger,
    org: OrgId,
    provider: &str,
    message: &Message,
) -> Result<InboxStatus, StoreError> {
    let desk =
        Desk { ledger, org, provider, event: &message.provider_event, at: message.created_at };
    let came = match open(ledger, org, &message.facts).await? {
        Some(fact) => meaning(&desk, &fact).await,
        None => Ok(Came::to(InboxStatus::Ignored, None, "erased")),
    };
    let came = match came {
        Ok(came) => given_up(ledger, message, came),
        Err(ExecuteError::Store(error)) => return Err(error),
        Err(error) => {
            let event = &message.provider_event;
            tracing::warn!(provider, event, %error, "will be tried again");
            Came::to(InboxStatus::Failed, None, &error.to_string())
        }
    };
    let settled = Settled { status: came.status, invoice_id: came.invoice_id, error: came.error };
    settle(ledger, org, provider, &message.provider_event, &settled).await?;
    Ok(settled.status)
}

async fn meaning(desk: &Desk<'_>, fact: &ProviderFact) -> Result<Came, ExecuteError> {
    match fact {
        ProviderFact::InvoiceLinked(said) => desk.invoice_linked(said).await,
        ProviderFact::InvoicePaid(said) => desk.invoice_paid(said).await,
        ProviderFact::PaymentAttached(said) => desk.payment_attached(said).await,
        ProviderFact::PaymentFailed(said) => desk.payment_failed(said).await,
        ProviderFact::Refund(said) => desk.refund(said).await,
        ProviderFact::ChargeRefunded(said) => desk.charge_refunded(said).await,
        ProviderFact::Dispute(said) => desk.dispute(said).await,
        ProviderFact::Ignored => Ok(Came::ignored()),
    }
}

/// Charges of other businesses on the same account would wait for ever.
fn given_up(ledger: &Ledger, message: &Message, came: Came) -> Came {
    let waited = ledger.clock().now() - message.received_at;
    if came.status == InboxStatus::Waiting && waited > Duration::days(WAIT_DAYS) {
        return Came::to(InboxStatus::Ignored, None, "waited_in_vain");
    }
    came
}
