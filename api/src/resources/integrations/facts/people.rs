//! Leads, teams and workers.

use ledger::operation::{Activity, Kind, Lead, LeadState, Team, Worker};
use time::OffsetDateTime;
use utoipa::ToSchema;

use super::super::sealing::Sealing;
use crate::{
    body::{Fields, ForeignId, FromBody, foreign_id, instant, one_of, text},
    error::ApiError,
};

/// Somebody who may become a customer; `operation.lead`. Name and addresses are kept sealed.
#[derive(Debug, ToSchema)]
pub(crate) struct LeadData {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    created_at: OffsetDateTime,
    /// How to write to them.
    email: Option<String>,
    /// Who they are.
    name: Option<String>,
    /// How to call them.
    phone: Option<String>,
    /// new (unless said otherwise), contacted, won, lost, discarded.
    #[schema(value_type = Option<String>)]
    state: LeadState,
}

impl FromBody for LeadData {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let created_at = fields.required("created_at", instant);
        let email = fields.optional("email", text(320));
        let name = fields.optional("name", text(200));
        let phone = fields.optional("phone", text(64));
        let state = fields.or("state", LeadState::New, one_of(LeadState::WORDS));
        Some(Self {
            created_at: created_at?,
            email: email?,
            name: name?,
            phone: phone?,
            state: state?,
        })
    }
}

impl LeadData {
    pub(super) async fn into_fact(self, sealing: &Sealing<'_>) -> Result<Lead, ApiError> {
        Ok(Lead {
            created_at: self.created_at,
            email: sealing.own("email", self.email.as_deref()).await?,
            name: sealing.own("name", self.name.as_deref()).await?,
            phone: sealing.own("phone", self.phone.as_deref()).await?,
            state: self.state,
        })
    }
}

/// Workers who work together; `operation.team`.
#[derive(Debug, ToSchema)]
pub(crate) struct TeamData {
    /// What it is called; kept sealed.
    name: Option<String>,
    /// active (unless said otherwise) or inactive.
    #[schema(value_type = Option<String>)]
    state: Activity,
}

impl FromBody for TeamData {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.optional("name", text(200));
        let state = fields.or("state", Activity::Active, one_of(Activity::WORDS));
        Some(Self { name: name?, state: state? })
    }
}

impl TeamData {
    pub(super) async fn into_fact(self, sealing: &Sealing<'_>) -> Result<Team, ApiError> {
        let name = sealing.own("name", self.name.as_deref()).await?;
        Ok(Team { name, state: self.state })
    }
}

/// Somebody who works; `operation.worker`. Name and role are kept sealed.
#[derive(Debug, ToSchema)]
pub(crate) struct WorkerData {
    /// Who they are.
    name: Option<String>,
    /// What they can do, in words.
    role: Option<String>,
    /// active (unless said otherwise) or inactive; only active ones count.
    #[schema(value_type = Option<String>)]
    state: Activity,
    /// Their team's id.
    #[schema(value_type = Option<String>)]
    team_id: Option<ForeignId>,
}

impl FromBody for WorkerData {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.optional("name", text(200));
        let role = fields.optional("role", text(200));
        let state = fields.or("state", Activity::Active, one_of(Activity::WORDS));
        let team_id = fields.optional("team_id", foreign_id);
        Some(Self { name: name?, role: role?, state: state?, team_id: team_id? })
    }
}

impl WorkerData {
    pub(super) async fn into_fact(self, sealing: &Sealing<'_>) -> Result<Worker, ApiError> {
        Ok(Worker {
            name: sealing.own("name", self.name.as_deref()).await?,
            role: sealing.own("role", self.role.as_deref()).await?,
            state: self.state,
            team: sealing.other(Kind::Team, self.team_id.as_ref()),
        })
    }
}
