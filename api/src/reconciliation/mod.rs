//! A run of the three-way reconciliation: what a provider states, what the log says, what the
//! read models say. The command line and `POST /v1/admin/finance/reconciliations` do the same.
//!
//! The log is read once, to its head; read models are compared as of where they are. Differences
//! are raised as exceptions, each once; what the run looked for and no longer finds is cleared.
//! Nothing of a read model decides a command: which exceptions are open is known from the log.

mod booking;
mod gathering;
mod raising;

use std::collections::BTreeMap;

use ledger::{
    reconciliation::{Class, Difference, Proposal, Statement, Terms, compare, propose},
    recorded::Actor,
    store::{ExecuteError, Ledger, StoreError},
    subscription::SubscriptionError,
    values::OrgId,
};
use projections::engine::EngineError;
use time::Date;
use uuid::Uuid;

/// More differences than this are no differences but the wrong file.
pub const MOST_DIFFERENCES: usize = 5_000;
/// Days that both sides may be apart, unless said otherwise.
pub const USUAL_DAYS: i64 = 3;

/// What is to be reconciled, and what to do about what is found.
#[derive(Debug, Clone)]
pub struct Order {
    /// Whose money.
    pub org: OrgId,
    /// Who asks.
    pub actor: Actor,
    /// Identifies the run; the same run again does nothing twice.
    pub run_id: Uuid,
    /// Whose statement.
    pub provider: &'static str,
    /// The first day that it covers; its first line's unless said.
    pub from: Option<Date>,
    /// The last day that it covers; its last line's unless said.
    pub through: Option<Date>,
    /// Days that both sides may be apart.
    pub days: i64,
    /// Only say what is found.
    pub dry_run: bool,
    /// Book payouts and fees that the books lack.
    pub book: bool,
}

/// What a run found and did.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What was covered.
    pub terms: Terms,
    /// The head of the log that was compared.
    pub position: i64,
    /// Where the read models were; at most the head.
    pub read_models_at: i64,
    /// Lines of the statement.
    pub lines: usize,
    /// Lines that name another org; they were left out.
    pub foreign: usize,
    /// Lines that are movements of ours.
    pub matched: usize,
    /// What does not agree.
    pub differences: Vec<Difference>,
    /// Exceptions raised by this run.
    pub raised: usize,
    /// Exceptions that came back.
    pub reopened: usize,
    /// Exceptions that are known: open, or accepted as they are.
    pub known: usize,
    /// Exceptions that this run no longer finds.
    pub cleared: usize,
    /// Entries that the books lacked.
    pub proposals: Vec<Proposal>,
    /// How many of them were booked now.
    pub booked: usize,
}

impl Report {
    /// How many differences of each class.
    pub fn by_class(&self) -> BTreeMap<Class, usize> {
        let mut count = BTreeMap::new();
        for difference in &self.differences {
            *count.entry(difference.class).or_default() += 1;
        }
        count
    }
}

/// Why a run did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The ledger.
    #[error(transparent)]
    Execute(#[from] ExecuteError),
    /// The read models.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The org has no account.
    #[error(transparent)]
    Account(#[from] SubscriptionError),
    /// Hardly anything fits: the wrong file, or the wrong org.
    #[error(
        "{found} differences: more than {MOST_DIFFERENCES} are raised by hand only; is this the \
         right statement?"
    )]
    DoesNotFit {
        /// How many.
        found: usize,
    },
}

impl From<StoreError> for RunError {
    fn from(error: StoreError) -> Self {
        Self::Execute(error.into())
    }
}

/// Reconciles a statement with the log and the read models.
///
/// # Errors
///
/// [`RunError`]. What was raised before a failure stays; the same run again goes on.
pub async fn reconcile(
    ledger: &Ledger,
    order: &Order,
    statement: Statement,
    heard: &(dyn Fn(i64) + Send + Sync),
) -> Result<Report, RunError> {
    let names_payouts = statement.names_payouts;
    let sides = gathering::gather(ledger, order, statement, heard).await?;
    let movements = sides.facts.movements();
    let compared = compare(&sides.lines, &movements, &sides.terms);
    let mut differences = compared.differences;
    differences.extend(sides.of_rows);
    if differences.len() > MOST_DIFFERENCES && !order.dry_run {
        return Err(RunError::DoesNotFit { found: differences.len() });
    }
    let proposals = propose(order.org, &sides.lines, &movements, names_payouts);
    let mut report = Report {
        terms: sides.terms,
        position: sides.position,
        read_models_at: sides.read_models_at,
        lines: sides.lines.len() + sides.foreign,
        foreign: sides.foreign,
        matched: compared.matched,
        differences,
        raised: 0,
        reopened: 0,
        known: 0,
        cleared: 0,
        proposals,
        booked: 0,
    };
    if !order.dry_run {
        let desk = raising::Desk { ledger, order, today: sides.today };
        desk.raise(&sides.facts, &mut report).await?;
        desk.clear(&sides.facts, &mut report).await?;
        if order.book {
            report.booked = desk.book(&report.proposals).await?;
        }
    }
    Ok(report)
}
