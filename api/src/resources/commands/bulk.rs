//! `POST /v1/commands/bulk`

use actix_web::{HttpResponse, web::Data};
use ledger::store::Context;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::{
    atomic::atomic,
    body::{BulkBody, Item},
    each::each,
    registry::Bulk,
    view::BulkView,
};
use crate::{
    body::parse,
    credentials::Caller,
    error::{ApiError, Plain},
    order::{Order, Part},
    state::AppState,
};

/// Carries out many commands: each through the body and the decision it has when it comes alone,
/// under the roles of its own route, with a verdict each. Atomic, they go into one append and all
/// are refused when one is (`failed_command` names it). A payment that fits no invoice is held
/// only when the commands are not atomic.
#[utoipa::path(post, path = "/v1/commands/bulk", tag = "commands", request_body = BulkBody,
    responses((status = 200, description = "A verdict each", body = BulkView)))]
pub(crate) async fn bulk(
    state: Data<AppState>,
    order: Order<BulkBody>,
) -> Result<HttpResponse, ApiError> {
    if order.body.atomic { atomic(&state, &order).await } else { each(&state, &order).await }
}

/// Reads one command, as far as its name and ids.
pub(super) fn item(index: usize, raw: &RawValue) -> Result<Item, ApiError> {
    parse::<Item>(raw.get().as_bytes()).map_err(|error| error.within(&format!("/commands/{index}")))
}

/// Whether the caller may give it: the rule of its own route. The caller as they come by it.
pub(super) fn admitted(caller: Caller, command: &Bulk) -> Result<Caller, ApiError> {
    match command.rule() {
        Some(rule) if rule.admits(caller.role) => Ok(Caller { route: rule.pattern, ..caller }),
        _ => Err(Plain::Forbidden.into()),
    }
}

/// The command's own envelope within the request's.
pub(super) fn part(order: &Order<BulkBody>, caller: Caller, context: Context, item: Item) -> Part {
    Part::new(order.part((), context, caller), item.ids, item.body)
}

/// The id of the command at a place: the same when the request is repeated.
pub(super) fn command_id(order: &Order<BulkBody>, index: usize) -> Uuid {
    Uuid::new_v5(&order.context.command_id, format!("bulk:{index}").as_bytes())
}
