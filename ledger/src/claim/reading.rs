//! What a claim tells whoever asks.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    Claim, ClaimError, ControlNumbers, Frequency, LineDraw, PayerOrder, PostingKey, Standing,
    Status,
};
use crate::values::{Code, Currency, Money};

impl Claim {
    /// Where it stands.
    pub fn status(&self) -> Status {
        self.standing.map_or(Status::Unknown, |standing| standing.status)
    }

    /// Its money; `None` for a claim not known.
    pub fn money(&self) -> Option<&Standing> {
        self.standing.as_ref()
    }

    /// A payment of the patient that was told, as it was then; `None` for one not known.
    pub fn patient_payment(&self, payment_id: Uuid) -> Option<Money> {
        self.payments.get(&payment_id).map(|money| money.amount)
    }

    /// CLM01.
    pub fn account(&self) -> Option<&Code> {
        self.outline.as_ref().map(|outline| &outline.account)
    }

    /// The one currency of its amounts.
    pub fn currency(&self) -> Option<Currency> {
        self.outline.as_ref().map(|outline| outline.currency)
    }

    /// SHA-256, in hexadecimal, of what a submission sends: what the claim says (sealed parts as
    /// they are), under which numbers, as what, to whom. `None` for a claim not known.
    pub fn digest_of(
        &self,
        control: &ControlNumbers,
        frequency: Frequency,
        payer_order: PayerOrder,
    ) -> Option<Code> {
        self.outline.as_ref()?;
        let bytes = crate::canonical(&(&self.fingerprint, control, frequency, payer_order)).ok()?;
        data_encoding::HEXLOWER.encode(&Sha256::digest(bytes)).parse().ok()
    }

    /// The number of the latest submission, counted from one; 0 before the first.
    pub fn submission(&self) -> u16 {
        self.filing.as_ref().map_or(0, |filing| filing.submission)
    }

    /// What lines have taken from authorizations.
    pub fn draws(&self) -> &[LineDraw] {
        &self.drawn
    }

    /// The payer's number of the claim, as far as it told us.
    pub fn payer_claim_number(&self, order: PayerOrder) -> Option<&Code> {
        self.payer_claim_numbers.get(&order)
    }

    /// Whether an answer or a reversal was posted.
    pub fn knows_posting(&self, key: &PostingKey) -> bool {
        self.has_posted(key) || self.reversals.contains(key)
    }

    pub(super) fn has_posted(&self, key: &PostingKey) -> bool {
        self.posted.iter().any(|posted| posted.key == *key)
    }

    pub(super) fn has_standing_answer(&self) -> bool {
        self.posted.iter().any(super::aggregate::Posted::stands)
    }

    pub(super) fn last_answerer(&self) -> Option<PayerOrder> {
        self.posted.iter().filter(|posted| posted.stands()).map(|posted| posted.order).max()
    }

    pub(super) fn standing(&self) -> Result<Standing, ClaimError> {
        self.standing.ok_or(ClaimError::Unknown)
    }
}
