//! An org, as the operator sees it.

use ledger::store::tenants::{Org, OrgStanding};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{answer::instant, resources::keys::NewKeyView};

/// An org of the register.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrgView {
    /// Names the org.
    org_id: Uuid,
    /// The business's name.
    name: String,
    /// open, suspended or closed.
    status: &'static str,
    /// Since when it is here.
    created_at: String,
    /// Suspended since.
    suspended_at: Option<String>,
    /// Closed since.
    closed_at: Option<String>,
}

/// All orgs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrgList {
    pub(super) orgs: Vec<OrgView>,
}

/// A new org with its owner's key.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OnboardedView {
    /// Names the org.
    pub(super) org_id: Uuid,
    /// The business's name.
    pub(super) name: String,
    /// The owner's key. It is shown this once.
    pub(super) owner_key: NewKeyView,
}

impl From<Org> for OrgView {
    fn from(org: Org) -> Self {
        let status = match org.standing() {
            OrgStanding::Open => "open",
            OrgStanding::Suspended => "suspended",
            OrgStanding::Closed => "closed",
        };
        Self {
            org_id: org.id.0,
            name: org.name,
            status,
            created_at: instant(org.created_at),
            suspended_at: org.suspended_at.map(instant),
            closed_at: org.closed_at.map(instant),
        }
    }
}
