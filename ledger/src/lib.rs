//! WHAT IS TRUE: the aggregates, the policies, and the store that remembers what they decided.
//!
//! - `values/`: the words every rule uses (money, ids, cycles, sealed personal data).
//! - one folder per aggregate: `subscription/`, `patient_activation/`, `invoice/`, `operation/`,
//!   `subject/`, `exception/`, `facesheet/`, `import/`, `prior_auth/`, `claim/`, `remittance/`,
//!   `delegation/`, `statement/`.
//! - `contact/`: when a person may be contacted, and what they may dispute.
//! - `correspondence.rs`: what the house writes to people.
//! - `cycles.rs`: the start of a billing cycle, carried out.
//! - `documents/`: what stands on the papers that the house hands out.
//! - `patient_money.rs`: a patient's money, told to statement and claim together.
//! - `policies/`: "when this, then that", as pure functions of the log.
//! - `ports/`: what the ledger asks of the outside world.
//! - `proof/`: whether a log is what it says it is.
//! - `receipts/`: what a payment provider's messages mean.
//! - `reconciliation/`: log, read models and a provider's statement, compared.
//! - `store/`: the event store; the only SQL of this crate.
//! - `tax/`: which taxes a rate is made of.
//! - `traces.rs`: how what follows from one request is told as one story.
//! - `unambiguous.rs`: JSON that says no key twice.
//!
//! To add an aggregate: make its folder, list its events in `event.rs` with the [`events!`]
//! macro, and add one line to [`recorded::LedgerEvent`]; the compiler names every reader that
//! has to decide what the new events mean. To add an event: one line in the aggregate's
//! `event.rs` and one golden file in `schema/events/` (a test asks for it).
//!
//! # Glossary
//!
//! *org*: whoever has a ledger of its own (an office, a practice, an account). *Subscription*:
//! the org's account with the operator. *Cycle*: one billing month of an org, from anchor day to
//! anchor day. *Activation*: a patient is billed for from now on. *Position*: an event's place in
//! its org's log, 1, 2, 3, … without a gap.

#[macro_use]
mod events;

mod canonical;

pub mod books;
pub mod claim;
pub mod contact;
pub mod correspondence;
pub mod cycles;
pub mod decide;
pub mod delegation;
pub mod documents;
pub mod earning;
pub mod exception;
pub mod facesheet;
pub mod import;
pub mod invoice;
pub mod journal;
pub mod operation;
pub mod patient_activation;
pub mod patient_money;
pub mod policies;
pub mod ports;
pub mod prior_auth;
pub mod proof;
pub mod receipts;
pub mod reconciliation;
pub mod recorded;
pub mod remittance;
pub mod statement;
pub mod store;
pub mod subject;
pub mod subscription;
pub mod switch;
pub mod tax;
pub mod traces;
mod unambiguous;
pub mod values;

pub use canonical::canonical;
pub use decide::{Decider, Refusal, RefusalKind};
pub use events::{DecodeError, StoredEvent};
