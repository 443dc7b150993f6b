//! The document: drawn up, finalized, restated, taken back.

use serde::{Deserialize, Serialize};
use time::Date;

use super::{By, Charge, Contacts, Figures, Lifecycle};
use crate::values::{AnonymousRef, ClaimId, Code, Money, Sealed, StatementId};

/// See [`super::StatementEvent::Generated`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Generated {
    /// Who drew it up.
    pub by: By,
    /// The caller's own id of the call or visit; its subject is the patient.
    pub call_id: Option<Sealed<String>>,
    /// What was done, line by line; they add up to the total.
    pub charges: Vec<Charge>,
    /// The claim that holds the money, if there is one.
    pub claim_id: Option<ClaimId>,
    /// How the patient can be reached.
    pub contacts: Contacts,
    /// The last day to pay.
    pub due_on: Date,
    /// Its money.
    pub figures: Figures,
    /// The day of the statement.
    pub generated_on: Date,
    /// Where it stands now.
    pub lifecycle_state: Lifecycle,
    /// `STMT-YYYYMM-NNNNN`.
    pub number: String,
    /// The patient as invoices know them.
    pub patient: AnonymousRef,
    /// The caller's own id of the patient; its subject is the patient.
    pub patient_id: Sealed<String>,
    /// The statement whose place it takes.
    pub supersedes: Option<StatementId>,
}

/// See [`super::StatementEvent::ContactsRecorded`]. It no longer waits for want of an address.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactsRecorded {
    /// How the patient can be reached now.
    pub contacts: Contacts,
    /// The patient.
    pub patient: AnonymousRef,
    /// When.
    pub recorded_on: Date,
}

/// Why a statement waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    /// Its balance is above the approval threshold, or in another currency.
    AboveThreshold,
    /// A person said so.
    ByHand,
    /// Nobody knows how to reach the patient.
    NoContact,
    /// The account is paused or past due. It goes on by itself when the account is in order; the
    /// founder may let it go on before.
    NotEntitled,
}

/// See [`super::StatementEvent::Held`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// What it asks for.
    pub balance_due: Money,
    /// Who.
    pub by: By,
    /// When.
    pub held_on: Date,
    /// Why.
    pub reason: HoldReason,
}

/// See [`super::StatementEvent::Released`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Released {
    /// Who.
    pub by: By,
    /// The patient.
    pub patient: AnonymousRef,
    /// When.
    pub released_on: Date,
}

/// See [`super::StatementEvent::Finalized`]. Without a claim its entry is made here: what the
/// patient owes, what was taken off, and the revenue of both. What was paid before, by whomever, is
/// entered where that money is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finalized {
    /// Who.
    pub by: By,
    /// The claim that holds the money, if there is one: then nothing is entered here.
    pub claim_id: Option<ClaimId>,
    /// Its money.
    pub figures: Figures,
    /// When.
    pub finalized_on: Date,
    /// Where it stands now.
    pub lifecycle_state: Lifecycle,
    /// The patient.
    pub patient: AnonymousRef,
}

/// See [`super::StatementEvent::Restated`]. The claim made the entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restated {
    /// What was done, line by line, as the claim says now.
    pub charges: Vec<Charge>,
    /// The claim.
    pub claim_id: ClaimId,
    /// Its money now.
    pub figures: Figures,
    /// Where it stands now.
    pub lifecycle_state: Lifecycle,
    /// The patient.
    pub patient: AnonymousRef,
    /// When.
    pub restated_on: Date,
}

/// See [`super::StatementEvent::Superseded`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Superseded {
    /// What was due and is on the other statement now.
    pub balance_moved: Money,
    /// Where it stands now: a paid one stays paid.
    pub lifecycle_state: Lifecycle,
    /// The statement that takes its place.
    pub superseded_by: StatementId,
    /// When.
    pub superseded_on: Date,
}

/// See [`super::StatementEvent::Voided`]. What was still due is taken off revenue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voided {
    /// What is no longer due and had been entered here; nothing before it was finalized, and
    /// nothing where a claim holds the money.
    pub balance_released: Money,
    /// Who; nobody where the claim left nothing to ask for.
    pub by: Option<By>,
    /// Where it stands now.
    pub lifecycle_state: Lifecycle,
    /// Why.
    pub reason_code: Code,
    /// When.
    pub voided_on: Date,
}

/// See [`super::StatementEvent::Overridden`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overridden {
    /// Where it stands.
    pub lifecycle_state: Lifecycle,
    /// When.
    pub overridden_on: Date,
    /// Why, in the founder's words.
    pub reason: Sealed<String>,
}
