//! From differences to exceptions that somebody owns.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use ledger::{
    exception::{Clear, Exception, ExceptionCommand, ExceptionEvent, Raised},
    reconciliation::{Between, Difference, Facts},
    recorded::LedgerEvent,
    store::{Context, Ledger, Outcome},
    values::{Code, ExceptionId},
};
use time::Date;
use uuid::Uuid;

use super::{Order, Report, RunError};

/// Commands under way together: they share appends.
const TOGETHER: usize = 32;
/// Whoever owns what nobody was given yet.
const OWNER: &str = "finance";

/// Who raises what a run found.
pub(super) struct Desk<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) order: &'a Order,
    pub(super) today: Date,
}

impl Desk<'_> {
    /// Raises what is not open already.
    pub(super) async fn raise(&self, facts: &Facts, report: &mut Report) -> Result<(), RunError> {
        let differences = std::mem::take(&mut report.differences);
        let result = self.raise_all(&differences, facts, report).await;
        report.differences = differences;
        result
    }

    async fn raise_all(
        &self,
        differences: &[Difference],
        facts: &Facts,
        report: &mut Report,
    ) -> Result<(), RunError> {
        for chunk in differences.chunks(TOGETHER) {
            for outcome in join_all(chunk.iter().map(|one| self.raise_one(one, facts))).await {
                let decided = outcome?.and_then(|outcome| outcome.decided.into_iter().next());
                match decided {
                    Some(LedgerEvent::Exception(ExceptionEvent::Reopened(_))) => {
                        report.reopened += 1;
                    }
                    Some(_) => report.raised += 1,
                    None => report.known += 1,
                }
            }
        }
        Ok(())
    }

    async fn raise_one(
        &self,
        difference: &Difference,
        facts: &Facts,
    ) -> Result<Option<Outcome>, RunError> {
        let order = self.order;
        let id = difference.exception_id(order.org, order.provider);
        if facts.exceptions().get(&id.uuid()).is_some_and(|item| item.open) {
            return Ok(None);
        }
        let context = self.context("raise", id.uuid());
        let provider_id = match &difference.provider_id {
            Some(plain) => {
                let own = self.ledger.names().subject(order.org, "org", &order.org.to_string());
                let keyring = self.ledger.keyring();
                Some(keyring.seal(&context, own, "provider_id", plain).await?)
            }
            None => None,
        };
        let raised = Raised {
            between: difference.between,
            class: difference.class,
            happened_on: difference.on,
            invoice_id: difference.invoice_id,
            item: difference.item,
            key: difference.key(order.org),
            movement_id: difference.movement_id,
            noticed_on: self.today,
            ours: difference.ours.clone(),
            owner: word(OWNER),
            provider: word(order.provider),
            provider_id,
            run_id: order.run_id,
            theirs: difference.theirs.clone(),
        };
        let command = ExceptionCommand::Raise(Box::new(raised));
        Ok(Some(self.ledger.execute::<Exception>(&context, id, command).await?))
    }

    /// Clears what this run looked for and did not find.
    pub(super) async fn clear(&self, facts: &Facts, report: &mut Report) -> Result<(), RunError> {
        let Order { org, provider, run_id, .. } = self.order;
        let found: BTreeSet<Uuid> = report
            .differences
            .iter()
            .map(|difference| difference.exception_id(*org, provider).uuid())
            .collect();
        let gone = facts.exceptions().iter().filter(|(id, item)| {
            let looked_for = match item.between {
                Between::LogAndReadModel => true,
                Between::LogAndProvider => report.terms.would_find(item.class, item.happened_on),
            };
            item.open && item.provider.as_str() == *provider && looked_for && !found.contains(id)
        });
        let gone: Vec<Uuid> = gone.map(|(id, _)| *id).collect();
        let command = ExceptionCommand::Clear(Clear { cleared_on: self.today, run_id: *run_id });
        for chunk in gone.chunks(TOGETHER) {
            let cleared = join_all(chunk.iter().map(|id| {
                let (context, command) = (self.context("clear", *id), command.clone());
                async move {
                    self.ledger.execute::<Exception>(&context, ExceptionId::new(*id), command).await
                }
            }));
            for outcome in cleared.await {
                report.cleared += usize::from(!outcome?.decided.is_empty());
            }
        }
        Ok(())
    }

    /// The same step of the same run is the same command.
    pub(super) fn context(&self, step: &str, about: Uuid) -> Context {
        let Order { org, actor, run_id, .. } = self.order;
        let name = format!("reconciliation:{run_id}:{step}:{about}");
        Context::named(self.ledger, *org, actor.clone(), &name)
    }
}

/// A word of ours, which is a code.
pub(super) fn word(text: &str) -> Code {
    text.parse().expect("the word is a code")
}
