//! The columns of `facesheets`.

use ledger::facesheet::{Source, Status};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{columns, engine::Word, worded};

worded! {
    Status {
        Unrequested = "unrequested",
        Requested = "requested",
        Overdue = "overdue",
        Received = "received",
        Canceled = "canceled",
    }
    Source { Email = "email", Fax = "fax", Mail = "mail", Phone = "phone", Portal = "portal" }
}

columns! {
    /// The latest request for one patient.
    pub struct Row {
        key {
            /// Which; the patient's.
            facesheet_id: Uuid,
        }
        /// Where it stands.
        status: Word<Status>,
        /// What is asked for, separated by commas.
        missing: String,
        /// What was not on the one that came.
        still_missing: String,
        /// How it came.
        source: Option<Word<Source>>,
        /// Its name in the store of documents.
        document: Option<String>,
        /// The claim that lacks something.
        claim_id: Option<Uuid>,
        /// The patient as invoices know them.
        anonymous_patient_ref: String,
        /// The day it was asked for last.
        requested_on: Date,
        /// The day by which an answer is expected.
        due_on: Date,
        /// The day it came.
        received_on: Option<Date>,
        /// Why it was canceled.
        reason_code: Option<String>,
        /// How often it was asked for.
        times_requested: i64,
        /// When it was asked for first.
        created_at: OffsetDateTime,
        /// When it changed last.
        updated_at: OffsetDateTime,
        /// The stream's version.
        version: i64,
        /// Where it was asked for last: the key that lists go by.
        requested_position: i64,
        /// The caller's own id of the patient, sealed.
        patient_id: Vec<u8>,
        /// Whom we asked, sealed.
        asked_of: Option<Vec<u8>>,
    }
}
