//! Adjustments and lines of a payment, as typed data.

use ledger::{
    remittance::{Adjustment, Group, ProviderAdjustment, RemittedLine},
    values::{Code, Currency, Quantity},
};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    body::{Amount, Fields, FromBody, code, each, one_of, quantity, uuid},
    error::ApiError,
};

/// Lines of a claim that a payer may name.
const MOST_LINES: usize = 100;
/// CAS has six, and may be repeated for each group.
const MOST_ADJUSTMENTS: usize = 99;

const GROUPS: &[(&str, Group)] =
    &[("co", Group::Co), ("oa", Group::Oa), ("pi", Group::Pi), ("pr", Group::Pr)];

/// CAS: why less (or, below zero, more) is paid than was charged.
#[derive(Debug, ToSchema)]
#[schema(as = RemittanceAdjustmentBody)]
pub(crate) struct AdjustmentBody {
    /// CO, OA, PI or PR.
    #[schema(value_type = String, example = "CO")]
    group: Group,
    /// Claim adjustment reason code.
    #[schema(value_type = String, example = "45")]
    reason: Code,
    /// How much less.
    #[schema(value_type = String, example = "20.00")]
    amount: Amount,
    /// How many units less.
    #[schema(value_type = Option<String>)]
    quantity: Option<Quantity>,
}

/// PLB: what is settled outside of any claim.
#[derive(Debug, ToSchema)]
pub(crate) struct ProviderAdjustmentBody {
    /// PLB03-1: `FB`, `L6`, `WO`, ….
    #[schema(value_type = String, example = "FB")]
    code: Code,
    /// PLB03-2.
    #[schema(value_type = Option<String>)]
    reference: Option<Code>,
    /// By how much the payment is cut; below zero it is raised.
    #[schema(value_type = String, example = "-20.16")]
    amount: Amount,
}

/// SVC: what the payer says about a line.
#[derive(Debug, ToSchema)]
pub(crate) struct RemittedLineBody {
    /// REF*6R: our line.
    line_id: Option<Uuid>,
    /// SVC01, without qualifier and modifiers.
    #[schema(value_type = String, example = "99213")]
    procedure: Code,
    /// SVC02.
    #[schema(value_type = String)]
    charge: Amount,
    /// SVC03.
    #[schema(value_type = String)]
    paid: Amount,
    /// SVC05.
    #[schema(value_type = Option<String>)]
    units: Option<Quantity>,
    /// CAS of the line.
    adjustments: Vec<AdjustmentBody>,
    /// LQ*HE.
    #[schema(value_type = Option<Vec<String>>)]
    remarks: Vec<Code>,
}

impl FromBody for AdjustmentBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let group = fields.required("group", one_of(GROUPS));
        let reason = fields.required("reason", code);
        let amount = fields.required("amount", Amount::read);
        let quantity = fields.optional("quantity", quantity);
        Some(Self { group: group?, reason: reason?, amount: amount?, quantity: quantity? })
    }
}

impl FromBody for ProviderAdjustmentBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let named = fields.required("code", code);
        let reference = fields.optional("reference", code);
        let amount = fields.required("amount", Amount::read);
        Some(Self { code: named?, reference: reference?, amount: amount? })
    }
}

impl FromBody for RemittedLineBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let line_id = fields.optional("line_id", uuid);
        let procedure = fields.required("procedure", code);
        let charge = fields.required("charge", Amount::read);
        let paid = fields.required("paid", Amount::read);
        let units = fields.optional("units", quantity);
        let adjustments = cuts(fields);
        let remarks = fields.or("remarks", Vec::new(), each(MOST_ADJUSTMENTS, code));
        Some(Self {
            line_id: line_id?,
            procedure: procedure?,
            charge: charge?,
            paid: paid?,
            units: units?,
            adjustments: adjustments?,
            remarks: remarks?,
        })
    }
}

/// The adjustments of a claim or a line.
pub(super) fn cuts(fields: &mut Fields<'_>) -> Option<Vec<AdjustmentBody>> {
    fields.list("adjustments", 0, MOST_ADJUSTMENTS)
}

/// The lines of a claim.
pub(super) fn lines(fields: &mut Fields<'_>) -> Option<Vec<RemittedLineBody>> {
    fields.list("lines", 0, MOST_LINES)
}

/// Adjustments in a currency.
pub(super) fn adjustments(
    sent: &[AdjustmentBody],
    currency: Currency,
    within: &str,
) -> Result<Vec<Adjustment>, ApiError> {
    let read = |(place, cut): (usize, &AdjustmentBody)| {
        let pointer = format!("{within}/adjustments/{place}/amount");
        Ok(Adjustment {
            amount: cut.amount.money(currency, &pointer)?,
            group: cut.group,
            quantity: cut.quantity,
            reason: cut.reason.clone(),
        })
    };
    sent.iter().enumerate().map(read).collect()
}

impl ProviderAdjustmentBody {
    pub(super) fn of(
        &self,
        currency: Currency,
        place: usize,
    ) -> Result<ProviderAdjustment, ApiError> {
        let pointer = format!("/provider_adjustments/{place}/amount");
        let amount = self.amount.money(currency, &pointer)?;
        Ok(ProviderAdjustment {
            amount,
            code: self.code.clone(),
            reference: self.reference.clone(),
        })
    }
}

impl RemittedLineBody {
    pub(super) fn of(&self, currency: Currency, within: &str) -> Result<RemittedLine, ApiError> {
        Ok(RemittedLine {
            adjustments: adjustments(&self.adjustments, currency, within)?,
            charge: self.charge.money(currency, &format!("{within}/charge"))?,
            claim_line_id: self.line_id,
            paid: self.paid.money(currency, &format!("{within}/paid"))?,
            procedure: self.procedure.clone(),
            remarks: self.remarks.clone(),
            units: self.units,
        })
    }
}
