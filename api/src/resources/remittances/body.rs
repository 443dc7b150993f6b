//! A payment of a payer, as typed data.

use ledger::{
    claim::LineRule,
    remittance::{AdviceStatus, PaymentKey, Receive, RemittedClaim},
    values::{Code, Currency},
};
use time::Date;
use utoipa::ToSchema;

use super::adjustments::{
    AdjustmentBody, ProviderAdjustmentBody, RemittedLineBody, adjustments, cuts, lines,
};
use crate::{
    body::{Amount, Fields, FromBody, Wrong, code, day, one_of},
    error::ApiError,
};

/// Claims of one payment; a larger 835 has several payments.
const MOST_CLAIMS: usize = 1_000;
const MOST_PROVIDER_ADJUSTMENTS: usize = 200;

const LINES: &[(&str, LineRule)] =
    &[("refuse", LineRule::Refuse), ("post_claim", LineRule::PostClaim)];

const STATUSES: &[(&str, AdviceStatus)] = &[
    ("primary", AdviceStatus::Primary),
    ("secondary", AdviceStatus::Secondary),
    ("tertiary", AdviceStatus::Tertiary),
    ("denied", AdviceStatus::Denied),
    ("primary_forwarded", AdviceStatus::PrimaryForwarded),
    ("secondary_forwarded", AdviceStatus::SecondaryForwarded),
    ("tertiary_forwarded", AdviceStatus::TertiaryForwarded),
    ("reversal", AdviceStatus::Reversal),
    ("not_ours_forwarded", AdviceStatus::NotOursForwarded),
    ("predetermination", AdviceStatus::Predetermination),
];

/// One payment of a payer (835), known by payer and trace.
#[derive(Debug, ToSchema)]
pub(crate) struct RemittanceBody {
    /// TRN03.
    #[schema(value_type = String, example = "1512345678")]
    pub(super) payer_id: Code,
    /// TRN02: number of the check or transfer.
    #[schema(value_type = String, example = "EFT1012")]
    pub(super) trace: Code,
    /// BPR04: `ACH`, `CHK`, `NON`, …; `ACH` unless said otherwise.
    #[schema(value_type = Option<String>)]
    pub(super) method: Option<Code>,
    /// BPR02.
    #[schema(value_type = String, example = "80.00")]
    pub(super) paid: Amount,
    /// BPR16.
    pub(super) paid_on: Date,
    /// refuse (unless said otherwise), or post_claim: post a claim that adds up although one of
    /// its lines does not.
    #[schema(value_type = Option<String>)]
    pub(super) unbalanced_lines: LineRule,
    /// PLB.
    pub(super) provider_adjustments: Vec<ProviderAdjustmentBody>,
    /// CLP, in their order; at most 1,000.
    #[schema(max_items = 1000)]
    pub(super) claims: Vec<RemittedClaimBody>,
    /// The day of the entry; today in the org's zone unless said otherwise.
    pub(super) posted_on: Option<Date>,
}

/// CLP: what the payer says about one claim.
#[derive(Debug, ToSchema)]
pub(crate) struct RemittedClaimBody {
    /// CLP01: the account we sent.
    #[schema(value_type = String, example = "INV-1013")]
    account: Code,
    /// CLP02, as its number (`1`, `22`, …) or as a word: primary, secondary, tertiary, denied,
    /// primary_forwarded, …, reversal, not_ours_forwarded or predetermination.
    #[schema(value_type = String, example = "primary")]
    status: AdviceStatus,
    /// CLP03.
    #[schema(value_type = String, example = "120.00")]
    charge: Amount,
    /// CLP04.
    #[schema(value_type = String, example = "80.00")]
    paid: Amount,
    /// CLP05.
    #[schema(value_type = Option<String>)]
    patient_responsibility: Option<Amount>,
    /// CLP07.
    #[schema(value_type = Option<String>)]
    payer_claim_number: Option<Code>,
    /// CAS of the claim itself.
    adjustments: Vec<AdjustmentBody>,
    /// SVC, if the payer names any.
    lines: Vec<RemittedLineBody>,
}

