//! The columns of `statement_deliveries`.

use ledger::{
    statement::{By, Channel, Purpose},
    values::Currency,
};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{columns, engine::Word, worded};

worded! {
    Channel {
        Email = "email",
        PhysicalMail = "physical_mail",
        Sms = "sms",
        PatientPortal = "patient_portal",
    }
    Purpose {
        Failover = "failover",
        FollowUp = "follow_up",
        Resend = "resend",
        Statement = "statement",
    }
}

columns! {
    /// One delivery.
    pub struct Row {
        key {
            /// Of which statement.
            statement_id: Uuid,
            /// Counts the statement's deliveries, from 1.
            delivery: i32,
        }
        /// Names it.
        delivery_id: Uuid,
        /// In which way.
        channel: Word<Channel>,
        /// Why.
        purpose: Word<Purpose>,
        /// Who sent it.
        sent_by: Word<By>,
        /// Whether the letter is certified.
        certified: bool,
        /// Whether the agent's rule chose the channel.
        ai_selected_channel: bool,
        /// Why this channel, in words.
        channel_selection_reason: String,
        /// How often delivery was tried before.
        retry_count: i32,
        /// The level that it reminds of.
        level: Option<i32>,
        /// The failed delivery that it follows.
        replaces: Option<i32>,
        /// When it was handed over.
        sent_at: OffsetDateTime,
        /// When its carrier took it, or it failed.
        attempted_at: Option<OffsetDateTime>,
        /// When it arrived.
        delivered_at: Option<OffsetDateTime>,
        /// When it was opened.
        opened_at: Option<OffsetDateTime>,
        /// Whether its carrier took it and it did not come back; not known before.
        success: Option<bool>,
        /// Why it failed, as a code.
        failure_reason: Option<String>,
        /// When a letter follows.
        next_retry_at: Option<OffsetDateTime>,
        /// The carrier's own id of it.
        message_id: Option<String>,
        /// What a letter costs.
        cost_minor: Option<i64>,
        /// Of that.
        currency: Option<Word<Currency>>,
        /// The patient as invoices know them.
        anonymous_patient_ref: String,
        /// When it changed last.
        updated_at: OffsetDateTime,
        /// Where it was sent: the key that lists go by.
        sent_position: i64,
        /// Where an e-mail goes, sealed.
        email_address: Option<Vec<u8>>,
        /// Where a letter goes, sealed.
        physical_address: Option<Vec<u8>>,
        /// Where a text message goes, sealed.
        phone: Option<Vec<u8>>,
    }
}
