//! An org's books, and short words for what happens in them.

use std::collections::BTreeMap;

use ledger::{
    Refusal,
    cycles::{CycleReport, CycleRequest, start_cycle},
    invoice::InvoiceEvent,
    patient_activation::{
        Activate, Deactivate, PatientActivation, PatientActivationCommand, PatientActivationEvent,
    },
    policies::{CycleCharges, Policy},
    recorded::{LedgerEvent, Recorded},
    store::{Context, ExecuteError, Ledger, account_id},
    subscription::{
        Limits, Open, Pause, Prices, Resume, Subscription, SubscriptionCommand, SubscriptionError,
    },
    values::{Currency, CycleKey, CycleRule, Rounding, Sealed},
};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::store::support::{Setup, actor, config, setup, usd};

/// Patients activated by one append.
const AT_ONCE: usize = 310;

pub(crate) type Started = Result<CycleReport, ExecuteError>;

/// An org with an account, and a second node on the same database.
pub(crate) struct Books {
    pub(crate) setup: Setup,
    pub(crate) other: Ledger,
}

impl Books {
    pub(crate) async fn open(anchor_day: u8, zone: &str, opened_at: OffsetDateTime) -> Self {
        let setup = setup().await;
        let other = Ledger::open(config(&setup.database)).await.unwrap();
        let books = Self { setup, other };
        let open = Open {
            auto_issue: false,
            contact_email: None,
            currency: Currency::USD,
            cycle: CycleRule::new(anchor_day, zone.parse().unwrap()).unwrap(),
            limits: Limits::default(),
            opened_at,
            payment_terms_days: 14,
            plan: "standard".parse().unwrap(),
            prices: Prices { activation_fee: usd(200), setup_fee: usd(0) },
            rounding: Rounding::default(),
        };
        books.order(SubscriptionCommand::Open(open)).await;
        books
    }

    /// Cycles are the months of UTC.
    pub(crate) async fn of_2026() -> Self {
        Self::open(1, "UTC", time::macros::datetime!(2026-01-01 00:00 UTC)).await
    }

    async fn order(&self, command: SubscriptionCommand) {
        let account = account_id(self.setup.org);
        self.setup.ledger.execute(&self.setup.fresh(), account, command).await.unwrap();
    }

    pub(crate) async fn pause(&self, paused_at: OffsetDateTime) {
        let reason_code = "holiday".parse().unwrap();
        self.order(SubscriptionCommand::Pause(Pause { paused_at, reason_code })).await;
    }

    pub(crate) async fn resume(&self, resumed_at: OffsetDateTime) {
        self.order(SubscriptionCommand::Resume(Resume { reason_code: None, resumed_at })).await;
    }

    /// Many at a time: what is proved here is not how fast people sign up.
    pub(crate) async fn activate(&self, patients: &[impl AsRef<str>], at: OffsetDateTime) {
        let Setup { ledger, org, .. } = &self.setup;
        for chunk in patients.chunks(AT_ONCE) {
            let context = self.setup.fresh();
            let base = context.event_base;
            let mut batch = ledger.batch(context);
            for name in chunk {
                let (id, patient) = self.names(name.as_ref());
                batch = batch.then_from::<PatientActivation, Subscription>(
                    id,
                    account_id(*org),
                    move |account| {
                        let refused =
                            |error: SubscriptionError| -> Box<dyn Refusal> { Box::new(error) };
                        Ok(PatientActivationCommand::Activate(Activate {
                            activated_at: at,
                            billing: account.charge_for_activation(at).map_err(refused)?,
                            name: None,
                            patient: patient.clone(),
                            patient_id: closed(base, id.uuid()),
                        }))
                    },
                );
            }
            batch.run().await.unwrap();
        }
    }

    pub(crate) async fn deactivate(&self, patient: &str, at: OffsetDateTime) {
        let (id, _) = self.names(patient);
        let leave = PatientActivationCommand::Deactivate(Deactivate { deactivated_at: at });
        self.setup.ledger.execute(&self.setup.fresh(), id, leave).await.unwrap();
    }

    /// A run on this node.
    pub(crate) async fn start(&self, cycle: &str, now: OffsetDateTime) -> Started {
        start_cycle(&self.setup.ledger, &self.request(cycle, now), &mut |_| {}).await
    }

    /// The same run on two nodes at once.
    pub(crate) async fn start_twice(&self, request: &CycleRequest) -> [CycleReport; 2] {
        let (mut left, mut right) = (|_| {}, |_| {});
        let (left, right) = tokio::join!(
            start_cycle(&self.setup.ledger, request, &mut left),
            start_cycle(&self.other, request, &mut right),
        );
        [left.unwrap(), right.unwrap()]
    }

    pub(crate) fn request(&self, cycle: &str, now: OffsetDateTime) -> CycleRequest {
        let (org, actor) = (self.setup.org, actor());
        CycleRequest { org, cycle: Some(key(cycle)), now, actor, issue_previous: false }
    }

    /// Who is billed for a cycle, and how often.
    pub(crate) async fn billed(&self, cycle: &str) -> BTreeMap<String, usize> {
        let mut billed = BTreeMap::new();
        for event in self.log().await {
            if let LedgerEvent::PatientActivation(PatientActivationEvent::CycleBilled(one)) =
                event.event
                && one.cycle == key(cycle)
            {
                *billed.entry(one.patient.0).or_default() += 1;
            }
        }
        billed
    }

    /// These patients, once each.
    pub(crate) fn once(&self, patients: &[impl AsRef<str>]) -> BTreeMap<String, usize> {
        patients.iter().map(|name| (self.names(name.as_ref()).1.0, 1)).collect()
    }

    /// The numbers of all issued invoices, in the order of the log.
    pub(crate) async fn numbers(&self) -> Vec<String> {
        let issued = self.log().await.into_iter().filter_map(|event| {
            let LedgerEvent::Invoice(InvoiceEvent::Issued(issued)) = event.event else {
                return None;
            };
            Some(issued.number)
        });
        issued.collect()
    }

    /// Carries the policy out over the whole log, which is harmless to repeat.
    pub(crate) async fn settle(&self) {
        let Setup { ledger, org, .. } = &self.setup;
        for event in self.log().await {
            for (ordinal, reaction) in (0..).zip(CycleCharges::react(&mut (), &event)) {
                let name = CycleCharges::NAME;
                let context = Context::derived(ledger, *org, actor(), &event, name, ordinal);
                reaction.give(ledger, &context).await.unwrap();
            }
        }
    }

    async fn log(&self) -> Vec<Recorded> {
        let events = self.setup.ledger.read(self.setup.org, 0, 100_000).await.unwrap();
        events.into_iter().map(|stored| stored.decode().unwrap()).collect()
    }

    fn names(
        &self,
        patient: &str,
    ) -> (ledger::values::PatientActivationId, ledger::values::AnonymousRef) {
        let (names, org) = (self.setup.ledger.names(), self.setup.org);
        (names.patient(org, patient), names.anonymous_ref(org, patient))
    }
}

pub(crate) fn key(text: &str) -> CycleKey {
    text.parse().unwrap()
}

/// The code of a refusal.
#[track_caller]
pub(crate) fn refusal(started: Started) -> &'static str {
    match started {
        Err(ExecuteError::Refused(refusal)) => refusal.code(),
        other => panic!("it was not refused: {other:?}"),
    }
}

/// Nobody opens it here.
fn closed(at: Uuid, subject: Uuid) -> Sealed<String> {
    let subject = ledger::values::SubjectRef(subject);
    Sealed::new(at, "closed".to_owned(), "patient_id".to_owned(), 1, subject)
}
