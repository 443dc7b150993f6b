//! `POST /v1/billing/claims/{claim_id}/acknowledgements`

use actix_web::{HttpResponse, web};
use ledger::{
    claim::{Acknowledge, Claim, ClaimCommand, Notice},
    values::{ClaimId, Code},
};
use time::Date;
use utoipa::ToSchema;

use super::{parts::ClaimDetail, render::done};
use crate::{
    body::{Fields, FromBody, code, day, integer, one_of},
    error::ApiError,
    order::{Order, Plan},
    resources::account::day_or_today,
    state::AppState,
};

/// Who answers.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Interchange,
    Functional,
    Category,
}

const KINDS: &[(&str, Kind)] =
    &[("ta1", Kind::Interchange), ("999", Kind::Functional), ("277ca", Kind::Category)];

/// An acknowledgement, as typed data.
#[derive(Debug, ToSchema)]
pub(crate) struct AcknowledgementBody {
    /// TA1, 999 or 277CA, with the code in `code`: TA1 `A E R`, 999 `A E R M W X`, 277CA `A0` to
    /// `A8`. Only `A2` is acceptance by the payer.
    #[schema(value_type = String, example = "277CA")]
    kind: Notice,
    /// The code of that kind.
    #[expect(dead_code, reason = "the field documents what is read with the kind")]
    #[schema(value_type = String, example = "A2")]
    code: (),
    /// Which submission is meant, counted from one; the last unless said otherwise.
    submission: Option<u16>,
    /// REF*1K.
    #[schema(value_type = Option<String>)]
    payer_claim_number: Option<Code>,
    /// REF*D9.
    #[schema(value_type = Option<String>)]
    clearinghouse_number: Option<Code>,
    /// TA1 note, 999 error or claim status code.
    #[schema(value_type = Option<String>)]
    reason: Option<Code>,
    /// The day; today in the org's zone unless said otherwise.
    received_on: Option<Date>,
}

impl FromBody for AcknowledgementBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let kind = fields.required("kind", one_of(KINDS));
        let said = fields.required("code", code);
        let submission = fields.optional("submission", integer(1, i64::from(u16::MAX)));
        let payer_claim_number = fields.optional("payer_claim_number", code);
        let clearinghouse_number = fields.optional("clearinghouse_number", code);
        let reason = fields.optional("reason", code);
        let received_on = fields.optional("received_on", day);
        let said = said?.as_str().to_ascii_uppercase();
        let notice = match kind? {
            Kind::Interchange => Notice::of_interchange(&said),
            Kind::Functional => Notice::of_functional(&said),
            Kind::Category => Notice::of_category(&said),
        };
        if notice.is_none() {
            fields.wrong("code", "invalid", "there is no such code of this kind".into());
        }
        Some(Self {
            kind: notice?,
            code: (),
            submission: submission?.and_then(|number| u16::try_from(number).ok()),
            payer_claim_number: payer_claim_number?,
            clearinghouse_number: clearinghouse_number?,
            reason: reason?,
            received_on: received_on?,
        })
    }
}

/// Notes whether the claim was taken in. Late, twice and out of order change nothing.
#[utoipa::path(post, path = "/v1/billing/claims/{claim_id}/acknowledgements", tag = "claims",
    request_body = AcknowledgementBody,
    responses((status = 200, description = "The claim", body = ClaimDetail)))]
pub(crate) async fn acknowledge(
    state: web::Data<AppState>,
    order: Order<AcknowledgementBody>,
    id: web::Path<ClaimId>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan(&state, &order, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan(
    state: &AppState,
    order: &Order<AcknowledgementBody>,
    id: ClaimId,
) -> Result<Plan, ApiError> {
    let body = &order.body;
    let command = Acknowledge {
        clearinghouse_number: body.clearinghouse_number.clone(),
        notice: body.kind,
        payer_claim_number: body.payer_claim_number.clone(),
        reason: body.reason.clone(),
        received_on: day_or_today(state, order.caller.org, body.received_on).await?,
        submission: 0,
    };
    let asked = body.submission;
    Ok(Plan::on(id).then_from::<Claim, Claim>(id, id, move |claim| {
        let submission = asked.unwrap_or_else(|| claim.submission());
        Ok(ClaimCommand::Acknowledge(Acknowledge { submission, ..command.clone() }))
    }))
}
