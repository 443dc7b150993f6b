//! The columns of `prior_auths`.

use ledger::prior_auth::{Status, Urgency};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{columns, engine::Word, worded};

worded! {
    Status {
        Unrequested = "unrequested",
        Requested = "requested",
        Pended = "pended",
        Approved = "approved",
        PartlyApproved = "partly_approved",
        Denied = "denied",
        Modified = "modified",
        Used = "used",
        Expired = "expired",
        Canceled = "canceled",
    }
    Urgency { Standard = "standard", Urgent = "urgent" }
}

columns! {
    /// One authorization.
    pub struct Row {
        key {
            /// Which.
            prior_auth_id: Uuid,
        }
        /// Where it stands.
        status: Word<Status>,
        /// The patient as invoices know them.
        anonymous_patient_ref: String,
        /// Whom we asked.
        payer_id: String,
        /// The service.
        procedure: String,
        /// How fast the payer must answer.
        urgency: Word<Urgency>,
        /// How many units were asked.
        units_requested: String,
        /// The first day asked.
        asked_starts_on: Date,
        /// The last day asked.
        asked_ends_on: Date,
        /// When it was asked.
        requested_at: OffsetDateTime,
        /// When the payer must have answered.
        answer_due_at: OffsetDateTime,
        /// How many units the payer allows.
        units_approved: Option<String>,
        /// Taken by claim lines that stand.
        units_drawn: String,
        /// Approved and not drawn.
        units_left: String,
        /// Wanted by claim lines that wait.
        units_waiting: String,
        /// The first day allowed.
        starts_on: Option<Date>,
        /// The last day allowed.
        ends_on: Option<Date>,
        /// The payer's number of it.
        reference: Option<String>,
        /// Why it was pended, denied or canceled.
        reason_code: Option<String>,
        /// When the payer said what it said last.
        decided_on: Option<Date>,
        /// When it expired, was used up or was withdrawn.
        ended_on: Option<Date>,
        /// When it was first heard of.
        created_at: OffsetDateTime,
        /// When it changed last.
        updated_at: OffsetDateTime,
        /// The stream's version.
        version: i64,
        /// Where it was asked.
        requested_position: i64,
        /// The caller's own id of the patient, sealed.
        patient_id: Vec<u8>,
        /// The patient's number with the payer, sealed.
        member_id: Option<Vec<u8>>,
        /// What was added, sealed.
        note: Option<Vec<u8>>,
        /// What the payer wrote, sealed.
        payer_note: Option<Vec<u8>>,
        /// As JSON, each sealed.
        diagnoses: Vec<u8>,
    }
}
