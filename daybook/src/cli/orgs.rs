//! What can be typed about orgs and their keys.

use clap::{Args, Subcommand};
use ledger::store::tenants::Role;
use ledger::values::{Code, Currency, OrgId, TimeZone};
use rust_decimal::Decimal;
use time::OffsetDateTime;
use uuid::Uuid;

use super::values::instant;

/// `daybook org`
#[derive(Debug, Subcommand)]
pub enum OrgCommand {
    /// Create an org with its account, and print its id and the owner's key.
    ///
    /// The key is shown this once.
    Create(Box<OrgCreate>),
    /// List all orgs.
    List,
    /// Refuse an org's keys until it is reinstated.
    Suspend {
        /// Which org.
        org: OrgId,
    },
    /// Honour the keys of a suspended org again.
    Reinstate {
        /// Which org.
        org: OrgId,
    },
    /// Refuse an org's keys for good. Its log stays.
    Close {
        /// Which org.
        org: OrgId,
    },
}

/// `daybook org create`
#[derive(Debug, Args)]
pub struct OrgCreate {
    /// The business's name.
    #[arg(long)]
    pub name: String,
    /// IANA time zone, such as America/Toronto.
    #[arg(long)]
    pub time_zone: TimeZone,
    /// ISO 4217 currency, such as CAD.
    #[arg(long)]
    pub currency: Currency,
    /// The day of the month on which billing cycles begin, 1 to 31.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=31))]
    pub anchor_day: u8,
    /// Plan.
    #[arg(long, default_value = "standard")]
    pub plan: Code,
    /// Price of one patient for one cycle [default: 2, in the org's currency].
    #[arg(long)]
    pub activation_fee: Option<Decimal>,
    /// Price of setting the org up [default: 0].
    #[arg(long)]
    pub setup_fee: Option<Decimal>,
    /// Days from issue to due date.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(0..=365))]
    pub payment_terms_days: u16,
    /// Where messages about bills go; kept sealed.
    #[arg(long)]
    pub contact_email: Option<String>,
    /// Issue each cycle's invoice by itself when the next cycle begins.
    #[arg(long)]
    pub auto_issue: bool,
}

/// `daybook key`
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Create a key and print it; it is shown this once.
    Create {
        /// Whose.
        #[arg(long)]
        org: OrgId,
        /// owner, admin, finance, dispatcher, viewer, auditor or integration.
        #[arg(long)]
        role: Role,
        /// What to call it.
        #[arg(long)]
        label: String,
        /// When it ends, RFC 3339.
        #[arg(long, value_parser = instant)]
        expires_at: Option<OffsetDateTime>,
        /// Requests it may make in a minute.
        #[arg(long, value_parser = clap::value_parser!(i32).range(1..))]
        rate_limit_per_minute: Option<i32>,
    },
    /// List an org's keys, without their secrets.
    List {
        /// Whose.
        #[arg(long)]
        org: OrgId,
    },
    /// Replace a key: print a new one, let the old one end.
    Rotate {
        /// Whose.
        #[arg(long)]
        org: OrgId,
        /// Which key, by its id.
        key: Uuid,
        /// How many hours the old key still works.
        #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u64).range(0..=8760))]
        overlap_hours: u64,
    },
    /// End a key at once.
    Revoke {
        /// Whose.
        #[arg(long)]
        org: OrgId,
        /// Which key, by its id.
        key: Uuid,
    },
}
