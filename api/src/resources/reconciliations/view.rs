//! What a run found and did, as finance sees it.

use std::collections::BTreeMap;

use ledger::{
    books::{EntryKind, EntryLine, Side as Column},
    reconciliation::{Class, Difference, Proposal, Side},
};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::reconciliation::{Order, Report};

/// Differences that an answer lists; all of them are exceptions.
const LISTED: usize = 200;

/// What one side says.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SideView {
    /// How much, as a decimal number.
    amount: Option<String>,
    /// ISO 4217.
    currency: Option<String>,
    /// Which day.
    on: Option<Date>,
    /// How it stands.
    status: Option<String>,
}

impl From<&Side> for SideView {
    fn from(side: &Side) -> Self {
        Self {
            amount: side.amount.map(|amount| amount.decimal().to_string()),
            currency: side.amount.map(|amount| amount.currency().to_string()),
            on: side.on,
            status: side.status.as_ref().map(ToString::to_string),
        }
    }
}

/// One difference.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DifferenceView {
    /// The exception that it is, or would be.
    exception_id: Uuid,
    /// missing_here, missing_there, amount, currency, timing, status, duplicate or tax.
    class: &'static str,
    /// log_and_provider or log_and_read_model.
    between: &'static str,
    /// About what: payment, refund, dispute, invoice, ….
    item: &'static str,
    /// What the log says.
    ours: SideView,
    /// What the other side says.
    theirs: SideView,
    /// The invoice, if it is about one.
    invoice_id: Option<Uuid>,
    /// Our payment, refund, dispute or entry.
    movement_id: Option<Uuid>,
    /// The provider's id.
    provider_id: Option<String>,
}

/// A line of an entry.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProposedLine {
    /// Number in the chart of accounts.
    account: String,
    /// debit or credit.
    side: &'static str,
    /// How much, as a decimal number.
    amount: String,
    /// ISO 4217.
    currency: String,
}

/// An entry that the books lacked.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProposedEntry {
    /// Identifies the entry.
    entry_id: Uuid,
    /// payout or provider_fee.
    kind: &'static str,
    /// The day.
    business_on: Date,
    /// The provider's id.
    reference: String,
    /// The lines; they balance.
    lines: Vec<ProposedLine>,
}

/// What became of the differences.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExceptionCounts {
    /// Raised by this run.
    raised: usize,
    /// Found again after they were settled.
    reopened: usize,
    /// Open already, or accepted as they are.
    known: usize,
    /// Looked for and no longer found.
    cleared: usize,
}

/// What a run found and did.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReconciliationView {
    /// Identifies the run.
    run_id: Uuid,
    /// Whose statement.
    provider: &'static str,
    /// Whether nothing was done about what was found.
    dry_run: bool,
    /// The first day that was covered.
    from: Date,
    /// The last day that was covered.
    through: Date,
    /// The head of the log that was compared.
    position: i64,
    /// Where the read models were.
    read_models_at: i64,
    /// Lines of the statement.
    lines: usize,
    /// Lines that name another org and were left out.
    lines_of_others: usize,
    /// Lines that are movements of ours.
    matched: usize,
    /// Differences by class.
    by_class: BTreeMap<&'static str, usize>,
    /// The first 200 differences.
    differences: Vec<DifferenceView>,
    /// What became of them.
    exceptions: ExceptionCounts,
    /// Payouts and fees that the books lacked.
    proposed_entries: Vec<ProposedEntry>,
    /// How many of them were booked.
    booked: usize,
}

impl ReconciliationView {
    pub(super) fn of(order: &Order, report: &Report) -> Self {
        let listed = report.differences.iter().take(LISTED);
        Self {
            run_id: order.run_id,
            provider: order.provider,
            dry_run: order.dry_run,
            from: report.terms.from,
            through: report.terms.through,
            position: report.position,
            read_models_at: report.read_models_at,
            lines: report.lines,
            lines_of_others: report.foreign,
            matched: report.matched,
            by_class: report
                .by_class()
                .into_iter()
                .map(|(class, count): (Class, usize)| (class.word(), count))
                .collect(),
            differences: listed.map(|difference| view(order, difference)).collect(),
            exceptions: ExceptionCounts {
                raised: report.raised,
                reopened: report.reopened,
                known: report.known,
                cleared: report.cleared,
            },
            proposed_entries: report.proposals.iter().take(LISTED).map(entry).collect(),
            booked: report.booked,
        }
    }
}

fn view(order: &Order, difference: &Difference) -> DifferenceView {
    DifferenceView {
        exception_id: difference.exception_id(order.org, order.provider).uuid(),
        class: difference.class.word(),
        between: difference.between.word(),
        item: difference.item.word(),
        ours: SideView::from(&difference.ours),
        theirs: SideView::from(&difference.theirs),
        invoice_id: difference.invoice_id,
        movement_id: difference.movement_id,
        provider_id: difference.provider_id.clone(),
    }
}

fn entry(proposal: &Proposal) -> ProposedEntry {
    let line = |line: &EntryLine| ProposedLine {
        account: line.account.to_string(),
        side: match line.side {
            Column::Debit => "debit",
            Column::Credit => "credit",
        },
        amount: line.amount.decimal().to_string(),
        currency: line.amount.currency().to_string(),
    };
    ProposedEntry {
        entry_id: proposal.entry_id,
        kind: if proposal.kind == EntryKind::Payout { "payout" } else { "provider_fee" },
        business_on: proposal.business_on,
        reference: proposal.reference.clone(),
        lines: proposal.lines.iter().map(line).collect(),
    }
}
