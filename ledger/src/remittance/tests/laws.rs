//! Laws: payments with their claims, in whatever order they come, as often as they come.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::{
    StoredEvent,
    claim::{
        Adjudicate, Claim, ClaimCommand, ClaimError, Content, ControlNumbers, Coverage, Draft,
        Frequency, PayerOrder, PostingPolicy, ServiceLine, Submit,
    },
    journal::{Account, postings},
    recorded::LedgerEvent,
    values::{AnonymousRef, Sealed, SubjectRef, Units},
};

const CHARGE: i64 = 12_000;

fn sealed() -> Sealed<String> {
    let subject = SubjectRef(Uuid::from_u128(9));
    Sealed::new(Uuid::from_u128(8), "AAEC".to_owned(), "member_id".to_owned(), 1, subject)
}

fn content(account: &str) -> Content {
    let line = ServiceLine {
        charge: usd(CHARGE),
        diagnosis_pointers: vec![1],
        line_id: Uuid::from_u128(1),
        modifiers: vec![],
        place_of_service: None,
        prior_auth_id: None,
        procedure: code("99213"),
        service_ends_on: date!(2026 - 03 - 02),
        service_starts_on: date!(2026 - 03 - 02),
        units: Units::try_from(rust_decimal::Decimal::ONE).unwrap(),
    };
    Content {
        account: code(account),
        billing_npi: "1234567893".parse().ok(),
        currency: Currency::USD,
        diagnoses: vec![sealed()],
        lines: vec![line],
        patient: AnonymousRef("anon_0123456789abcdef".to_owned()),
        patient_id: sealed(),
        payers: vec![Coverage {
            filing_code: code("CI"),
            member_id: Some(sealed()),
            payer_id: code("P"),
        }],
        place_of_service: Some(code("11")),
        rendering_npi: None,
    }
}

fn submit(account: &str) -> ClaimCommand {
    ClaimCommand::Submit(Submit {
        control: Some(ControlNumbers {
            group: code("1"),
            interchange: code("000000001"),
            transaction: code(account),
        }),
        digest: Some(code("00")),
        frequency: Frequency::Original,
        number: None,
        payer_claim_number: None,
        payer_order: PayerOrder::Primary,
        submitted_on: TODAY,
    })
}

/// An org's claims and payments, with a policy that posts or parks, and the books.
#[derive(Default)]
struct Org {
    accounts: BTreeMap<Account, i64>,
    claims: BTreeMap<String, Claim>,
    payments: BTreeMap<PaymentKey, Remittance>,
}

impl Org {
    fn enter(&mut self, event: impl Into<LedgerEvent>) {
        for line in postings(&event.into()) {
            let change = line.debit_minor - line.credit_minor;
            *self.accounts.entry(line.account).or_default() += change;
        }
    }

    fn of(&self, account: Account) -> i64 {
        self.accounts.get(&account).copied().unwrap_or_default()
    }

    fn order(&mut self, account: &str, command: ClaimCommand) -> Result<(), ClaimError> {
        for event in self.claims.entry(account.to_owned()).or_default().decide(command)? {
            self.claims.entry(account.to_owned()).or_default().apply(event.clone());
            self.enter(event);
        }
        Ok(())
    }

    fn send(&mut self, account: &str) {
        let content = content(account);
        self.order(account, ClaimCommand::Draft(Draft { content })).unwrap();
        self.order(account, submit(account)).unwrap();
        self.post_all();
    }

    fn tell(&mut self, payment: &PaymentKey, command: RemittanceCommand) {
        let remittance = self.payments.entry(payment.clone()).or_default();
        let events = remittance.decide(command).unwrap();
        events.iter().for_each(|event| remittance.apply(event.clone()));
        events.into_iter().for_each(|event| self.enter(event));
    }

    fn receive(&mut self, command: Receive) {
        let payment = command.payment.clone();
        self.tell(&payment, RemittanceCommand::Receive(command));
        self.post_all();
    }

    /// What the policy does: every claim that waits, in order, until nothing more can be posted.
    fn post_all(&mut self) {
        loop {
            let mut posted = false;
            let waiting: Vec<(PaymentKey, u32)> = self
                .payments
                .iter()
                .flat_map(|(key, one)| one.waiting().keys().map(|place| (key.clone(), *place)))
                .collect();
            for (payment, sequence) in waiting {
                let order =
                    self.payments[&payment].adjudication(sequence, PostingPolicy::default(), TODAY);
                let order: Adjudicate = order.unwrap();
                let account = order.advice.account.to_string();
                let done = self.order(&account, ClaimCommand::Adjudicate(order));
                posted |= done.is_ok();
                let then = match done {
                    Ok(()) => mark_posted(sequence),
                    Err(refusal) => RemittanceCommand::Park(Park {
                        parked_on: TODAY,
                        reason: ParkReason::of_refusal(crate::Refusal::code(&refusal)),
                        sequence,
                    }),
                };
                self.tell(&payment, then);
            }
            if !posted {
                return;
            }
        }
    }

