//! The columns of `claims`.

use ledger::{
    claim::{AppealOutcome, Frequency, Notice, PayerOrder, Status},
    values::Currency,
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{columns, engine::Word, worded};

worded! {
    AppealOutcome { Overturned = "overturned", Upheld = "upheld", Withdrawn = "withdrawn" }
    Frequency { Original = "original", Replacement = "replacement", Void = "void" }
    Notice {
        InterchangeAccepted = "interchange_accepted",
        InterchangeRejected = "interchange_rejected",
        SyntaxAccepted = "syntax_accepted",
        SyntaxRejected = "syntax_rejected",
        Forwarded = "forwarded",
        Received = "received",
        Accepted = "accepted",
        Unprocessable = "unprocessable",
        NotFound = "not_found",
        Split = "split",
        MissingInformation = "missing_information",
        InvalidInformation = "invalid_information",
        RelationalError = "relational_error",
    }
    PayerOrder { Primary = "primary", Secondary = "secondary", Tertiary = "tertiary" }
    Status {
        Unknown = "unknown",
        Draft = "draft",
        Submitted = "submitted",
        Received = "received",
        Accepted = "accepted",
        Rejected = "rejected",
        Adjudicated = "adjudicated",
        Denied = "denied",
        Reversed = "reversed",
        Appealed = "appealed",
        Voided = "voided",
        Closed = "closed",
    }
}

columns! {
    /// One claim.
    pub struct Row {
        key {
            /// Which.
            claim_id: Uuid,
        }
        /// CLM01.
        account: String,
        /// Where it stands.
        status: Word<Status>,
        /// Of all amounts.
        currency: Word<Currency>,
        /// The patient as invoices know them.
        anonymous_patient_ref: String,
        /// Whom it was sent to last; before that, who is to pay first.
        payer_id: Option<String>,
        /// In which role.
        payer_order: Option<Word<PayerOrder>>,
        /// What the lines come to, sent or not.
        drafted_minor: i64,
        /// What it asks for, as it was sent last.
        charge_minor: i64,
        /// What payers paid.
        insurance_paid_minor: i64,
        /// Taken off what payers owe.
        adjusted_insurance_minor: i64,
        /// Taken off what the patient owes.
        adjusted_patient_minor: i64,
        /// What the payers left to the patient.
        patient_share_minor: i64,
        /// What the patient paid.
        patient_paid_minor: i64,
        /// What payers still owe.
        insurance_balance_minor: i64,
        /// What the patient still owes.
        patient_balance_minor: i64,
        /// Neither paid nor taken off by the answers that stand.
        denied_minor: i64,
        /// How often it was sent.
        submission: i32,
        /// What the last submission was.
        frequency: Option<Word<Frequency>>,
        /// ISA13.
        control_interchange: Option<String>,
        /// GS06.
        control_group: Option<String>,
        /// ST02.
        control_transaction: Option<String>,
        /// SHA-256 of what was sent.
        digest: Option<String>,
        /// When it was sent last.
        submitted_on: Option<Date>,
        /// The furthest that was heard of the last submission.
        acknowledgement: Option<Word<Notice>>,
        /// Its reason.
        acknowledgement_reason: Option<String>,
        /// When it was heard.
        acknowledged_on: Option<Date>,
        /// The payer's number of the claim.
        payer_claim_number: Option<String>,
        /// The clearinghouse's number of the claim.
        clearinghouse_number: Option<String>,
        /// The first day of service.
        service_starts_on: Option<Date>,
        /// The last day of service.
        service_ends_on: Option<Date>,
        /// When it was looked over.
        validated_on: Option<Date>,
        /// What a payer would not take, as JSON.
        findings: Option<String>,
        /// When a payer's answer was posted or taken back last.
        answered_on: Option<Date>,
        /// The latest dispute.
        appeal_id: Option<Uuid>,
        /// When it was filed.
        appeal_filed_on: Option<Date>,
        /// When the payer must have decided.
        appeal_due_on: Option<Date>,
        /// How it ended.
        appeal_outcome: Option<Word<AppealOutcome>>,
        /// When it was taken back.
        voided_on: Option<Date>,
        /// When it was closed last.
        closed_on: Option<Date>,
        /// When it was begun.
        created_at: OffsetDateTime,
        /// When it changed last.
        updated_at: OffsetDateTime,
        /// The stream's version.
        version: i64,
        /// Where it was begun.
        drafted_position: i64,
        /// What payers answered, as JSON.
        answers: String,
        /// Decisions not to collect, as JSON.
        write_offs: String,
        /// The caller's own id of the patient, sealed.
        patient_id: Vec<u8>,
        /// What it says, as JSON with sealed parts.
        content: Vec<u8>,
    }
}
