//! The caller, as handlers see them.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload};
use ledger::{recorded::Actor, store::tenants::Role, values::OrgId};
use uuid::Uuid;

use crate::error::{ApiError, Plain};

/// Who asks, for whom, and what they may see. The org comes from the credential, never from the
/// body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Caller {
    pub(crate) org: OrgId,
    pub(crate) role: Role,
    pub(crate) key_id: Uuid,
    /// The pattern of the route they came by.
    pub(crate) route: &'static str,
}

impl Caller {
    /// As the log names them.
    pub(crate) fn actor(&self) -> Actor {
        Actor(format!("key:{}", self.key_id))
    }

    /// Whose idempotency keys these are.
    pub(crate) fn principal(&self) -> String {
        self.key_id.to_string()
    }

    /// Whether personal data is opened for them; others get it masked (contract S2.23).
    pub(crate) fn sees_people(&self) -> bool {
        match self.role {
            Role::Owner | Role::Admin | Role::Finance | Role::Dispatcher => true,
            Role::Viewer | Role::Auditor | Role::Integration => false,
        }
    }

    /// Refuses another org's id in the path.
    pub(crate) fn must_be(&self, org: OrgId) -> Result<(), ApiError> {
        if org == self.org { Ok(()) } else { Err(Plain::ForeignOrg.into()) }
    }
}

impl FromRequest for Caller {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(request.extensions().get::<Self>().copied().ok_or(Plain::Unauthorized.into()))
    }
}
