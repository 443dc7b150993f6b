//! One after the other, each for itself.

use actix_web::HttpResponse;
use ledger::store::Context;
use serde_json::{Value, value::RawValue};

use super::{
    body::BulkBody,
    bulk::{admitted, command_id, item, part},
    view::{BulkView, Verdict, answer},
};
use crate::{
    answer::{bare, value},
    error::ApiError,
    order::Order,
    preview::Preview,
    state::AppState,
};

/// Carries out one command after the other; a failure stops none of those behind it. On a dry run
/// each is decided on what stands now, not on what those before it would leave behind.
pub(super) async fn each(
    state: &AppState,
    order: &Order<BulkBody>,
) -> Result<HttpResponse, ApiError> {
    let mut verdicts = Vec::with_capacity(order.body.commands.len());
    let mut position = state.ledger.head(order.caller.org).await?.unwrap_or(0);
    let mut replayed = true;
    for (index, raw) in order.body.commands.iter().enumerate() {
        let verdict = match carried_out(state, order, index, raw).await {
            Ok((verdict, last, again)) => {
                position = position.max(last);
                replayed &= again;
                verdict
            }
            Err((name, error)) => Verdict::failed(index, name, &error),
        };
        verdicts.push(verdict);
    }
    let succeeded = verdicts.iter().filter(|verdict| verdict.is_done()).count();
    let view = BulkView {
        atomic: false,
        dry_run: order.dry_run,
        position,
        succeeded,
        failed: verdicts.len() - succeeded,
        verdicts,
        preview: None,
    };
    answer(state, order, replayed && succeeded > 0, &view).await
}

type Failed = (Option<&'static str>, ApiError);

async fn carried_out(
    state: &AppState,
    order: &Order<BulkBody>,
    index: usize,
    raw: &RawValue,
) -> Result<(Verdict, i64, bool), Failed> {
    let item = item(index, raw).map_err(|error| (None, error))?;
    let command = item.command;
    let named = |error: ApiError| (Some(command.name), error.within(&format!("/commands/{index}")));
    let caller = admitted(order.caller, &command).map_err(named)?;
    let part = part(order, caller, context(state, order, index, raw), item);
    let plan = (command.plan)(state, &part).await.map_err(named)?;
    let carried = plan.carry_out(state, part.envelope()).await.map_err(named)?;
    let (outcome, status, facts) = carried;
    let mut said = if outcome.dry_run {
        let preview = Preview::of(state, &outcome).await.map_err(named)?;
        value(&preview).map_err(named)?
    } else {
        bare(&outcome)
    };
    if let (Value::Object(said), Value::Object(facts)) = (&mut said, facts) {
        said.extend(facts);
    }
    let done = (outcome.position, outcome.replayed);
    Ok((Verdict::done((index, command.name), status, done, said), done.0, done.1))
}

/// Under the request's key and its place; another command there is another request.
fn context(state: &AppState, order: &Order<BulkBody>, index: usize, raw: &RawValue) -> Context {
    let caller = order.caller;
    let mut context = Context::fresh(&state.ledger, caller.org, caller.actor());
    context.command_id = command_id(order, index);
    context.correlation_id = order.context.correlation_id;
    context.fingerprint =
        state.ledger.names().fingerprint(caller.org, &[b"bulk", raw.get().as_bytes()]);
    context
}
