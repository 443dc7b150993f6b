//! What a bundle is about, and which events belong in it.

use anyhow::Context;
use ledger::claim::ClaimEvent;
use ledger::prior_auth::PriorAuthEvent;
use ledger::recorded::LedgerEvent;
use ledger::statement::StatementEvent;
use ledger::store::{Ledger, Stored, account_id};
use ledger::subscription::Subscription;
use ledger::values::{CycleKey, OrgId};
use serde::{Deserialize, Serialize};
use time::{Date, Month, OffsetDateTime, UtcOffset};
use uuid::Uuid;

/// What a bundle is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum About {
    /// An invoice: its stream.
    Invoice {
        /// Which.
        id: Uuid,
    },
    /// A claim: its stream, and those of its statements.
    Claim {
        /// Which.
        id: Uuid,
    },
    /// A patient: the streams of activation, facesheet and erasure, and those of authorizations,
    /// claims and statements.
    Patient {
        /// The patient as invoices know them.
        anonymous_ref: String,
        /// The patient's own streams.
        stream_id: Uuid,
    },
    /// Everything that was recorded in a stretch of time, and the events before and after it.
    Period {
        /// Its first instant.
        #[serde(with = "time::serde::rfc3339")]
        from: OffsetDateTime,
        /// The first instant after.
        #[serde(with = "time::serde::rfc3339")]
        until: OffsetDateTime,
    },
}

impl About {
    /// A patient, by the caller's own id.
    pub fn patient(ledger: &Ledger, org: OrgId, patient: &str) -> Self {
        let names = ledger.names();
        Self::Patient {
            anonymous_ref: names.anonymous_ref(org, patient).0,
            stream_id: names.patient(org, patient).uuid(),
        }
    }

    /// A month of the org's zone; nothing before the org has an account, which says the zone.
    ///
    /// # Errors
    /// When the account cannot be read, or there is no such month.
    pub async fn month(
        ledger: &Ledger,
        org: OrgId,
        month: CycleKey,
    ) -> anyhow::Result<Option<Self>> {
        let (account, _) = ledger.load::<Subscription>(org, account_id(org)).await?;
        let Some(rule) = account.cycle_rule() else { return Ok(None) };
        let first = |month: CycleKey| {
            let of_year = Month::try_from(month.month)?;
            let day = Date::from_calendar_date(i32::from(month.year), of_year, 1)?;
            let at = rule.day_starts_at(day).context("the month is out of range")?;
            anyhow::Ok(at.to_offset(UtcOffset::UTC))
        };
        Ok(Some(Self::Period { from: first(month)?, until: first(month.next())? }))
    }

    /// Streams that belong in it by their name, if there are such: kind and id.
    pub(super) fn named(&self) -> Vec<(&'static str, Uuid)> {
        match self {
            Self::Invoice { id } => vec![("invoice", *id)],
            Self::Claim { id } => vec![("claim", *id)],
            Self::Patient { stream_id, .. } => {
                let kinds = ["facesheet", "patient_activation", "subject"];
                kinds.into_iter().map(|kind| (kind, *stream_id)).collect()
            }
            Self::Period { .. } => Vec::new(),
        }
    }

    /// Kinds of streams that may belong in it; their first event says.
    pub(super) const fn kinds(&self) -> &'static [&'static str] {
        match self {
            Self::Invoice { .. } | Self::Period { .. } => &[],
            Self::Claim { .. } => &["statement"],
            Self::Patient { .. } => &["claim", "prior_auth", "statement"],
        }
    }

    /// Whether a stream belongs in it, by its first event.
    pub(super) fn holds(&self, opening: &Stored) -> bool {
        let is_named = |(kind, id): &(&str, Uuid)| {
            opening.aggregate_type == *kind && opening.aggregate_id == *id
        };
        self.named().iter().any(is_named) || self.concerns(opening)
    }

    fn concerns(&self, opening: &Stored) -> bool {
        let Ok(event) = opening.event() else { return false };
        match self {
            Self::Invoice { .. } => false,
            Self::Period { .. } => true,
            Self::Claim { id } => {
                let LedgerEvent::Statement(StatementEvent::Generated(statement)) = event else {
                    return false;
                };
                statement.claim_id.is_some_and(|claim| claim.uuid() == *id)
            }
            Self::Patient { anonymous_ref, .. } => {
                patient(&event).is_some_and(|patient| patient == anonymous_ref)
            }
        }
    }

    /// Whether totals count an event; those around a stretch of time only show where it ends.
    pub(super) fn counts(&self, stored: &Stored) -> bool {
        match self {
            Self::Period { from, until } => (*from..*until).contains(&stored.recorded_at),
            Self::Invoice { .. } | Self::Claim { .. } | Self::Patient { .. } => true,
        }
    }
}

impl std::fmt::Display for About {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Invoice { id } => write!(formatter, "invoice {id}"),
            Self::Claim { id } => write!(formatter, "claim {id}"),
            Self::Patient { anonymous_ref, .. } => write!(formatter, "patient {anonymous_ref}"),
            Self::Period { from, until } => {
                write!(formatter, "everything recorded from {from} until {until}")
            }
        }
    }
}

/// The patient whom a stream is about, where its first event says so.
fn patient(event: &LedgerEvent) -> Option<&str> {
    if let LedgerEvent::Claim(ClaimEvent::Drafted(drafted)) = event {
        Some(&drafted.content.patient.0)
    } else if let LedgerEvent::PriorAuth(PriorAuthEvent::Requested(requested)) = event {
        Some(&requested.patient.0)
    } else if let LedgerEvent::Statement(StatementEvent::Generated(generated)) = event {
        Some(&generated.patient.0)
    } else {
        None
    }
}
