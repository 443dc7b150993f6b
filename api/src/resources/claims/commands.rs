//! What of a claim may come in bulk.

use super::{acknowledge, appeal, decide, draft, file};
use crate::{
    body::NoBody,
    resources::commands::{Bulk, bulk},
};

pub(crate) fn commands() -> Vec<Bulk> {
    [of_filing(), of_decisions()].into_iter().flatten().collect()
}

fn of_filing() -> Vec<Bulk> {
    vec![
        bulk!("acknowledge_claim" = POST "/v1/billing/claims/{claim_id}/acknowledgements",
            state, part => acknowledge::plan(state, &part.order()?, part.claim()?).await),
        bulk!("draft_claim" = POST "/v1/billing/claims",
            state, part => draft::plan(state, &part.order()?).await),
        bulk!("redraft_claim" = PUT "/v1/billing/claims/{claim_id}",
            state, part => draft::plan_revision(state, &part.order()?, part.claim()?).await),
        bulk!("replace_claim" = POST "/v1/billing/claims/{claim_id}/replace",
            state, part => file::plan_replacement(state, &part.order()?, part.claim()?).await),
        bulk!("submit_claim" = POST "/v1/billing/claims/{claim_id}/submit",
            state, part => file::plan(state, &part.order()?, part.claim()?).await),
        bulk!("validate_claim" = POST "/v1/billing/claims/{claim_id}/validate",
        state, part => {
            let org = part.order::<NoBody>()?.caller.org;
            draft::plan_validation(state, org, part.claim()?).await
        }),
        bulk!("void_claim" = POST "/v1/billing/claims/{claim_id}/void",
            state, part => file::plan_void(state, &part.order()?, part.claim()?).await),
    ]
}

fn of_decisions() -> Vec<Bulk> {
    vec![
        bulk!("bill_patient" = POST "/v1/billing/claims/{claim_id}/bill-patient",
            state, part => decide::plan_billing(state, &part.order()?, part.claim()?).await),
        bulk!("close_claim" = POST "/v1/billing/claims/{claim_id}/close",
            state, part => decide::plan_close(state, &part.order()?, part.claim()?).await),
        bulk!("decide_appeal" = POST "/v1/billing/claims/{claim_id}/appeal/{appeal_id}/decide",
        state, part => {
            let appeal_id = part.uuid("appeal_id")?;
            appeal::plan_decision(state, &part.order()?, part.claim()?, appeal_id).await
        }),
        bulk!("file_appeal" = POST "/v1/billing/claims/{claim_id}/appeal",
            state, part => appeal::plan(state, &part.order()?, part.claim()?).await),
        bulk!("reverse_claim_write_off" =
        POST "/v1/billing/claims/{claim_id}/write-off/{write_off_id}/reverse",
        state, part => {
            let write_off_id = part.uuid("write_off_id")?;
            decide::plan_reversal(state, &part.order()?, part.claim()?, write_off_id).await
        }),
        bulk!("write_off_claim" = POST "/v1/billing/claims/{claim_id}/write-off",
            state, part => decide::plan(state, &part.order()?, part.claim()?).await),
    ]
}