    fn check(&self) {
        assert_eq!(self.accounts.values().sum::<i64>(), 0);
        // The clearing account comes to what was paid, whatever is posted or parked.
        let paid: i64 =
            self.payments.values().map(|one| one.received().unwrap().paid.minor()).sum();
        assert_eq!(self.of(Account::InsuranceClearing), paid);
        let parked: i64 = self
            .payments
            .values()
            .flat_map(|one| one.waiting().values())
            .map(|waiting| waiting.advised.advice.paid.minor())
            .sum();
        assert_eq!(self.of(Account::CustomerCredits), -parked);
        for claim in self.claims.values() {
            let Some(money) = claim.money() else { continue };
            let adjusted = money.adjusted_insurance.minor() + money.adjusted_patient.minor();
            let paid = money.insurance_paid.minor() + money.patient_paid.minor();
            let owed = money.insurance_balance.minor() + money.patient_balance.minor();
            assert_eq!(owed, money.charge.minor() - adjusted - paid);
        }
    }
}

/// What happens to an account: its claim is sent, and payers answer.
#[derive(Debug, Clone)]
enum Step {
    Send(&'static str),
    Receive(Receive),
}

/// For one account: an answer, perhaps its reversal, perhaps a correction; each a payment.
fn any_account(account: &'static str, number: usize) -> impl Strategy<Value = Vec<Step>> {
    (1..CHARGE, 1..CHARGE, 0..3_usize, -300..300_i64).prop_map(
        move |(first, second, more, interest)| {
            let answers = [
                claim(account, CHARGE, first),
                claim(account, -CHARGE, -first),
                claim(account, CHARGE, second),
            ];
            let received = answers.into_iter().take(more + 1).enumerate().map(|(place, answer)| {
                let payment = payment(&format!("T{number}-{place}"));
                let mut plb_of = vec![plb("L6", -interest)];
                let total = answer.paid.minor() + interest;
                if total < 0 {
                    plb_of.push(plb("FB", total));
                }
                let (claims, paid) = (vec![answer], total.max(0));
                let paid_on = TODAY + time::Duration::days(place as i64);
                Step::Receive(Receive { paid_on, payment, ..receive_of(paid, claims, plb_of) })
            });
            [Step::Send(account)].into_iter().chain(received).collect()
        },
    )
}

fn any_steps() -> impl Strategy<Value = (Vec<Step>, Vec<Step>)> {
    (any_account("C1", 1), any_account("C2", 2))
        .prop_map(|(one, other)| [one, other].concat())
        .prop_flat_map(|steps| {
            let twice = [steps.clone(), steps.clone()].concat();
            (Just(steps), Just(twice).prop_shuffle())
        })
}

fn run(steps: Vec<Step>) -> Org {
    let mut org = Org::default();
    for step in steps {
        match step {
            Step::Send(account) => org.send(account),
            Step::Receive(command) => org.receive(command),
        }
        org.check();
    }
    org
}

proptest! {
    /// Before its claim, twice, the reversal before what it reverses: the books end up the same.
    #[test]
    fn any_order_and_any_repetition_leaves_the_same_books((steps, shuffled) in any_steps()) {
        let (in_order, anyhow) = (run(steps), run(shuffled));
        let accounts = |org: &Org| -> BTreeMap<Account, i64> {
            org.accounts.iter().filter(|(_, sum)| **sum != 0).map(|(of, sum)| (*of, *sum)).collect()
        };
        prop_assert_eq!(accounts(&in_order), accounts(&anyhow));
        for (account, claim) in &in_order.claims {
            prop_assert_eq!(claim.money(), anyhow.claims[account].money());
        }
        for org in [in_order, anyhow] {
            prop_assert!(org.payments.values().all(|one| one.waiting().is_empty()));
        }
    }

    #[test]
    fn an_event_heard_twice_changes_nothing_and_is_read_as_it_was_written(
        (places, paid) in (prop::collection::vec((1..4_u32, any::<bool>()), 0..8), 0..500_i64)
    ) {
        let claims = (1..4).map(|number| claim(&format!("C{number}"), 1_000, paid)).collect();
        let then = places.into_iter().map(|(place, parks)| {
            if parks { park(place) } else { mark_posted(place) }
        });
        let mut remittance = Remittance::default();
        let all = [receive(3 * paid, claims, vec![])].into_iter().chain(then);
        for command in all.chain([match_deposit(3 * paid)]) {
            let Ok(events) = remittance.decide(command.clone()) else { continue };
            for event in events {
                remittance.apply(event.clone());
                let once = remittance.clone();
                remittance.apply(event.clone());
                prop_assert_eq!(&remittance, &once);
                let bytes = event.encode().unwrap();
                let read = LedgerEvent::decode(event.name(), event.version(), &bytes).unwrap();
                prop_assert_eq!(read, event.into());
            }
            prop_assert_eq!(remittance.decide(command).unwrap_or_default(), vec![]);
            let kept = serde_json::to_string(&remittance).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Remittance>(&kept).unwrap(), &remittance);
        }
    }
}
