//! What one document took.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::invoice::ItemType;

/// What one document took, in minor units.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::invoice) struct Taken {
    pub(super) items: BTreeMap<ItemType, i64>,
    pub(super) lines: BTreeMap<Uuid, i64>,
    pub(super) rates: Vec<TakenOfRate>,
    /// What left deferred revenue, schedule by schedule.
    pub(in crate::invoice) schedules: Vec<i64>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct TakenOfRate {
    pub(super) base: i64,
    pub(super) parts: Vec<i64>,
    pub(super) tax: i64,
}

impl Taken {
    /// Net per item type.
    pub(in crate::invoice) fn items(&self) -> impl Iterator<Item = (ItemType, i64)> {
        self.items.iter().map(|(item_type, minor)| (*item_type, *minor))
    }

    /// Net per line that was named.
    pub(in crate::invoice) fn lines(&self) -> impl Iterator<Item = (Uuid, i64)> {
        self.lines.iter().map(|(line_id, minor)| (*line_id, *minor))
    }

    /// All taxes.
    pub(in crate::invoice) fn tax(&self) -> i64 {
        self.rates.iter().map(|rate| rate.tax).sum()
    }

    /// Net and tax.
    pub(in crate::invoice) fn total(&self) -> i64 {
        self.items.values().sum::<i64>().saturating_add(self.tax())
    }
}
