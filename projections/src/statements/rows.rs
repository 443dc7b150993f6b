//! The columns of `statements`.

use ledger::{
    statement::{By, HoldReason, Lifecycle},
    values::Currency,
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{columns, engine::Word, worded};

worded! {
    Lifecycle {
        Unknown = "unknown",
        Drafted = "drafted",
        Finalized = "finalized",
        Sent = "sent",
        Delivered = "delivered",
        Opened = "opened",
        Paid = "paid",
        Escalated = "escalated",
        Failed = "failed",
        Voided = "voided",
    }
    By { Agent = "agent", Founder = "founder", Staff = "staff" }
    HoldReason {
        AboveThreshold = "above_threshold",
        ByHand = "by_hand",
        NoContact = "no_contact",
        NotEntitled = "not_entitled",
    }
}

columns! {
    /// One statement.
    pub struct Row {
        key {
            /// Which.
            statement_id: Uuid,
        }
        /// `STMT-YYYYMM-NNNNN`.
        statement_number: String,
        /// Where it stands.
        lifecycle_state: Word<Lifecycle>,
        /// The claim that holds the money.
        claim_id: Option<Uuid>,
        /// The patient as invoices know them.
        anonymous_patient_ref: String,
        /// Of all amounts.
        currency: Word<Currency>,
        /// What it all costs.
        total_charges_minor: i64,
        /// What payers paid.
        insurance_paid_minor: i64,
        /// What payers are still asked for.
        insurance_pending_minor: i64,
        /// Taken off.
        adjustments_minor: i64,
        /// What is the patient's to pay in all.
        patient_responsibility_minor: i64,
        /// What the patient paid.
        patient_paid_minor: i64,
        /// What is due.
        balance_due_minor: i64,
        /// Whether the agent drew it up.
        ai_generated: bool,
        /// When the agent approved it.
        ai_approved_at: Option<OffsetDateTime>,
        /// Whether the founder took it over.
        founder_override: bool,
        /// Whether a person let it go on.
        released: bool,
        /// Why it waits for the founder.
        held: Option<Word<HoldReason>>,
        /// Who sent it first.
        sent_by: Option<Word<By>>,
        /// When it was sent first.
        sent_at: Option<OffsetDateTime>,
        /// Whether a level of the schedule was reached.
        was_escalated: bool,
        /// The day of the statement.
        statement_date: Date,
        /// The last day to pay.
        due_date: Date,
        /// The statement in its place.
        superseded_by: Option<Uuid>,
        /// When it was drawn up.
        created_at: OffsetDateTime,
        /// When it changed last.
        updated_at: OffsetDateTime,
        /// The stream's version.
        version: i64,
        /// Where it was drawn up: the key that lists go by.
        generated_position: i64,
        /// The charges, their descriptions sealed.
        charges: Vec<u8>,
        /// The caller's own id of the patient, sealed.
        patient_id: Vec<u8>,
        /// The caller's own id of the call, sealed.
        call_id: Option<Vec<u8>>,
    }
}
