//! What a claim says, as it is sent.

use ledger::values::{Code, Npi, Units};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::body::{
    Amount, Fields, ForeignId, FromBody, code, day, diagnosis, each, foreign_id, modifier, npi,
    pointer, procedure, text, units, uuid,
};

/// What a claim says.
#[derive(Debug, Clone, ToSchema)]
pub(crate) struct ClaimBody {
    /// CLM01, our own number of the claim: at most 20 characters, never a number of the patient.
    /// Made up when it is left out of a new claim.
    #[schema(value_type = Option<String>, max_length = 20, example = "INV-1013")]
    pub(super) account: Option<Code>,
    /// The caller's own id of the patient; kept sealed.
    #[schema(value_type = String)]
    pub(super) patient_id: ForeignId,
    /// Who bills: ten digits.
    #[schema(value_type = Option<String>, example = "1234567893")]
    pub(super) billing_npi: Option<Npi>,
    /// Who served, where that is somebody else.
    #[schema(value_type = Option<String>)]
    pub(super) rendering_npi: Option<Npi>,
    /// CLM05-1.
    #[schema(value_type = Option<String>, example = "11")]
    pub(super) place_of_service: Option<Code>,
    /// ICD-10 codes, the principal one first; at most twelve; kept sealed.
    #[schema(max_items = 12)]
    pub(super) diagnoses: Vec<String>,
    /// Who pays, first to last; at most three.
    #[schema(max_items = 3)]
    pub(super) payers: Vec<PayerBody>,
    /// The services; at most fifty.
    #[schema(max_items = 50)]
    pub(super) lines: Vec<LineBody>,
}

/// One of the claim's payers.
#[derive(Debug, Clone, ToSchema)]
pub(crate) struct PayerBody {
    /// The payer.
    #[schema(value_type = String, example = "60054")]
    pub(super) payer_id: Code,
    /// SBR09; `CI` unless said otherwise.
    #[schema(value_type = Option<String>, example = "CI")]
    pub(super) filing_code: Option<Code>,
    /// The patient's number with the payer; kept sealed.
    pub(super) member_id: Option<String>,
}

/// One service.
#[derive(Debug, Clone, ToSchema)]
pub(crate) struct LineBody {
    /// Names the line; the n-th line of a claim has a name of its own without.
    pub(super) line_id: Option<Uuid>,
    /// CPT or HCPCS.
    #[schema(value_type = String, example = "99213")]
    pub(super) procedure: Code,
    /// At most four.
    #[schema(value_type = Option<Vec<String>>, max_items = 4)]
    pub(super) modifiers: Vec<Code>,
    /// Which diagnoses, counted from one; at most four.
    #[schema(value_type = Option<Vec<u8>>, max_items = 4)]
    pub(super) diagnosis_pointers: Vec<u8>,
    /// The payer's billing units.
    #[schema(value_type = String, example = "1")]
    pub(super) units: Units,
    /// What it costs.
    #[schema(value_type = String, example = "120.00")]
    pub(super) charge: Amount,
    /// The first day.
    pub(super) service_starts_on: Date,
    /// The last day; the first unless said otherwise.
    pub(super) service_ends_on: Option<Date>,
    /// Where it is not the claim's.
    #[schema(value_type = Option<String>)]
    pub(super) place_of_service: Option<Code>,
    /// The authorization that it draws on.
    pub(super) prior_auth_id: Option<Uuid>,
}

impl FromBody for ClaimBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let account = fields.optional("account", code);
        let patient_id = fields.required("patient_id", foreign_id);
        let billing_npi = fields.optional("billing_npi", npi);
        let rendering_npi = fields.optional("rendering_npi", npi);
        let place_of_service = fields.optional("place_of_service", code);
        let diagnoses = fields.or("diagnoses", Vec::new(), each(12, diagnosis));
        let payers = fields.list("payers", 0, 3);
        let lines = fields.list("lines", 0, 50);
        let (account, patient_id) = (account?, patient_id?);
        if account.as_ref().is_some_and(|account| account.as_str() == patient_id.as_str()) {
            let detail = "an account is never a number of the patient".into();
            fields.wrong("account", "invalid", detail);
        }
        Some(Self {
            account,
            patient_id,
            billing_npi: billing_npi?,
            rendering_npi: rendering_npi?,
            place_of_service: place_of_service?,
            diagnoses: diagnoses?,
            payers: payers?,
            lines: lines?,
        })
    }
}

impl FromBody for PayerBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let payer_id = fields.required("payer_id", code);
        let filing_code = fields.optional("filing_code", code);
        let member_id = fields.optional("member_id", text(80));
        Some(Self { payer_id: payer_id?, filing_code: filing_code?, member_id: member_id? })
    }
}

impl FromBody for LineBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let line_id = fields.optional("line_id", uuid);
        let procedure = fields.required("procedure", procedure);
        let modifiers = fields.or("modifiers", Vec::new(), each(4, modifier));
        let pointers = fields.or("diagnosis_pointers", Vec::new(), each(4, pointer));
        let units = fields.required("units", units);
        let charge = fields.required("charge", Amount::read);
        let service_starts_on = fields.required("service_starts_on", day);
        let service_ends_on = fields.optional("service_ends_on", day);
        let place_of_service = fields.optional("place_of_service", code);
        let prior_auth_id = fields.optional("prior_auth_id", uuid);
        Some(Self {
            line_id: line_id?,
            procedure: procedure?,
            modifiers: modifiers?,
            diagnosis_pointers: pointers?,
            units: units?,
            charge: charge?,
            service_starts_on: service_starts_on?,
            service_ends_on: service_ends_on?,
            place_of_service: place_of_service?,
            prior_auth_id: prior_auth_id?,
        })
    }
}
