//! The columns of `usage_drift`.

use ledger::operation::Metric;
use time::OffsetDateTime;

use crate::{
    columns,
    engine::{Word, Worded},
};

/// Stands in `month` for what is counted as it stands now.
pub(super) const CURRENT: &str = "current";

impl Worded for Metric {
    fn word(&self) -> &str {
        self.as_str()
    }

    fn of_word(word: &str) -> Option<Self> {
        word.parse().ok()
    }
}

columns! {
    /// One metric in one month.
    pub struct Row {
        key {
            /// Of what.
            metric: Word<Metric>,
            /// `YYYY-MM`, or `current`.
            month: String,
        }
        /// What the facts come to.
        computed: i64,
        /// What a recorded counter says.
        recorded: Option<i64>,
        /// Recorded less computed.
        drift: Option<i64>,
        /// Facts about the month that were recorded after it had ended.
        late_facts: i64,
        /// By how much computed has changed since then.
        late_change: i64,
        /// When it changed last.
        updated_at: OffsetDateTime,
    }
}
