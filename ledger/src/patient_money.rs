//! A patient's money on a statement, and on the claim behind it: both told in one append, so that
//! the statement's balance is the claim's at every position. Only the statement makes the entry.

use uuid::Uuid;

use crate::{
    claim::{ApplyPatientPayment, Claim, ClaimCommand, WithdrawPatientPayment},
    decide::Refusal,
    delegation::{Delegation, delegation_id},
    statement::{
        RecordPayment, Refund, ReversePayment, Statement, StatementCommand, StatementError,
    },
    store::{Batch, Context, ExecuteError, Ledger, Outcome, account_id},
    subscription::Subscription,
    values::{ClaimId, Currency, StatementId},
};

/// Adds an order to a statement, under the founder's settings and the account's standing at the
/// very position that is decided at.
pub fn under_settings(batch: Batch, statement: StatementId, command: StatementCommand) -> Batch {
    let read = (delegation_id(batch.org()), account_id(batch.org()));
    let under = move |delegation: &Delegation, account: &Subscription| {
        // The currency counts only where nothing is delegated.
        Ok(command.clone().under(&delegation.terms(Currency::USD), account))
    };
    batch.then_from_both::<Statement, Delegation, Subscription>(statement, read, under)
}

/// An order to a statement, as [`under_settings`] says.
///
/// # Errors
///
/// [`ExecuteError`]: the statement's refusal, or the store's failure.
pub async fn order(
    ledger: &Ledger,
    context: Context,
    statement: StatementId,
    command: StatementCommand,
) -> Result<Outcome, ExecuteError> {
    under_settings(ledger.batch(context), statement, command).run().await
}

/// Adds a payment that came in. The claim knows a payment by its id whichever of its statements
/// it was recorded on, so that it is entered once.
pub fn with_payment(
    batch: Batch,
    statement: StatementId,
    claim: Option<ClaimId>,
    payment: RecordPayment,
) -> Batch {
    let Some(claim) = claim else {
        return batch.then(statement, StatementCommand::RecordPayment(payment));
    };
    let payment_id = payment.payment_id;
    let applied =
        ApplyPatientPayment { amount: payment.amount, applied_on: payment.received_on, payment_id };
    let once = move |known: &Claim, own: &Statement| match known.patient_payment(payment_id) {
        Some(amount) if own.payment_left(payment_id).is_none() => {
            Err(boxed(StatementError::PaymentExists { amount, payment_id }))
        }
        _ => Ok(StatementCommand::RecordPayment(payment.clone())),
    };
    batch
        .then_from_both::<Statement, Claim, Statement>(statement, (claim, statement), once)
        .then(claim, ClaimCommand::ApplyPatientPayment(applied))
}

/// Adds that a payment went back.
pub fn with_reversal(
    mut batch: Batch,
    statement: StatementId,
    claim: Option<ClaimId>,
    reversal: ReversePayment,
) -> Batch {
    let (payment_id, withdrawn_on) = (reversal.payment_id, reversal.reversed_on);
    if let Some(claim) = claim {
        // Told first: what is left of the payment is known before it is gone.
        batch = batch.then_from::<Claim, Statement>(claim, statement, move |statement| {
            let unknown = || boxed(StatementError::UnknownMoney { id: payment_id });
            let amount = statement.payment_left(payment_id).ok_or_else(unknown)?;
            Ok(ClaimCommand::WithdrawPatientPayment(WithdrawPatientPayment {
                amount,
                payment_id,
                withdrawal_id: Uuid::new_v5(&payment_id, b"reversal"),
                withdrawn_on,
            }))
        });
    }
    batch.then(statement, StatementCommand::ReversePayment(reversal))
}

/// Adds a refund of what was paid too much.
pub fn with_refund(
    batch: Batch,
    statement: StatementId,
    claim: Option<ClaimId>,
    refund: Refund,
) -> Batch {
    let withdrawn = WithdrawPatientPayment {
        amount: refund.amount,
        payment_id: refund.payment_id,
        withdrawal_id: refund.refund_id,
        withdrawn_on: refund.created_on,
    };
    let batch = batch.then(statement, StatementCommand::Refund(refund));
    match claim {
        Some(claim) => batch.then(claim, ClaimCommand::WithdrawPatientPayment(withdrawn)),
        None => batch,
    }
}

/// Takes in a payment.
///
/// # Errors
///
/// [`ExecuteError`]: the refusal of the statement or of its claim, a sealed period, or the
/// store's failure.
pub async fn record_payment(
    ledger: &Ledger,
    context: Context,
    statement: StatementId,
    payment: RecordPayment,
) -> Result<Outcome, ExecuteError> {
    let claim = claim_of(ledger, &context, statement).await?;
    with_payment(ledger.batch(context), statement, claim, payment).run().await
}

/// Takes a payment off again that went back.
///
/// # Errors
///
/// As [`record_payment`].
pub async fn reverse_payment(
    ledger: &Ledger,
    context: Context,
    statement: StatementId,
    reversal: ReversePayment,
) -> Result<Outcome, ExecuteError> {
    let claim = claim_of(ledger, &context, statement).await?;
    with_reversal(ledger.batch(context), statement, claim, reversal).run().await
}

/// Grants a refund of what was paid too much.
///
/// # Errors
///
/// As [`record_payment`].
pub async fn refund(
    ledger: &Ledger,
    context: Context,
    statement: StatementId,
    refund: Refund,
) -> Result<Outcome, ExecuteError> {
    let claim = claim_of(ledger, &context, statement).await?;
    with_refund(ledger.batch(context), statement, claim, refund).run().await
}

async fn claim_of(
    ledger: &Ledger,
    context: &Context,
    statement: StatementId,
) -> Result<Option<ClaimId>, ExecuteError> {
    // A statement's claim never changes.
    let (statement, _) = ledger.load::<Statement>(context.org, statement).await?;
    Ok(statement.claim_id())
}

fn boxed(refusal: StatementError) -> Box<dyn Refusal> {
    Box::new(refusal)
}
