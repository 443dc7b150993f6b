//! Every setting there is.

/// A setting's name and meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The variable.
    pub name: &'static str,
    /// What it says, and what holds without it.
    pub meaning: &'static str,
    /// Whether its value is never shown.
    pub secret: bool,
}

const fn open(name: &'static str, meaning: &'static str) -> Entry {
    Entry { name, meaning, secret: false }
}

const fn secret(name: &'static str, meaning: &'static str) -> Entry {
    Entry { name, meaning, secret: true }
}

/// Everything the program reads, in the order it is explained.
pub const CATALOGUE: &[Entry] = &[
    open("APP_ENV", "dev, test or prod; prod refuses weak settings (default dev)"),
    open("DAYBOOK_LISTEN", "address and port to serve on (default 127.0.0.1:8080)"),
    open("DAYBOOK_DATA", "folder of the private cluster and the keys (default .daybook)"),
    secret("DATABASE_URL", "the owner's address, for `migrate`; unset: a private PostgreSQL"),
    secret("DAYBOOK_APP_DATABASE_URL", "where the service reads, as daybook_app"),
    secret("DAYBOOK_WRITER_DATABASE_URL", "where the service appends, as daybook_writer"),
    secret("DAYBOOK_RELAY_DATABASE_URL", "where it works across orgs, as daybook_relay"),
    secret("DAYBOOK_ROLE_PASSWORD_APP", "`migrate` gives daybook_app this password"),
    secret("DAYBOOK_ROLE_PASSWORD_WRITER", "`migrate` gives daybook_writer this password"),
    secret("DAYBOOK_ROLE_PASSWORD_RELAY", "`migrate` gives daybook_relay this password"),
    secret("ENCRYPTION_KEY", "master key: 32 bytes, hex or base64 (default: keys/master.key)"),
    secret("CHECKPOINT_KEY", "signs checkpoints; needed in prod (default: keys/checkpoint.key)"),
    open("CHECKPOINT_KEY_FILE", "a file that holds it instead"),
    open("CHECKPOINT_NAME", "who signs, such as ledger.example.org (default daybook.example)"),
    open("CHECKPOINT_RETIRED_KEYS", "verifier keys that signed before, comma separated"),
    open("CHECKPOINT_INTERVAL_SECONDS", "how often logs are signed (default 60)"),
    open("CHECKPOINT_FOLDER", "where checkpoints are kept outside the database (default: nowhere)"),
    secret("CHECKPOINT_WEBHOOK_URL", "where checkpoints are sent, too (default: nowhere)"),
    secret("CHECKPOINT_WEBHOOK_SECRET", "keys Daybook-Signature; needed in prod with a webhook"),
    secret("DAYBOOK_OPERATOR_TOKEN", "opens /v1/admin/orgs; at least 32 characters"),
    secret("STRIPE_WEBHOOK_SECRET", "the endpoint's secret, or several, comma separated"),
    open("EMAIL_MODE", "folder (default: .eml files in the data folder), smtp, or off"),
    open("EMAIL_FROM", "who writes; needed for smtp (default billing@daybook.example)"),
    open("EMAIL_FROM_NAME", "the name shown beside it"),
    open("ISSUER_NAME", "who writes invoices, at their head (default Daybook)"),
    open("ISSUER_ADDRESS", "the address below it, lines separated by |"),
    open("ISSUER_CONTACT", "and how to reach them, in one line"),
    open("SMTP_HOST", "the mail server; TLS only"),
    open("SMTP_PORT", "465 for TLS at once, any other for STARTTLS (default 587)"),
    open("SMTP_USERNAME", "the mail server's user, if it asks for one"),
    secret("SMTP_PASSWORD", "and the password"),
    open("SMTP_CA_FILE", "the authority of its certificate, PEM (default: the public ones)"),
    open("OUTBOX_BASE_BACKOFF_SECONDS", "the wait after a first failed attempt (default 60)"),
    open("OUTBOX_MAX_ATTEMPTS", "attempts before a message is a dead letter (default 8)"),
    open(
        "DAYBOOK_QUIET_HOURS",
        "whether patients get e-mails and texts from 08:00 to 21:00 only (default true)",
    ),
    open("EXPORT_MODE", "off, webhook or sheets: what becomes of exports (default off: kept)"),
    secret("EXPORT_WEBHOOK_URL", "where EXPORT_MODE=webhook delivers"),
    open("RETENTION_KEYS_DAYS", "how long ended API keys are listed (default 400)"),
    open("RETENTION_OUTBOX_DAYS", "how long what a settled message said is kept (default 90)"),
    open("RETENTION_INBOX_DAYS", "how long what a settled webhook said is kept (default 400)"),
    open("RETENTION_OUTGOING_DAYS", "how long EMAIL_MODE=folder keeps e-mails (default 0: ever)"),
    open("EXPORT_WEBHOOK_ALLOWED_HOSTS", "hosts that it may name, comma separated (default: any)"),
    secret("EXPORT_WEBHOOK_SECRET", "keys Daybook-Signature; needed in prod"),
    open("EXPORT_BASE_BACKOFF_SECONDS", "the wait after a first failed hand-over (default 60)"),
    open("EXPORT_MAX_ATTEMPTS", "attempts before an export is a dead letter (default 8)"),
    open("METRICS_ENABLED", "whether /v1/metrics answers (default false)"),
    secret("METRICS_TOKEN", "what /v1/metrics asks for; needed in prod"),
    open(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "a collector of traces, as http://host:4318 (default: none)",
    ),
    secret("OTEL_EXPORTER_OTLP_HEADERS", "what it is told with each request: name=value, …"),
    open("OTEL_EXPORTER_OTLP_PROTOCOL", "how it is told; http/protobuf is the one way"),
    open("OTEL_EXPORTER_OTLP_TIMEOUT", "milliseconds a request to it may take (default 10000)"),
    open("OTEL_SERVICE_NAME", "under which name (default daybook)"),
    open("OTEL_TRACES_SAMPLER_ARG", "the share of traces that is told, 0 to 1 (default 1)"),
    open("OTEL_SDK_DISABLED", "true tells no traces, whatever else is set (default false)"),
    open("CORS_ORIGINS", "origins whose pages may ask, comma separated, or * (default: none)"),
    open("STRICT_CORS", "prod then wants CORS_ORIGINS to name every origin (default false)"),
    open("ADMIN_IP_ALLOWLIST_CIDRS", "networks that may use /v1/admin and /v1/iam (default: all)"),
    open("TESTING", "says that this is a test; it opens nothing, and prod refuses it"),
    open("RATE_LIMIT_PER_MINUTE", "requests a key may make in a minute (default 600)"),
    open("JOB_HEARTBEAT_REQUIRED", "whether /readyz wants jobs alive (default false)"),
    open("JOB_HEARTBEAT_TTL_SECONDS", "how old a job's heartbeat may be (default 900)"),
    open("DAYBOOK_SCHEDULER", "whether `serve` runs the jobs itself (default true)"),
    open("DAYBOOK_DRAIN_SECONDS", "how long requests may finish when stopping (default 30)"),
    open("DAYBOOK_HISTORY_ANSWERS", "answers about the past kept at a time (default 8)"),
    open("DAYBOOK_HISTORY_ROWS", "rows a read model may have in one (default 5000000)"),
    open("DAYBOOK_HISTORY_SECONDS", "how long one is kept that nobody asks (default 300)"),
    open("DAYBOOK_HISTORY_WAIT_EVENTS", "a longer log is folded by a job (default 50000)"),
    open("DAYBOOK_LOG", "what to log, as in `info,projections=debug` (default info)"),
    open("DAYBOOK_LOG_FORMAT", "text or json (default: text on a terminal, else json)"),
];

