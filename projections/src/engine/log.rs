//! Reading the log.

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::LazyLock,
};

use ledger::{
    DecodeError,
    recorded::{Recorded, shapes},
    store::{Stored, rows::COLUMNS},
};

/// Every stored shape that this program can read: name, and latest version.
static KNOWN: LazyLock<HashMap<&'static str, u16>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    for (name, version) in shapes() {
        let latest = known.entry(name).or_insert(version);
        *latest = version.max(*latest);
    }
    known
});

/// A page of an org's log, after `$2`, at most `$3` events.
pub(crate) static PAGE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {COLUMNS}\nfrom events\nwhere org_id = $1 and position > $2\norder by position\n\
         limit $3"
    )
});

/// Whether this program knows the event's shape.
pub(crate) fn is_known(name: &str, version: i32) -> bool {
    KNOWN.get(name).is_some_and(|latest| (1..=i32::from(*latest)).contains(&version))
}

/// The names that nobody hears, and the lowest of their latest versions: events of these names
/// up to that version need not be read. Anything newer is read, and noticed.
pub(crate) fn ignored(hears: impl Fn(&str) -> bool) -> (Vec<&'static str>, i32) {
    let mut names: Vec<&'static str> = KNOWN.keys().copied().filter(|name| !hears(name)).collect();
    names.sort_unstable();
    let lowest = names.iter().filter_map(|name| KNOWN.get(name)).min().copied().unwrap_or(0);
    (names, i32::from(lowest))
}

/// An event of a page.
pub(crate) enum Entry {
    /// Read.
    Event(Box<Recorded>),
    /// Of a shape that a newer program wrote: nobody may pass it.
    Unknown {
        /// Place in the log.
        position: i64,
    },
    /// Damaged: whoever hears this name cannot pass it.
    Malformed {
        /// Place in the log.
        position: i64,
        /// Stored name.
        event_type: String,
        /// What the reader said.
        reason: String,
    },
}

impl Entry {
    /// Reads a stored row.
    pub(crate) fn of(stored: Stored) -> Self {
        let (position, event_type) = (stored.position, stored.event_type.clone());
        match stored.decode() {
            Ok(event) => Self::Event(Box::new(event)),
            Err(DecodeError::Unknown { .. }) => Self::Unknown { position },
            Err(error @ DecodeError::Malformed { .. }) => {
                Self::Malformed { position, event_type, reason: describe(&error) }
            }
        }
    }

    /// Place in the log.
    pub(crate) fn position(&self) -> i64 {
        match self {
            Self::Event(event) => event.position,
            Self::Unknown { position } | Self::Malformed { position, .. } => *position,
        }
    }
}

/// An error with its causes, on one line.
pub(crate) fn describe(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

/// What work comes to that may meet an event it cannot digest; what it said when it panicked.
/// Whatever it changed is not to be used then.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        panic
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "panicked".to_owned())
    })
}
