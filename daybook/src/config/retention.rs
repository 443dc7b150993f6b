//! `RETENTION_*`: how long what is settled is kept.

use super::reader::Reader;

/// How many days what is settled is kept. The log is kept for ever; what is kept of people goes
/// when they are erased, not by age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// API keys that ended.
    pub ended_keys: i32,
    /// Bodies of messages that were sent or canceled.
    pub outbox: i32,
    /// What we took from webhooks that were settled.
    pub inbox: i32,
    /// E-mails in the folder that `EMAIL_MODE=folder` fills; `None` for ever.
    pub outgoing: Option<i32>,
}

/// Shorter than this, a message could be cleared before it is old news.
const SHORTEST: u64 = 30;

/// Reads them.
pub(super) fn read(read: &mut Reader<'_>) -> Retention {
    Retention {
        ended_keys: days(read, "RETENTION_KEYS_DAYS", 400, SHORTEST),
        outbox: days(read, "RETENTION_OUTBOX_DAYS", 90, SHORTEST),
        inbox: days(read, "RETENTION_INBOX_DAYS", 400, SHORTEST),
        outgoing: Some(days(read, "RETENTION_OUTGOING_DAYS", 0, 0)).filter(|days| *days > 0),
    }
}

fn days(read: &mut Reader<'_>, name: &'static str, default: u64, least: u64) -> i32 {
    i32::try_from(read.number(name, default, least..=36_500)).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::{Config, Environment};

    #[test]
    fn what_is_delivered_into_the_folder_is_kept_unless_somebody_says_for_how_long() {
        let (config, _) = Config::read(&Environment::of([])).unwrap();
        assert_eq!(config.retention.outgoing, None);
        let given = Environment::of([("RETENTION_OUTGOING_DAYS", "30")]);
        assert_eq!(Config::read(&given).unwrap().0.retention.outgoing, Some(30));
        let hasty = Environment::of([("RETENTION_OUTBOX_DAYS", "1")]);
        assert!(Config::read(&hasty).is_err());
    }
}
