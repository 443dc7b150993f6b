//! `POST /v1/billing/claims/{claim_id}/submit`, `…/replace`, `…/void`

use actix_web::{HttpResponse, web};
use ledger::{
    claim::{Claim, ClaimCommand, ControlNumbers, Frequency, PayerOrder, Submit, Void},
    values::{ClaimId, Code},
};
use time::Date;
use utoipa::ToSchema;

use super::{body::ClaimBody, draft::revision, parts::ClaimDetail, render::done};
use crate::{
    body::{Fields, FromBody, code, day, one_of},
    error::ApiError,
    order::{Order, Plan},
    resources::account::day_or_today,
    state::AppState,
};

pub(super) const ORDERS: &[(&str, PayerOrder)] = &[
    ("primary", PayerOrder::Primary),
    ("secondary", PayerOrder::Secondary),
    ("tertiary", PayerOrder::Tertiary),
];

/// Under which numbers it goes out, and to whom.
#[derive(Debug, Clone, ToSchema)]
pub(crate) struct SubmitBody {
    /// The numbers that answers come back with; the next of the org's own without.
    control: Option<ControlBody>,
    /// primary (unless said otherwise), secondary or tertiary.
    #[schema(value_type = Option<String>)]
    payer_order: PayerOrder,
    /// The payer's own number of the claim, where it is another than the one it told.
    #[schema(value_type = Option<String>)]
    payer_claim_number: Option<Code>,
    /// SHA-256, in hexadecimal, of a file that was sent; of what the claim says without.
    #[schema(value_type = Option<String>)]
    digest: Option<Code>,
    /// The day; today in the org's zone unless said otherwise.
    submitted_on: Option<Date>,
}

/// ISA13, GS06 and ST02.
#[derive(Debug, Clone, ToSchema)]
pub(crate) struct ControlBody {
    /// ISA13.
    #[schema(value_type = String, example = "000000101")]
    interchange: Code,
    /// GS06.
    #[schema(value_type = String, example = "101")]
    group: Code,
    /// ST02.
    #[schema(value_type = String, example = "0001")]
    transaction: Code,
}

/// In place of what the payer has.
#[derive(Debug, Clone, ToSchema)]
pub(crate) struct ReplaceBody {
    /// What it says now.
    claim: ClaimBody,
    /// Under which numbers it goes out.
    submission: SubmitBody,
}

/// Why it is taken back; with `submission` where a payer has it.
#[derive(Debug, Clone, ToSchema)]
#[schema(as = VoidClaimBody)]
pub(crate) struct VoidBody {
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "billed_in_error")]
    reason_code: Code,
    /// Under which numbers the void goes out; left out where no payer has the claim.
    submission: Option<SubmitBody>,
}

impl FromBody for ControlBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let interchange = fields.required("interchange", code);
        let group = fields.required("group", code);
        let transaction = fields.required("transaction", code);
        Some(Self { interchange: interchange?, group: group?, transaction: transaction? })
    }
}

impl FromBody for SubmitBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let control =
            if fields.has("control") { fields.object("control").map(Some) } else { Some(None) };
        let payer_order = fields.or("payer_order", PayerOrder::Primary, one_of(ORDERS));
        let payer_claim_number = fields.optional("payer_claim_number", code);
        let digest = fields.optional("digest", code);
        let submitted_on = fields.optional("submitted_on", day);
        Some(Self {
            control: control?,
            payer_order: payer_order?,
            payer_claim_number: payer_claim_number?,
            digest: digest?,
            submitted_on: submitted_on?,
        })
    }
}

impl FromBody for ReplaceBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let claim = fields.object("claim");
        let submission = fields.object("submission");
        Some(Self { claim: claim?, submission: submission? })
    }
}

impl FromBody for VoidBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let reason_code = fields.required("reason_code", code);
        let submission = if fields.has("submission") {
            fields.object("submission").map(Some)
        } else {
            Some(None)
        };
        Some(Self { reason_code: reason_code?, submission: submission? })
    }
}

