//! `POST /v1/admin/periods/{period}/close`

use actix_web::{HttpResponse, http::StatusCode, web};
use ledger::{
    books::{Books, BooksCommand, ClosePeriod, books_id},
    earning::EarningReport,
    store::Context,
};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;

use super::{
    checklist::Checklist,
    month::{month, name},
};
use crate::{
    answer,
    body::{Fields, FromBody, text},
    error::ApiError,
    order::Order,
    resources::{
        account::account,
        revenue::{EarnedView, earn_all, earned},
    },
    state::AppState,
};

/// A remark on the closing.
#[derive(Debug, ToSchema)]
pub(crate) struct CloseBody {
    /// A remark, at most 500 characters; kept sealed.
    note: Option<String>,
}

impl FromBody for CloseBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { note: fields.optional("note", text(500))? })
    }
}

/// A closed period, or what closing it would find.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClosedView {
    /// `YYYY-MM`
    period: String,
    /// The last day that is sealed, or would be.
    closed_through: Date,
    /// Whether nothing was done because nothing was to be.
    dry_run: bool,
    /// What was earned first.
    recognized: EarnedView,
    /// What should be looked at, as it stood before.
    checklist: Checklist,
}

/// Seals a month: revenue is earned through its end first, then nothing is booked in it any more
/// but adjusting entries. The checklist refuses nothing; `dry_run=true` shows it and does nothing.
#[utoipa::path(post, path = "/v1/admin/periods/{period}/close", tag = "journal",
    request_body = CloseBody,
    responses((status = 200, description = "The period, sealed", body = ClosedView)))]
pub(crate) async fn close(
    state: web::Data<AppState>,
    order: Order<CloseBody>,
    period: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let (_, through) = month(&period)?;
    let org = order.caller.org;
    let today = account(&state, org).await?.today();
    let note = match &order.body.note {
        Some(note) => Some(order.seal_own(&state, "note", note).await?),
        None => None,
    };
    let close = BooksCommand::ClosePeriod(ClosePeriod { note, through, today });
    // What the ledger would refuse is refused before anything is earned.
    let probe = Context::fresh(&state.ledger, org, order.caller.actor());
    let probe = state.ledger.batch(probe).dry_run(true);
    let probe = probe.then::<Books>(books_id(org), close.clone()).run().await?;
    let is_open = !probe.decided.is_empty();
    let expected = if is_open {
        earn_all(&state, &order.caller, through, true).await?
    } else {
        EarningReport::default()
    };
    let days = (through, today);
    let checklist = Checklist::read(&state, org, days, probe.position, &expected).await?;
    let mut view = ClosedView {
        period: name(through),
        closed_through: through,
        dry_run: order.dry_run,
        recognized: earned(through, &EarningReport::default()),
        checklist,
    };
    if order.dry_run {
        return Ok(answer::at_position(probe.position, &view));
    }
    if is_open {
        let report = earn_all(&state, &order.caller, through, false).await?;
        view.recognized = earned(through, &report);
    }
    let outcome = order.execute::<Books>(&state, books_id(org), close).await?;
    let facts = answer::value(&view)?;
    answer::command(&state, &order, &outcome, StatusCode::OK, facts, async |_| Ok(None)).await
}
