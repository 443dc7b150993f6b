//! What the events of claims and authorizations tell.

use ledger::{
    claim::{ClaimEvent, Standing, Status},
    prior_auth::{self, PriorAuthEvent},
    remittance::{PaymentKey, remittance_id},
    values::{Money, OrgId},
};
use uuid::Uuid;

use super::{Related, projector::Told};

/// What a claim's event tells.
pub(super) fn claim(org: OrgId, event: &ClaimEvent) -> Told<'static> {
    let payment = |key: &PaymentKey| (Related::Remittance, remittance_id(org, key).uuid());
    match event {
        ClaimEvent::Drafted(_) => status(Status::Draft),
        ClaimEvent::Revised(_) | ClaimEvent::Validated(_) => Told::default(),
        ClaimEvent::Submitted(it) => stands(Some(it.charge), None, &it.standing),
        ClaimEvent::Acknowledged(it) => status(it.status),
        ClaimEvent::Adjudicated(it) => {
            stands(Some(it.sorted.paid), Some(payment(&it.key.payment)), &it.standing)
        }
        ClaimEvent::Reversed(it) => {
            stands(Some(it.sorted.paid), Some(payment(&it.key.payment)), &it.standing)
        }
        ClaimEvent::PatientBilled(it) => stands(Some(it.patient_share_change), None, &it.standing),
        ClaimEvent::WrittenOff(it) => {
            stands(Some(it.amount), Some((Related::WriteOff, it.write_off_id)), &it.standing)
        }
        ClaimEvent::WriteOffReversed(it) => {
            stands(Some(it.amount), Some((Related::WriteOff, it.write_off_id)), &it.standing)
        }
        ClaimEvent::PatientPaymentApplied(it) => {
            stands(Some(it.amount), Some((Related::Payment, it.payment_id)), &it.standing)
        }
        ClaimEvent::PatientPaymentWithdrawn(it) => {
            stands(Some(it.amount), Some((Related::Payment, it.payment_id)), &it.standing)
        }
        ClaimEvent::AppealFiled(it) => {
            Told { related: Some((Related::Appeal, it.appeal_id)), ..status(Status::Appealed) }
        }
        ClaimEvent::AppealDecided(it) => {
            Told { related: Some((Related::Appeal, it.appeal_id)), ..status(it.status) }
        }
        ClaimEvent::Voided(it) => stands(Some(it.charge_change), None, &it.standing),
        ClaimEvent::Closed(_) => status(Status::Closed),
    }
}

/// What an authorization's event tells.
pub(super) fn prior_auth(event: &PriorAuthEvent) -> Told<'static> {
    use prior_auth::Status::{Canceled, Denied, Expired, Pended, Requested, Used};
    let line = |id: Uuid| Some((Related::ClaimLine, id));
    let word = |status: prior_auth::Status| Told { status: Some(status.word()), ..Told::default() };
    match event {
        PriorAuthEvent::Requested(_) => word(Requested),
        PriorAuthEvent::Pended(_) => word(Pended),
        PriorAuthEvent::Approved(it) => word(it.status),
        PriorAuthEvent::Denied(_) => word(Denied),
        PriorAuthEvent::UnitsDrawn(it) => {
            Told { related: line(it.claim_line_id), ..Told::default() }
        }
        PriorAuthEvent::DrawDeferred(it) => {
            Told { related: line(it.claim_line_id), ..Told::default() }
        }
        PriorAuthEvent::DrawReleased(it) => {
            Told { related: line(it.claim_line_id), ..Told::default() }
        }
        PriorAuthEvent::UnitsGivenBack(it) => {
            Told { related: line(it.claim_line_id), ..word(it.status) }
        }
        PriorAuthEvent::Expired(_) => word(Expired),
        PriorAuthEvent::MarkedUsed(_) => word(Used),
        PriorAuthEvent::Canceled(_) => word(Canceled),
    }
}

fn status(status: Status) -> Told<'static> {
    Told { status: Some(status.word()), ..Told::default() }
}

fn stands(
    amount: Option<Money>,
    related: Option<(Related, Uuid)>,
    standing: &Standing,
) -> Told<'static> {
    Told { amount, related, ..status(standing.status) }
}
