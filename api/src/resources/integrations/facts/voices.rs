//! What customers say.

use ledger::operation::{Kind, NpsResponse, SupportTicket, TicketState};
use time::OffsetDateTime;
use utoipa::ToSchema;

use super::super::sealing::Sealing;
use crate::{
    body::{Fields, ForeignId, FromBody, foreign_id, instant, integer, one_of, text},
    error::ApiError,
};

/// An answer to "would you recommend us"; `operation.nps_response`.
#[derive(Debug, ToSchema)]
pub(crate) struct NpsResponseData {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    answered_at: OffsetDateTime,
    /// About which booking.
    #[schema(value_type = Option<String>)]
    booking_id: Option<ForeignId>,
    /// In words; kept sealed.
    comment: Option<String>,
    /// By whom.
    #[schema(value_type = Option<String>)]
    lead_id: Option<ForeignId>,
    /// 0 to 10.
    #[schema(minimum = 0, maximum = 10)]
    score: i64,
}

impl FromBody for NpsResponseData {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let answered_at = fields.required("answered_at", instant);
        let booking_id = fields.optional("booking_id", foreign_id);
        let comment = fields.optional("comment", text(4_000));
        let lead_id = fields.optional("lead_id", foreign_id);
        let score = fields.required("score", integer(0, 10));
        Some(Self {
            answered_at: answered_at?,
            booking_id: booking_id?,
            comment: comment?,
            lead_id: lead_id?,
            score: score?,
        })
    }
}

impl NpsResponseData {
    pub(super) async fn into_fact(self, sealing: &Sealing<'_>) -> Result<NpsResponse, ApiError> {
        let (lead, comment) = (self.lead_id.as_ref(), self.comment.as_deref());
        Ok(NpsResponse {
            answered_at: self.answered_at,
            booking: sealing.other(Kind::Booking, self.booking_id.as_ref()),
            comment: sealing.of_lead(lead, "comment", comment).await?,
            lead: sealing.other(Kind::Lead, lead),
            score: self.score,
        })
    }
}

/// A request for help; `operation.support_ticket`.
#[derive(Debug, ToSchema)]
pub(crate) struct SupportTicketData {
    /// About which booking.
    #[schema(value_type = Option<String>)]
    booking_id: Option<ForeignId>,
    /// By whom.
    #[schema(value_type = Option<String>)]
    lead_id: Option<ForeignId>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    opened_at: OffsetDateTime,
    /// open (unless said otherwise), pending, resolved or closed.
    #[schema(value_type = Option<String>)]
    state: TicketState,
    /// In words; kept sealed.
    text: Option<String>,
}

impl FromBody for SupportTicketData {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let booking_id = fields.optional("booking_id", foreign_id);
        let lead_id = fields.optional("lead_id", foreign_id);
        let opened_at = fields.required("opened_at", instant);
        let state = fields.or("state", TicketState::Open, one_of(TicketState::WORDS));
        let text = fields.optional("text", text(4_000));
        Some(Self {
            booking_id: booking_id?,
            lead_id: lead_id?,
            opened_at: opened_at?,
            state: state?,
            text: text?,
        })
    }
}

impl SupportTicketData {
    pub(super) async fn into_fact(self, sealing: &Sealing<'_>) -> Result<SupportTicket, ApiError> {
        let lead = self.lead_id.as_ref();
        Ok(SupportTicket {
            booking: sealing.other(Kind::Booking, self.booking_id.as_ref()),
            lead: sealing.other(Kind::Lead, lead),
            opened_at: self.opened_at,
            state: self.state,
            text: sealing.of_lead(lead, "text", self.text.as_deref()).await?,
        })
    }
}
