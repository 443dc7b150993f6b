//! All in one append, or none.

use actix_web::HttpResponse;
use ledger::store::ExecuteError;

use super::{
    body::BulkBody,
    bulk::{admitted, command_id, item, part},
    registry::Bulk,
    view::{BulkView, Verdict, answer},
};
use crate::{
    body::FieldError,
    error::ApiError,
    order::{Order, Plan},
    preview::Preview,
    state::AppState,
};

/// Carries out all or none.
pub(super) async fn atomic(
    state: &AppState,
    order: &Order<BulkBody>,
) -> Result<HttpResponse, ApiError> {
    let planned = plans(state, order).await?;
    let mut batch = order.batch(state);
    // To which command each step of the batch belongs.
    let mut steps = Vec::new();
    let mut said = Vec::with_capacity(planned.len());
    for (index, (command, plan)) in planned.into_iter().enumerate() {
        steps.resize(steps.len() + plan.len(), (index, command.name));
        let (with, says) = plan.onto(batch);
        batch = with;
        said.push((index, command.name, says));
    }
    let outcome = batch.run().await.map_err(|error| named(error, &steps))?;
    let done = (outcome.position, outcome.replayed);
    let verdicts: Vec<_> = said
        .into_iter()
        .map(|(index, name, says)| {
            let (status, facts) = says(&outcome);
            Verdict::done((index, name), status, done, facts)
        })
        .collect();
    let preview = if outcome.dry_run { Some(Preview::of(state, &outcome).await?) } else { None };
    let view = BulkView {
        atomic: true,
        dry_run: outcome.dry_run,
        position: outcome.position,
        succeeded: verdicts.len(),
        failed: 0,
        verdicts,
        preview,
    };
    answer(state, order, outcome.replayed, &view).await
}

/// Every plan, or everything that is wrong: all fields that cannot be read at once, else the first
/// command that is not to be.
async fn plans(state: &AppState, order: &Order<BulkBody>) -> Result<Vec<(Bulk, Plan)>, ApiError> {
    let mut planned = Vec::with_capacity(order.body.commands.len());
    let mut wrong: Vec<FieldError> = Vec::new();
    let mut refused = None;
    for (index, raw) in order.body.commands.iter().enumerate() {
        let item = match item(index, raw) {
            Ok(item) => item,
            Err(ApiError::InvalidBody(errors)) => {
                wrong.extend(errors);
                continue;
            }
            Err(error) => return Err(error),
        };
        let command = item.command;
        match plan(state, order, index, item).await {
            Ok(plan) => planned.push((command, plan)),
            Err(error) => match error.within(&format!("/commands/{index}")) {
                ApiError::InvalidBody(errors) => wrong.extend(errors),
                error => {
                    let (name, error) = (command.name, Box::new(error));
                    refused.get_or_insert(ApiError::OfCommand { index, name, error });
                }
            },
        }
    }
    match refused {
        Some(refused) => Err(refused),
        None if wrong.is_empty() => Ok(planned),
        None => Err(ApiError::InvalidBody(wrong)),
    }
}

async fn plan(
    state: &AppState,
    order: &Order<BulkBody>,
    index: usize,
    item: super::body::Item,
) -> Result<Plan, ApiError> {
    let command = item.command;
    let caller = admitted(order.caller, &command)?;
    // The request's envelope, so that what is sealed is bound to the events of the one append;
    // ids of new things follow from the place.
    let mut context = order.context.clone();
    context.command_id = command_id(order, index);
    let part = part(order, caller, context, item);
    (command.plan)(state, &part).await
}

/// Names the command whose step was refused.
fn named(error: ExecuteError, steps: &[(usize, &'static str)]) -> ApiError {
    let ExecuteError::Refused(refusal) = error else { return error.into() };
    let place = refusal.target().unwrap_or(0);
    let error = ApiError::refused(refusal.as_ref());
    match (steps.get(place), error) {
        (Some((index, _)), error @ ApiError::InvalidBody(_)) => {
            error.within(&format!("/commands/{index}"))
        }
        (Some((index, name)), error) => {
            ApiError::OfCommand { index: *index, name, error: Box::new(error) }
        }
        (None, error) => error,
    }
}
