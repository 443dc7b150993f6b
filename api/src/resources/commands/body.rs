//! What is asked in bulk.

use std::{borrow::Cow, collections::BTreeMap};

use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::registry::{Bulk, commands};
use crate::body::{Fields, FromBody, Wrong, boolean, text};

/// Commands of one request.
pub(super) const MOST: usize = 500;

/// Many commands.
#[derive(Debug, ToSchema)]
pub(crate) struct BulkBody {
    /// All or nothing, in one append; false unless said otherwise.
    #[schema(value_type = Option<bool>)]
    pub(super) atomic: bool,
    /// 1 to 500, carried out in this order.
    #[schema(value_type = Vec<BulkCommand>)]
    pub(super) commands: Vec<Box<RawValue>>,
}

/// One of them. The ids that its own route has in the path (`invoice_id`, `payment_id`, …) stand
/// beside `command`.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only the shape is used")]
pub(crate) struct BulkCommand {
    /// `record_payment`, `issue_invoice`, …
    command: String,
    /// The body of its own route.
    body: Option<serde_json::Value>,
}

impl FromBody for BulkBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let atomic = fields.or("atomic", false, boolean);
        let commands = fields.required("commands", list);
        Some(Self { atomic: atomic?, commands: commands? })
    }
}

fn list(raw: &RawValue) -> Result<Vec<Box<RawValue>>, Wrong> {
    let found = serde_json::from_str::<Vec<Box<RawValue>>>(raw.get()).ok();
    found
        .filter(|found| (1..=MOST).contains(&found.len()))
        .ok_or_else(|| Cow::Owned(format!("an array of 1 to {MOST} commands is expected")))
}

/// One command, its body not read yet.
pub(super) struct Item {
    pub(super) command: Bulk,
    pub(super) ids: BTreeMap<&'static str, Box<RawValue>>,
    /// `None`: nothing to say.
    pub(super) body: Option<Box<RawValue>>,
}

impl FromBody for Item {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let command = fields.required("command", known)?;
        let ids: Vec<_> = command.ids().map(|id| (id, fields.required(id, raw))).collect();
        let body = fields.optional("body", raw)?;
        let ids = ids.into_iter().map(|(id, raw)| raw.map(|raw| (id, raw))).collect::<Option<_>>();
        Some(Self { command, ids: ids?, body })
    }
}

fn raw(raw: &RawValue) -> Result<Box<RawValue>, Wrong> {
    Ok(raw.to_owned())
}

fn known(raw: &RawValue) -> Result<Bulk, Wrong> {
    let name = text(64)(raw)?;
    let all = commands();
    all.iter().find(|command| command.name == name).copied().ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|command| command.name).collect();
        Cow::Owned(format!("one of {} is expected", names.join(", ")))
    })
}
