//! What the jobs over statements share.
//!
//! Read models only say where to look; what is done, the statement itself decides, on the log.

use std::collections::BTreeSet;

use anyhow::Context as _;
use ledger::delegation::{Delegation, Terms, delegation_id};
use ledger::patient_money::order;
use ledger::policies::instead;
use ledger::recorded::Actor;
use ledger::statement::{Statement, StatementCommand};
use ledger::store::{Context, ExecuteError, Ledger};
use ledger::values::{Currency, OrgId, StatementId};
use time::Date;
use tokio::sync::watch;

/// The founder's settings in force.
pub(super) async fn terms(ledger: &Ledger, org: OrgId) -> anyhow::Result<Terms> {
    let (delegation, _) = ledger.load::<Delegation>(org, delegation_id(org)).await?;
    Ok(delegation.terms(Currency::USD))
}

/// An order to a statement; its name says what is to happen once.
pub(super) type Named = (String, StatementCommand);

/// One round over statements of an org.
pub(super) struct Round<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) org: OrgId,
    pub(super) job: &'a str,
    pub(super) today: Date,
    pub(super) stop: &'a watch::Receiver<bool>,
}

impl Round<'_> {
    /// Gives what `ask` wants of each statement; answers how often something happened.
    pub(super) async fn each(
        &self,
        statements: BTreeSet<StatementId>,
        ask: impl Fn(StatementId, &Statement) -> Vec<Named>,
    ) -> anyhow::Result<usize> {
        let mut changed = 0;
        for id in statements {
            if *self.stop.borrow() {
                break;
            }
            let (statement, _) = self.ledger.load::<Statement>(self.org, id).await?;
            for named in ask(id, &statement) {
                changed += usize::from(self.give(id, &statement, named).await?);
            }
        }
        Ok(changed)
    }

    /// `true` when something happened that had not happened before.
    async fn give(
        &self,
        id: StatementId,
        statement: &Statement,
        (name, command): Named,
    ) -> anyhow::Result<bool> {
        let refused = match self.order(id, &name, command).await {
            Ok(happened) => return Ok(happened),
            Err(ExecuteError::Refused(refused)) => refused,
            Err(error) => return Err(error).with_context(|| self.of(id)),
        };
        // Paid, taken over or beyond the delegation meanwhile: nothing to do, but for what the
        // account stands in the way of.
        let Some(command) = instead(refused.code(), self.today) else { return Ok(false) };
        let name = format!("hold:{id}:{}", statement.decisions());
        match self.order(id, &name, command).await {
            Ok(happened) => Ok(happened),
            Err(ExecuteError::Refused(_)) => Ok(false),
            Err(error) => Err(error).with_context(|| self.of(id)),
        }
    }

    async fn order(
        &self,
        id: StatementId,
        name: &str,
        command: StatementCommand,
    ) -> Result<bool, ExecuteError> {
        let actor = Actor(format!("job:{}", self.job));
        let context = Context::named(self.ledger, self.org, actor, name);
        let outcome = order(self.ledger, context, id, command).await?;
        Ok(!outcome.replayed && !outcome.events.is_empty())
    }

    fn of(&self, id: StatementId) -> String {
        format!("{}: statement {id}", self.job)
    }
}
