//! The columns of `patients`.

use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns;

columns! {
    /// One patient.
    pub struct Row {
        key {
            /// Keyed HMAC of the caller's id.
            patient_id: Uuid,
        }
        /// The patient as invoices know them.
        anonymous_patient_ref: String,
        /// Whether the org is billed for them.
        is_active_for_billing: bool,
        /// Since when, the last time.
        activated_at: OffsetDateTime,
        /// Since when no longer; nothing while active.
        deactivated_at: Option<OffsetDateTime>,
        /// `YYYY-MM`.
        last_billed_cycle: Option<String>,
        /// When they were first heard of.
        created_at: OffsetDateTime,
        /// When they changed last.
        updated_at: OffsetDateTime,
        /// The stream's version.
        version: i64,
        /// The caller's id, sealed.
        foreign_id: Vec<u8>,
        /// The name, sealed.
        name: Option<Vec<u8>>,
    }
}
