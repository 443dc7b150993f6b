//! What somebody should look at before a period is sealed. Nothing of it is refused.

use ledger::{earning::EarningReport, invoice::Status};
use projections::{
    exceptions::{self, Exceptions, Stands},
    held_payments::{self, HeldPayments, Which},
    invoices::{self, Filter, Invoices},
};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    error::ApiError,
    reading::reading,
    resources::revenue::{EarnedView, earned},
    state::AppState,
};

/// How many of a kind are named.
const NAMED: i64 = 200;

/// What should be looked at before a period is sealed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Checklist {
    /// Nothing of it is left to do.
    clear: bool,
    /// Drafts whose period begins before its end; the latest 200.
    drafts: Vec<Uuid>,
    /// Payments that fit no invoice and wait for somebody; the oldest 200.
    held_payments: Vec<Uuid>,
    /// Exceptions of the period that nobody has settled; the latest 200.
    exceptions: Vec<Uuid>,
    /// What closing earns first.
    unrecognized_revenue: EarnedView,
}

impl Checklist {
    /// Reads it, as of a position or later.
    pub(super) async fn read(
        state: &AppState,
        org: ledger::values::OrgId,
        (through, today): (Date, Date),
        position: i64,
        unrecognized: &EarningReport,
    ) -> Result<Self, ApiError> {
        let filter =
            Filter { statuses: vec![Status::Draft], to: Some(through), ..Filter::default() };
        let of = reading::<Invoices>(state, org, Some(position)).await?;
        let drafts = invoices::list(&of.snapshot, &filter, None, NAMED).await?;
        of.snapshot.close().await?;
        let of = reading::<HeldPayments>(state, org, Some(position)).await?;
        let held = held_payments::list(&of.snapshot, Which::Open, today, None, NAMED).await?;
        of.snapshot.close().await?;
        let held = held.into_iter().filter(|held| held.received_on <= through);
        let held_payments: Vec<Uuid> = held.map(|held| held.payment_id).collect();
        let filter = exceptions::Filter { status: Some(Stands::Open), ..Default::default() };
        let of = reading::<Exceptions>(state, org, Some(position)).await?;
        let open = exceptions::list(&of.snapshot, &filter, None, NAMED).await?;
        of.snapshot.close().await?;
        let open = open.into_iter().filter(|entry| entry.happened_on <= through);
        let exceptions: Vec<Uuid> = open.map(|entry| entry.exception_id.uuid()).collect();
        let drafts: Vec<Uuid> =
            drafts.into_iter().map(|invoice| invoice.invoice_id.uuid()).collect();
        let clear =
            drafts.is_empty() && held_payments.is_empty() && unrecognized.invoices_earned == 0;
        let unrecognized_revenue = earned(through, unrecognized);
        Ok(Self { clear, drafts, held_payments, exceptions, unrecognized_revenue })
    }
}
