//! Random histories through the real aggregates, in memory: commands as numbers, refusals passed
//! over, what was decided recorded as the store would.

pub(crate) mod account;
mod books;
pub(crate) mod claims;
mod corrections;
mod exceptions;
mod facesheets;
mod invoices;
mod operations;
pub(crate) mod prior_auths;
pub(crate) mod remittances;
mod statements;

use std::collections::BTreeMap;

use ledger::{
    Decider,
    books::{Books, books_id},
    claim::Claim,
    delegation::Delegation,
    exception::Exception,
    facesheet::Facesheet,
    invoice::Invoice,
    operation::Operation,
    patient_activation::PatientActivation,
    prior_auth::PriorAuth,
    recorded::{Actor, LedgerEvent, Recorded},
    remittance::Remittance,
    statement::Statement,
    subscription::Subscription,
    values::{Currency, Id, Money, OrgId, Sealed, SubjectRef},
};
use proptest::prelude::*;
use time::{Date, Duration, OffsetDateTime, macros::datetime};
use uuid::Uuid;

/// One command in numbers: what, on which, how much.
pub(crate) type Step = (u8, u8, u16);

/// Histories of up to so many commands.
pub(crate) fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec((any::<u8>(), 0_u8..6, 1_u16..2_000), 1..most)
}

/// An org, all of its aggregates, and its log.
pub(crate) struct World {
    pub(crate) org: OrgId,
    pub(crate) events: Vec<Recorded>,
    pub(crate) account: BTreeMap<Uuid, (Subscription, i64)>,
    pub(crate) patients: BTreeMap<Uuid, (PatientActivation, i64)>,
    pub(crate) invoices: BTreeMap<Uuid, (Invoice, i64)>,
    pub(crate) books: BTreeMap<Uuid, (Books, i64)>,
    pub(crate) exceptions: BTreeMap<Uuid, (Exception, i64)>,
    pub(crate) delegations: BTreeMap<Uuid, (Delegation, i64)>,
    pub(crate) statements: BTreeMap<Uuid, (Statement, i64)>,
    pub(crate) facesheets: BTreeMap<Uuid, (Facesheet, i64)>,
    pub(crate) operations: BTreeMap<Uuid, (Operation, i64)>,
    pub(crate) claims: BTreeMap<Uuid, (Claim, i64)>,
    pub(crate) prior_auths: BTreeMap<Uuid, (PriorAuth, i64)>,
    pub(crate) remittances: BTreeMap<Uuid, (Remittance, i64)>,
    numbers: BTreeMap<String, i64>,
    now: OffsetDateTime,
}

impl World {
    /// An org with an account and nothing else.
    pub(crate) fn new(number: u128) -> Self {
        let mut world = Self {
            org: org(number),
            events: Vec::new(),
            account: BTreeMap::new(),
            patients: BTreeMap::new(),
            invoices: BTreeMap::new(),
            books: BTreeMap::new(),
            exceptions: BTreeMap::new(),
            delegations: BTreeMap::new(),
            statements: BTreeMap::new(),
            facesheets: BTreeMap::new(),
            operations: BTreeMap::new(),
            claims: BTreeMap::new(),
            prior_auths: BTreeMap::new(),
            remittances: BTreeMap::new(),
            numbers: BTreeMap::new(),
            now: datetime!(2026-01-05 09:00 UTC),
        };
        world.open_account();
        world
    }

    /// What came of these commands.
    pub(crate) fn after(number: u128, steps: &[Step]) -> Self {
        let mut world = Self::new(number);
        for (what, which, amount) in steps {
            world.step(*what, *which, *amount);
        }
        world
    }

    pub(crate) fn head(&self) -> i64 {
        i64::try_from(self.events.len()).unwrap()
    }

