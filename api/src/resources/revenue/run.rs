//! Every invoice with deferred revenue, page by page.

use ledger::{
    earning::{CHUNK, Earning, EarningReport},
    values::{InvoiceId, OrgId},
};
use projections::revenue::{self, After, Revenue};
use time::Date;

use crate::{
    credentials::Caller, error::ApiError, reading::reading, resources::account::account,
    state::AppState,
};

/// Earns through a day on every invoice with deferred revenue, as far as the log is known now.
pub(crate) async fn earn_all(
    state: &AppState,
    caller: &Caller,
    through: Date,
    dry_run: bool,
) -> Result<EarningReport, ApiError> {
    // An org without an account has nothing to earn, and says so.
    let head = account(state, caller.org).await?.position;
    let run = Earning::new(&state.ledger, caller.org, caller.actor(), through);
    let mut run = run.dry_run(dry_run);
    let mut after = None;
    loop {
        let (page, next) = deferred_invoices(state, caller.org, head, after).await?;
        run.earn(&page).await?;
        match next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    let mut report = run.report().clone();
    report.position = report.position.max(head);
    Ok(report)
}

/// A page of the invoices with deferred revenue, as of a position or later, and where the next
/// one begins.
pub(crate) async fn deferred_invoices(
    state: &AppState,
    org: OrgId,
    position: i64,
    after: Option<After>,
) -> Result<(Vec<InvoiceId>, Option<After>), ApiError> {
    let limit = i64::try_from(CHUNK).unwrap_or(i64::MAX);
    let of = reading::<Revenue>(state, org, Some(position)).await?;
    let found = revenue::list(&of.snapshot, after, limit).await?;
    of.snapshot.close().await?;
    let full = found.len() >= CHUNK;
    let next = found.last().filter(|_| full).map(|last| (last.invoice_id.uuid(), last.item_type));
    let mut invoices: Vec<InvoiceId> = found.iter().map(|ahead| ahead.invoice_id).collect();
    // One row for each item type of an invoice, side by side.
    invoices.dedup();
    Ok((invoices, next))
}
