//! The columns of `journal`.

use ledger::{books::EntryKind, journal::Account, values::Currency};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    columns,
    engine::{Word, Worded},
};

impl Worded for Account {
    fn word(&self) -> &str {
        self.number()
    }

    fn of_word(word: &str) -> Option<Self> {
        Self::of_number(word)
    }
}

columns! {
    /// One line of an entry.
    pub struct Row {
        key {
            /// The event's place in the log: names the entry.
            position: i64,
            /// Place within the entry.
            line: i32,
        }
        /// The event.
        event_id: Uuid,
        /// What happened: the event's stored name.
        event_type: String,
        /// The day the entry belongs to.
        business_on: Date,
        /// Number in the chart of accounts.
        account: Word<Account>,
        /// On the left.
        debit_minor: i64,
        /// On the right.
        credit_minor: i64,
        /// Of both.
        currency: Word<Currency>,
        /// The invoice or account it is about.
        subject_id: Uuid,
        /// When it was learned.
        recorded_at: OffsetDateTime,
        /// What an entry in the books is for; none where an event made it.
        entry_kind: Option<Word<EntryKind>>,
        /// The entry in the books.
        entry_id: Option<Uuid>,
        /// The entry in the books that this one mirrors.
        reverses: Option<Uuid>,
    }
}
