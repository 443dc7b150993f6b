//! Orders to statements: under the founder's settings and the account's standing, and as the
//! claim says, all read inside
//! the writer at the very position that is decided at.

use std::any::Any;

use time::Date;

use super::reaction::{Answered, Order, Reaction};
use crate::{
    claim::Claim,
    decide::Refusal,
    patient_money::under_settings,
    statement::{
        Charge, FollowClaim, Statement, StatementCommand, StatementError, Supersede, charges_of,
        parts_of,
    },
    store::{Context, Ledger},
    values::{ClaimId, StatementId},
};

/// A statement's order, with the settings to be filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Delegated {
    /// What.
    pub command: StatementCommand,
    /// To which statement.
    pub statement_id: StatementId,
    /// A statement whose place it takes, in the same append.
    pub supersedes: Option<(StatementId, Date)>,
}

/// Ask for what the claim asks for now.
#[derive(Debug, Clone, PartialEq)]
pub struct AsTheClaimSays {
    /// The claim.
    pub claim_id: ClaimId,
    /// What was done, as the claim said last.
    pub charges: Vec<Charge>,
    /// When.
    pub followed_on: Date,
    /// Which statement.
    pub statement_id: StatementId,
}

impl Reaction {
    /// See [`Delegated`].
    pub fn delegated(statement_id: StatementId, command: StatementCommand) -> Self {
        Self::of(Delegated { command, statement_id, supersedes: None })
    }

    /// See [`Delegated`].
    pub fn replacing(
        old: StatementId,
        on: Date,
        statement_id: StatementId,
        command: StatementCommand,
    ) -> Self {
        Self::of(Delegated { command, statement_id, supersedes: Some((old, on)) })
    }

    /// See [`AsTheClaimSays`].
    pub fn as_the_claim_says(order: AsTheClaimSays) -> Self {
        Self::of(order)
    }
}

impl Order for Delegated {
    fn give<'a>(&'a self, ledger: &'a Ledger, context: &'a Context) -> Answered<'a> {
        let batch = ledger.batch(context.clone());
        let mut batch = under_settings(batch, self.statement_id, self.command.clone());
        if let Some((old, superseded_on)) = self.supersedes {
            let supersede = Supersede { superseded_by: self.statement_id, superseded_on };
            batch = batch.then(old, StatementCommand::Supersede(supersede));
        }
        Box::pin(async move {
            batch.run().await?;
            Ok(())
        })
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Order for AsTheClaimSays {
    fn give<'a>(&'a self, ledger: &'a Ledger, context: &'a Context) -> Answered<'a> {
        let Self { claim_id, charges, followed_on, statement_id } = self.clone();
        let follow = move |claim: &Claim| {
            let standing = claim.money().ok_or_else(|| boxed(StatementError::Unknown))?;
            let parts = parts_of(standing).map_err(|error| boxed(error.into()))?;
            let charges = charges_of(&charges, parts.total_charges, followed_on);
            let command = FollowClaim { charges, followed_on, parts };
            Ok(StatementCommand::FollowClaim(Box::new(command)))
        };
        let batch = ledger.batch(context.clone()).then_from::<Statement, Claim>(
            statement_id,
            claim_id,
            follow,
        );
        Box::pin(async move {
            batch.run().await?;
            Ok(())
        })
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn boxed(refusal: StatementError) -> Box<dyn Refusal> {
    Box::new(refusal)
}
