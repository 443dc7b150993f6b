//! How a read model is shown.

use data_encoding::HEXLOWER;
use projections::engine::{LastRebuild, Standing};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::answer::instant;

/// The org's read models.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProjectionList {
    pub(super) projections: Vec<ProjectionView>,
}

/// How a read model stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProjectionView {
    #[schema(example = "invoices")]
    model: &'static str,
    /// The version that this program writes.
    version: i32,
    /// The version that filled the table that answers; null before anything was.
    answering_version: Option<i32>,
    /// The table that answers: a or b.
    slot: Option<String>,
    /// The last event it has handled.
    position: i64,
    /// The last event of the org's log.
    head: i64,
    /// Events it has still to handle.
    behind: i64,
    /// The event that it cannot digest; nothing is skipped.
    parked_at: Option<i64>,
    /// The last rebuild that was asked for.
    rebuild: Option<RebuildView>,
}

/// A rebuild.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RebuildView {
    rebuild_id: Uuid,
    asked_by: String,
    /// running; waiting (its table is ready, differs, and nobody has accepted that); done; aborted;
    /// failed.
    state: String,
    /// Whether its table took over.
    switched: bool,
    events_read: i64,
    /// Events of the log when it began; those the model does not hear are never read.
    events: i64,
    /// Where its table stands.
    position: Option<i64>,
    /// Rows that differ from the table that answered, at the same position.
    rows_differing: i64,
    /// SHA-256 over all of them, hexadecimal.
    digest: Option<String>,
    differences: DifferencesView,
    /// Why it failed.
    error: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    started_at: String,
    #[schema(value_type = String, format = DateTime)]
    updated_at: String,
}

/// What differs.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct DifferencesView {
    /// By how much, over all rows.
    money: Vec<MoneyMovedView>,
    /// Where, for the first rows.
    cells: Vec<DifferingCell>,
}

/// What the rebuilt table says in all, less what the live one says.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct MoneyMovedView {
    column: String,
    currency: Option<String>,
    /// Minor units, a whole number.
    #[schema(example = "-250")]
    minor: String,
}

/// A cell that differs.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct DifferingCell {
    /// The row's key, as JSON.
    key: String,
    /// The column; * when the row is missing on one side.
    column: String,
    in_live: bool,
    in_rebuilt: bool,
    /// What the live table says, where that is money or a status.
    live: Option<String>,
    /// What the rebuilt one says, where that is money or a status.
    rebuilt: Option<String>,
}

impl From<Standing> for ProjectionView {
    fn from(standing: Standing) -> Self {
        Self {
            model: standing.model,
            version: standing.version,
            answering_version: standing.answering_version,
            slot: standing.slot,
            position: standing.position,
            head: standing.head,
            behind: (standing.head - standing.position).max(0),
            parked_at: standing.parked_at,
            rebuild: standing.rebuild.map(RebuildView::from),
        }
    }
}

impl From<LastRebuild> for RebuildView {
    fn from(last: LastRebuild) -> Self {
        Self {
            rebuild_id: last.rebuild_id,
            asked_by: last.asked_by,
            state: last.state,
            switched: last.switched,
            events_read: last.events_read,
            events: last.events,
            position: last.position,
            rows_differing: last.rows_differing,
            digest: last.digest.map(|digest| HEXLOWER.encode(&digest)),
            differences: serde_json::from_value(last.differences).unwrap_or_default(),
            error: last.error,
            started_at: instant(last.started_at),
            updated_at: instant(last.updated_at),
        }
    }
}
