//! A payment provider tells us what happened to money.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::values::{Currency, OrgId};

/// A provider that calls us by webhook.
pub trait WebhookProvider: Send + Sync {
    /// The provider's name in `inbox` and `provider_links`, for example `stripe`.
    fn name(&self) -> &'static str;

    /// The header that carries the signature.
    fn signature_header(&self) -> &'static str;

    /// Whether the provider really sent these bytes, and just now. Over the raw body, before
    /// anything reads it.
    ///
    /// # Errors
    ///
    /// [`Unverified`], saying no more than the sender may know.
    fn verify(
        &self,
        signature: Option<&[u8]>,
        body: &[u8],
        now: OffsetDateTime,
    ) -> Result<(), Unverified>;

    /// What a verified body says, as far as it concerns us.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] when even the envelope cannot be read.
    fn translate(&self, body: &[u8]) -> Result<ProviderEvent, Unreadable>;
}

/// A webhook that cannot be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unverified {
    /// There is no signature, or none that can be read.
    #[error("the signature is missing or malformed")]
    Malformed,
    /// No secret of ours makes this signature.
    #[error("the signature does not fit the body")]
    Mismatch,
    /// Too old, or from the future.
    #[error("the signature's time is more than {tolerance_seconds} s away from now")]
    OutOfTolerance {
        /// How far it may be.
        tolerance_seconds: i64,
    },
}

/// A webhook whose envelope is not the provider's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not JSON in UTF-8.
    #[error("the body is not JSON")]
    NotJson,
    /// No event id, type or time.
    #[error("{field} is missing or malformed")]
    Envelope {
        /// Which part.
        field: &'static str,
    },
}

/// What a webhook says.
#[derive(Debug, Clone, PartialEq)]
pub struct ProviderEvent {
    /// The provider's id of the event.
    pub id: String,
    /// The provider's name for what happened.
    pub event_type: String,
    /// When it happened.
    pub created_at: OffsetDateTime,
    /// The org named in metadata that we had set.
    pub org: Option<OrgId>,
    /// Our invoice named in metadata that we had set.
    pub invoice_id: Option<Uuid>,
    /// The booking named in metadata.
    pub booking_id: Option<String>,
    /// What it means.
    pub fact: ProviderFact,
}

/// What happened to money, in our words. Ids are the provider's; amounts are minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case", deny_unknown_fields)]
pub enum ProviderFact {
    /// The provider has an invoice for ours.
    InvoiceLinked(InvoiceMention),
    /// The provider calls the invoice paid. Several events may say so of one payment.
    InvoicePaid(InvoicePaid),
    /// A payment went towards an invoice: ties the provider's payment to its invoice.
    PaymentAttached(PaymentAttached),
    /// Collecting failed.
    PaymentFailed(PaymentFailed),
    /// A refund, in whatever state.
    Refund(Refund),
    /// A charge was refunded: says how large the charge was, so that it can be recognised.
    ChargeRefunded(ChargeRefunded),
    /// A payment is disputed, in whatever state.
    Dispute(Dispute),
    /// Nothing that concerns us yet.
    Ignored,
}

/// How the provider speaks of an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvoiceMention {
    /// Ours, named in metadata that we had set.
    pub invoice_id: Option<Uuid>,
    /// Theirs.
    pub provider_invoice: String,
}

/// See [`ProviderFact::InvoicePaid`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvoicePaid {
    /// How much was paid in all; zero when it was paid outside the provider.
    pub amount_minor: i64,
    /// In which currency; `None` if it is not one we bill in.
    pub currency: Option<Currency>,
    /// Which invoice.
    pub invoice: InvoiceMention,
    /// Whether the money went elsewhere (`paid_out_of_band`).
    pub out_of_band: bool,
    /// The provider's payment objects, where the invoice still names them.
    pub payments: Vec<String>,
}

/// See [`ProviderFact::PaymentAttached`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentAttached {
    /// How much of it went towards the invoice.
    pub amount_minor: i64,
    /// In which currency.
    pub currency: Option<Currency>,
    /// The provider's payment objects.
    pub payments: Vec<String>,
    /// The provider's invoice.
    pub provider_invoice: String,
}

/// See [`ProviderFact::PaymentFailed`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentFailed {
    /// How much was asked.
    pub amount_minor: i64,
    /// In which currency.
    pub currency: Option<Currency>,
    /// Which invoice.
    pub invoice: InvoiceMention,
}

/// How a refund stands at the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundState {
    /// On its way.
    Pending,
    /// Left the account.
    Succeeded,
    /// Came back, or never left.
    Failed,
}

/// See [`ProviderFact::Refund`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refund {
    /// How much.
    pub amount_minor: i64,
    /// In which currency.
    pub currency: Option<Currency>,
    /// The payment it refunds, by whichever objects the provider names.
    pub payments: Vec<String>,
    /// Why, in the provider's word.
    pub reason: Option<String>,
    /// Theirs.
    pub refund: String,
    /// Ours, named in metadata that we had set.
    pub refund_id: Option<Uuid>,
    /// How it stands.
    pub state: RefundState,
}

/// See [`ProviderFact::ChargeRefunded`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChargeRefunded {
    /// The size of the whole charge, not of the refund.
    pub charged_minor: i64,
    /// In which currency.
    pub currency: Option<Currency>,
    /// The charge and its payment.
    pub payments: Vec<String>,
}

/// How a dispute stands at the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeState {
    /// Raised; no money moved yet.
    Opened,
    /// The money was taken back.
    Withdrawn,
    /// The money came back.
    Reinstated,
    /// Decided for us.
    Won,
    /// Decided against us.
    Lost,
}

/// See [`ProviderFact::Dispute`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dispute {
    /// How much is disputed: all of the charge, or a part.
    pub amount_minor: i64,
    /// In which currency.
    pub currency: Option<Currency>,
    /// Theirs.
    pub dispute: String,
    /// What the provider charges for it, as far as it says so in the dispute's currency.
    pub fee_minor: i64,
    /// How much of the fee it gave back.
    pub fee_returned_minor: i64,
    /// The disputed payment, by whichever objects the provider names.
    pub payments: Vec<String>,
    /// Why, in the bank's word.
    pub reason: Option<String>,
    /// How it stands.
    pub state: DisputeState,
}