/// The command that sends what the claim says.
fn sending(sent: &SubmitBody, frequency: Frequency, submitted_on: Date) -> ClaimCommand {
    let SubmitBody { control, payer_order, payer_claim_number, digest, .. } = sent.clone();
    let numbers = |ControlBody { interchange, group, transaction }| ControlNumbers {
        group,
        interchange,
        transaction,
    };
    ClaimCommand::Submit(Submit {
        control: control.map(numbers),
        digest,
        frequency,
        number: None,
        payer_claim_number,
        payer_order,
        submitted_on,
    })
}

/// Notes that it goes to a payer, for the first time or again: what is asked for enters the
/// books, and lines draw on their authorizations. A claim with findings is not sent.
#[utoipa::path(post, path = "/v1/billing/claims/{claim_id}/submit", tag = "claims",
    request_body = SubmitBody,
    responses((status = 200, description = "The claim, submitted", body = ClaimDetail)))]
pub(crate) async fn submit(
    state: web::Data<AppState>,
    order: Order<SubmitBody>,
    id: web::Path<ClaimId>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan(&state, &order, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan(
    state: &AppState,
    order: &Order<SubmitBody>,
    id: ClaimId,
) -> Result<Plan, ApiError> {
    let day = day_or_today(state, order.caller.org, order.body.submitted_on).await?;
    let send = sending(&order.body, Frequency::Original, day);
    Ok(Plan::one::<Claim>(id, send))
}

/// Says it anew and sends it in place of what the payer has (CLM05-3 7), in one append.
#[utoipa::path(post, path = "/v1/billing/claims/{claim_id}/replace", tag = "claims",
    request_body = ReplaceBody,
    responses((status = 200, description = "The claim, submitted anew", body = ClaimDetail)))]
pub(crate) async fn replace(
    state: web::Data<AppState>,
    order: Order<ReplaceBody>,
    id: web::Path<ClaimId>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan_replacement(&state, &order, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan_replacement(
    state: &AppState,
    order: &Order<ReplaceBody>,
    id: ClaimId,
) -> Result<Plan, ApiError> {
    let ReplaceBody { claim, submission } = &order.body;
    let day = day_or_today(state, order.caller.org, submission.submitted_on).await?;
    let revise = revision(state, order, claim, id, "/claim").await?;
    let send = sending(submission, Frequency::Replacement, day);
    let plan = Plan::on(id).then_from::<Claim, Claim>(id, id, revise);
    Ok(plan.then(id, send))
}

/// Takes it back: here where no payer has it, and otherwise by a submission (CLM05-3 8), which
/// takes effect when the payer accepts it or takes its answer back.
#[utoipa::path(post, path = "/v1/billing/claims/{claim_id}/void", tag = "claims",
    request_body = VoidBody,
    responses((status = 200, description = "The claim", body = ClaimDetail)))]
pub(crate) async fn void(
    state: web::Data<AppState>,
    order: Order<VoidBody>,
    id: web::Path<ClaimId>,
) -> Result<HttpResponse, ApiError> {
    let plan = plan_void(&state, &order, *id).await?;
    done(&state, &order, plan, *id).await
}

pub(crate) async fn plan_void(
    state: &AppState,
    order: &Order<VoidBody>,
    id: ClaimId,
) -> Result<Plan, ApiError> {
    let VoidBody { reason_code, submission } = &order.body;
    let asked = submission.as_ref().and_then(|submission| submission.submitted_on);
    let day = day_or_today(state, order.caller.org, asked).await?;
    Ok(match submission {
        Some(submission) => {
            let send = sending(submission, Frequency::Void, day);
            Plan::one::<Claim>(id, send)
        }
        None => {
            let void = Void { reason_code: reason_code.clone(), voided_on: day };
            Plan::one::<Claim>(id, ClaimCommand::Void(void))
        }
    })
}
