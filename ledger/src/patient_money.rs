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
    store::{Batch, Context, ExecuteError, Ledger, Outcome},
    values::{Currency, StatementId},
};

/// An order to a statement, under the founder's settings in force.
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
    let delegation = delegation_id(context.org);
    let under = move |delegation: &Delegation| {
        // The currency counts only where nothing is delegated.
        Ok(command.clone().under(&delegation.terms(Currency::USD)))
    };
    ledger
        .batch(context)
        .then_from::<Statement, Delegation>(statement, delegation, under)
        .run()
        .await
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
    let applied = ApplyPatientPayment {
        amount: payment.amount,
        applied_on: payment.received_on,
        payment_id: payment.payment_id,
    };
    let mut batch = ledger.batch(context).then(statement, StatementCommand::RecordPayment(payment));
    if let Some(claim) = claim {
        batch = batch.then(claim, ClaimCommand::ApplyPatientPayment(applied));
    }
    batch.run().await
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
    let (payment_id, withdrawn_on) = (reversal.payment_id, reversal.reversed_on);
    let mut batch: Batch = ledger.batch(context);
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
    batch.then(statement, StatementCommand::ReversePayment(reversal)).run().await
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
    let withdrawn = WithdrawPatientPayment {
        amount: refund.amount,
        payment_id: refund.payment_id,
        withdrawal_id: refund.refund_id,
        withdrawn_on: refund.created_on,
    };
    let mut batch = ledger.batch(context).then(statement, StatementCommand::Refund(refund));
    if let Some(claim) = claim {
        batch = batch.then(claim, ClaimCommand::WithdrawPatientPayment(withdrawn));
    }
    batch.run().await
}

async fn claim_of(
    ledger: &Ledger,
    context: &Context,
    statement: StatementId,
) -> Result<Option<crate::values::ClaimId>, ExecuteError> {
    // A statement's claim never changes.
    let (statement, _) = ledger.load::<Statement>(context.org, statement).await?;
    Ok(statement.claim_id())
}

fn boxed(refusal: StatementError) -> Box<dyn Refusal> {
    Box::new(refusal)
}