impl FromBody for RemittanceBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let payer_id = fields.required("payer_id", code);
        let trace = fields.required("trace", code);
        let method = fields.optional("method", code);
        let paid = fields.required("paid", Amount::read);
        let paid_on = fields.required("paid_on", day);
        let unbalanced_lines = fields.or("unbalanced_lines", LineRule::Refuse, one_of(LINES));
        let provider_adjustments =
            fields.list("provider_adjustments", 0, MOST_PROVIDER_ADJUSTMENTS);
        let claims = fields.list("claims", 0, MOST_CLAIMS);
        let posted_on = fields.optional("posted_on", day);
        Some(Self {
            payer_id: payer_id?,
            trace: trace?,
            method: method?,
            paid: paid?,
            paid_on: paid_on?,
            unbalanced_lines: unbalanced_lines?,
            provider_adjustments: provider_adjustments?,
            claims: claims?,
            posted_on: posted_on?,
        })
    }
}

impl FromBody for RemittedClaimBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let account = fields.required("account", code);
        let status = fields.required("status", status);
        let charge = fields.required("charge", Amount::read);
        let paid = fields.required("paid", Amount::read);
        let responsibility = fields.optional("patient_responsibility", Amount::read);
        let payer_claim_number = fields.optional("payer_claim_number", code);
        let adjustments = cuts(fields);
        let lines = lines(fields);
        Some(Self {
            account: account?,
            status: status?,
            charge: charge?,
            paid: paid?,
            patient_responsibility: responsibility?,
            payer_claim_number: payer_claim_number?,
            adjustments: adjustments?,
            lines: lines?,
        })
    }
}

/// As the standard's number, sent as text or as a number, or as our word.
fn status(raw: &serde_json::value::RawValue) -> Result<AdviceStatus, Wrong> {
    match AdviceStatus::of_code(raw.get().trim_matches('"')) {
        Some(status) => Ok(status),
        None => one_of(STATUSES)(raw),
    }
}

impl RemittanceBody {
    pub(super) fn key(&self) -> PaymentKey {
        PaymentKey { payer_id: self.payer_id.clone(), trace: self.trace.clone() }
    }

    /// The command; all amounts are in the org's currency.
    pub(super) fn command(&self, currency: Currency, posted_on: Date) -> Result<Receive, ApiError> {
        let claims = self.claims.iter().enumerate();
        let claims = claims.map(|(place, claim)| claim.of(currency, &format!("/claims/{place}")));
        let adjustments = self.provider_adjustments.iter().enumerate();
        Ok(Receive {
            claims: claims.collect::<Result<_, _>>()?,
            lines: self.unbalanced_lines,
            method: self.method.clone().map_or_else(ach, Ok)?,
            paid: self.paid.money(currency, "/paid")?,
            paid_on: self.paid_on,
            payment: self.key(),
            posted_on,
            provider_adjustments: adjustments
                .map(|(place, adjustment)| adjustment.of(currency, place))
                .collect::<Result<_, _>>()?,
        })
    }
}

fn ach() -> Result<Code, ApiError> {
    "ACH".parse().map_err(|error| ApiError::failed(&error))
}

impl RemittedClaimBody {
    fn of(&self, currency: Currency, within: &str) -> Result<RemittedClaim, ApiError> {
        let lines = self.lines.iter().enumerate();
        let lines = lines.map(|(place, it)| it.of(currency, &format!("{within}/lines/{place}")));
        let share = self.patient_responsibility.as_ref();
        let pointer = format!("{within}/patient_responsibility");
        Ok(RemittedClaim {
            account: self.account.clone(),
            adjustments: adjustments(&self.adjustments, currency, within)?,
            charge: self.charge.money(currency, &format!("{within}/charge"))?,
            lines: lines.collect::<Result<_, _>>()?,
            paid: self.paid.money(currency, &format!("{within}/paid"))?,
            patient_responsibility: share.map(|it| it.money(currency, &pointer)).transpose()?,
            payer_claim_number: self.payer_claim_number.clone(),
            status: self.status,
        })
    }
}