/// The entry of a name.
pub(super) fn entry(name: &str) -> Option<&'static Entry> {
    CATALOGUE.iter().find(|entry| entry.name == name)
}

/// The name that was probably meant: the nearest one, if it is near.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    CATALOGUE
        .iter()
        .map(|entry| (distance(name, entry.name), entry.name))
        .min()
        .filter(|(distance, _)| *distance <= 4)
        .map(|(_, name)| name)
}

/// How many single-character changes lie between two texts (Levenshtein).
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (line, from) in left.chars().enumerate() {
        let mut corner = row[0];
        row[0] = line + 1;
        for (column, to) in right.iter().enumerate() {
            let changed = corner + usize::from(from != *to);
            corner = row[column + 1];
            row[column + 1] = changed.min(corner + 1).min(row[column] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_miss_is_recognised_and_a_far_one_is_not() {
        assert_eq!(nearest("DAYBOOK_LISTN"), Some("DAYBOOK_LISTEN"));
        assert_eq!(nearest("DAYBOOK_DATA_DIR"), Some("DAYBOOK_DATA"));
        assert_eq!(nearest("DAYBOOK_TELEPORTATION"), None);
    }

    #[test]
    fn distance_counts_changes() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("same", "same"), 0);
    }

    #[test]
    fn names_are_listed_once() {
        for (index, entry) in CATALOGUE.iter().enumerate() {
            let again = CATALOGUE[index + 1..].iter().any(|other| other.name == entry.name);
            assert!(!again, "{} is listed twice", entry.name);
        }
    }
}
