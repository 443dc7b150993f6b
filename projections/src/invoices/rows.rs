//! The columns of `invoices`.

use ledger::{
    invoice::{InvoiceType, Status},
    values::Currency,
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{columns, engine::Word};

columns! {
    /// One invoice.
    pub struct Row {
        key {
            /// Which.
            invoice_id: Uuid,
        }
        /// What kind.
        invoice_type: Word<InvoiceType>,
        /// Where it stands.
        status: Word<Status>,
        /// Its one currency.
        currency: Word<Currency>,
        /// Gapless number, once issued.
        number: Option<String>,
        /// First day it covers.
        period_starts_on: Option<Date>,
        /// First day after.
        period_ends_on: Option<Date>,
        /// Days from issue to due date.
        payment_terms_days: i32,
        /// Sum of the lines.
        subtotal_minor: i64,
        /// Sum of the lines with a rate above zero.
        taxable_subtotal_minor: i64,
        /// Sum of the taxes.
        tax_minor: i64,
        /// Subtotal and tax.
        total_minor: i64,
        /// Settled, credits of other invoices included.
        paid_minor: i64,
        /// Still owed; zero before it is issued.
        balance_minor: i64,
        /// Overpaid, neither applied elsewhere nor refunded.
        credit_minor: i64,
        /// Given up.
        written_off_minor: i64,
        /// Refunds granted.
        refunded_minor: i64,
        /// Lines that stand on it.
        line_count: i64,
        /// The rate of lines that follow the account's configuration.
        configured_rate: Option<String>,
        /// Which tax law it was issued under.
        jurisdiction: Option<String>,
        /// The day it was issued.
        issued_on: Option<Date>,
        /// When payment is due.
        due_on: Option<Date>,
        /// When it went out.
        sent_at: Option<OffsetDateTime>,
        /// The day it was voided.
        canceled_on: Option<Date>,
        /// When it was begun.
        created_at: OffsetDateTime,
        /// When it changed last.
        updated_at: OffsetDateTime,
        /// The stream's version.
        version: i64,
        /// Where it was begun.
        opened_position: i64,
        /// The caller's own id of the customer, sealed.
        customer_id: Option<Vec<u8>>,
        /// The payment provider's id, sealed.
        provider_invoice_id: Option<Vec<u8>>,
        /// Taken back by credit notes that stand.
        credited_minor: i64,
        /// In dispute: the customer's bank has it.
        disputed_minor: i64,
        /// Lost in disputes and given up.
        charged_back_minor: i64,
    }
}