    /// Carries out one command; a refusal changes nothing.
    pub(crate) fn step(&mut self, what: u8, which: u8, amount: u16) {
        self.now += Duration::hours(i64::from(amount % 30));
        // Beside the others, so that it takes nothing away from them.
        if amount.is_multiple_of(2) {
            self.patient_step(what, which, amount / 2);
        }
        match what {
            _ if amount % 8 == 7 => self.payer_step(what, which, amount / 8),
            0..150 => self.invoice_step(what, which, amount),
            150..206 => self.correction_step(what - 150, which, amount),
            206..232 => self.account_step(what, which, amount),
            232..246 => self.operation_step(which, amount),
            246..252 => self.books_step(what, amount),
            252..254 => self.exception_step(which, amount),
            254.. => self.return_held(amount),
        }
    }

    /// One command about what patients are asked for.
    fn patient_step(&mut self, what: u8, which: u8, amount: u16) {
        match what % 8 {
            0 => self.facesheet_step(which, amount),
            1 => self.delegation_step(amount),
            // A few, so that they come far.
            _ => self.statement_step(what / 8, which % 3, amount),
        }
    }

    /// One command about what payers are asked for.
    fn payer_step(&mut self, what: u8, which: u8, amount: u16) {
        // A few of each, so that they come far.
        let which = which % 2;
        match what % 8 {
            0..=3 => self.claim_step(what / 8, which, amount),
            4 | 5 => self.prior_auth_step(what / 8, which, amount),
            _ => self.remittance_step(which, amount),
        }
    }

    pub(crate) fn today(&self) -> Date {
        self.now.date()
    }

    /// Decides, applies and records.
    pub(crate) fn give<A: Decider>(
        &mut self,
        kept: fn(&mut Self) -> &mut BTreeMap<Uuid, (A, i64)>,
        id: Id<A>,
        mut command: A::Command,
    ) -> bool {
        let series = A::series(&command);
        if let Some(series) = &series {
            let next = self.numbers.get(series).copied().unwrap_or(0) + 1;
            A::assign_number(&mut command, next);
        }
        let (state, version) = kept(self).entry(id.uuid()).or_default().clone();
        let Ok(events) = state.decide(command) else { return false };
        if !events.iter().all(|event| self.admits(&event.clone().into())) {
            return false;
        }
        if let Some(series) = series.filter(|_| !events.is_empty()) {
            *self.numbers.entry(series).or_default() += 1;
        }
        let mut state = state;
        for (event, sequence) in events.iter().cloned().zip(version + 1..) {
            let recorded = self.record(A::TYPE, id.uuid(), sequence, event.clone().into());
            self.events.push(recorded);
            state.apply(event);
        }
        let version = version + i64::try_from(events.len()).unwrap();
        kept(self).insert(id.uuid(), (state, version));
        true
    }

    /// Whether the books take it, as the writer asks before it appends.
    pub(super) fn admits(&self, event: &LedgerEvent) -> bool {
        let books = self.books.get(&books_id(self.org).uuid());
        books.is_none_or(|(books, _)| books.admit(event).is_ok())
    }

    fn record(&self, kind: &str, id: Uuid, sequence: i64, event: LedgerEvent) -> Recorded {
        let position = self.head() + 1;
        let name = format!("{}:{position}", self.org);
        let event_id = Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes());
        Recorded {
            org: self.org,
            position,
            aggregate_type: kind.to_owned(),
            aggregate_id: id,
            sequence,
            event_id,
            event,
            actor: Actor("test".to_owned()),
            correlation_id: event_id,
            causation_id: None,
            command_id: event_id,
            occurred_at: self.now,
            recorded_at: self.now,
        }
    }
}

pub(crate) fn org(number: u128) -> OrgId {
    OrgId(Uuid::from_u128(0xda1b_0000_0000_4000_8000_0000_0000_0000 + number))
}

pub(crate) fn id(kind: u8, number: u128) -> Uuid {
    Uuid::from_u128((u128::from(kind) << 64) + number)
}

pub(crate) fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD)
}

pub(crate) fn sealed(field: &str) -> Sealed<String> {
    let closed = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIj".to_owned();
    Sealed::new(id(9, 1), closed, field.to_owned(), 1, SubjectRef(id(9, 2)))
}
