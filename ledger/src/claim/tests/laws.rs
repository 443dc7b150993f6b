//! Laws: whatever anyone orders, in whatever order and however often.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::{
    StoredEvent,
    journal::{Account, postings},
    recorded::LedgerEvent,
};

const CHARGE: i64 = 12_000;

/// An answer that adds up: what is left after the adjustments is paid.
fn any_answer() -> impl Strategy<Value = RemittedClaim> {
    let group = prop_oneof![Just(Group::Co), Just(Group::Oa), Just(Group::Pi), Just(Group::Pr)];
    let reason = prop_oneof![Just("45"), Just("29"), Just("23"), Just("3")];
    let cuts = prop::collection::vec((group, reason, -500..4_000_i64), 0..4);
    let status = prop_oneof![
        6 => Just(AdviceStatus::Primary),
        2 => Just(AdviceStatus::Secondary),
        2 => Just(AdviceStatus::Denied),
        1 => Just(AdviceStatus::PrimaryForwarded),
        1 => Just(AdviceStatus::NotOursForwarded),
        1 => Just(AdviceStatus::Predetermination),
        5 => Just(AdviceStatus::Reversal),
    ];
    (status, cuts, 1..3_u8).prop_map(|(status, cuts, number)| {
        let sign = if status == AdviceStatus::Reversal { -1 } else { 1 };
        let paid = CHARGE - cuts.iter().map(|(_, _, minor)| minor).sum::<i64>();
        let cuts = cuts.into_iter().map(|(group, reason, minor)| cut(group, reason, sign * minor));
        let payer_claim_number = Some(code(&format!("ICN{number}")));
        let answer = advice(status, sign * CHARGE, sign * paid, cuts.collect());
        RemittedClaim { payer_claim_number, ..answer }
    })
}

fn any_notice() -> impl Strategy<Value = Notice> {
    let categories = (0..9_u8).prop_map(|number| Notice::of_category(&format!("A{number}")));
    let others = prop_oneof![
        Just(Some(Notice::InterchangeAccepted)),
        Just(Some(Notice::InterchangeRejected)),
        Just(Some(Notice::SyntaxAccepted)),
        Just(Some(Notice::SyntaxRejected)),
    ];
    prop_oneof![categories, others].prop_map(Option::unwrap)
}

fn any_command() -> impl Strategy<Value = ClaimCommand> {
    let frequency =
        prop_oneof![Just(Frequency::Original), Just(Frequency::Replacement), Just(Frequency::Void)];
    let order = prop_oneof![4 => Just(PayerOrder::Primary), 1 => Just(PayerOrder::Secondary)];
    let kind = prop_oneof![
        Just(WriteOffKind::CharityCare),
        Just(WriteOffKind::Contractual),
        Just(WriteOffKind::PayerReduction),
        Just(WriteOffKind::PriceConcession)
    ];
    let payer = prop_oneof![3 => Just("P"), 1 => Just("S")];
    prop_oneof![
        4 => (1..9_u16, frequency, order)
            .prop_map(|(number, frequency, order)| submit_as(number, frequency, order)),
        2 => (1..9_000_i64).prop_map(|charge| {
            ClaimCommand::Revise(Revise { content: content(&[charge], &["P", "S"]) })
        }),
        4 => (1..4_u16, any_notice()).prop_map(|(number, notice)| acknowledge(number, notice)),
        8 => (payer, 1..6_u8, any_answer()).prop_map(|(payer, trace, answer)| {
            ClaimCommand::Adjudicate(post_by(payer, &format!("T{trace}"), answer))
        }),
        1 => Just(bill_patient()),
        3 => (1..6_u128, kind, 1..3_000_i64)
            .prop_map(|(number, kind, minor)| write_off(number, kind, minor)),
        1 => (1..6_u128).prop_map(reverse_write_off),
        3 => (1..6_u128, 1..3_000_i64).prop_map(|(number, minor)| pay(number, minor)),
        2 => (1..6_u128, 1..6_u128, 1..3_000_i64)
            .prop_map(|(number, payment, minor)| withdraw(number, payment, minor)),
        1 => (1..3_u128).prop_map(appeal),
        1 => (1..3_u128).prop_map(decide_appeal),
        1 => Just(void()),
        2 => Just(close()),
    ]
}

fn any_history() -> impl Strategy<Value = Vec<ClaimCommand>> {
    let then = prop::collection::vec(any_command(), 0..30);
    (any::<bool>(), then).prop_map(|(two_payers, then)| {
        let payers: &[&str] = if two_payers { &["P", "S"] } else { &["P"] };
        let begin = [draft_of(content(&[CHARGE], payers)), submit()];
        begin.into_iter().chain(then).collect()
    })
}

/// What the accounts and the events say, added up from the log alone.
#[derive(Default)]
struct Books {
    accounts: BTreeMap<Account, i64>,
    patient_paid: i64,
}

impl Books {
    fn hear(&mut self, event: &ClaimEvent) {
        let entry = postings(&LedgerEvent::from(event.clone()));
        let (debit, credit) = entry.iter().fold((0, 0), |(debit, credit), line| {
            (debit + line.debit_minor, credit + line.credit_minor)
        });
        assert_eq!(debit, credit, "{event:?}");
        for line in entry {
            assert!(line.debit_minor >= 0 && line.credit_minor >= 0);
            *self.accounts.entry(line.account).or_default() += line.debit_minor - line.credit_minor;
        }
        if let ClaimEvent::PatientPaymentApplied(event) = event {
            self.patient_paid += event.amount.minor();
        }
        if let ClaimEvent::PatientPaymentWithdrawn(event) = event {
            self.patient_paid -= event.amount.minor();
        }
    }

    fn of(&self, account: Account) -> i64 {
        self.accounts.get(&account).copied().unwrap_or_default()
    }

    fn check(&self, claim: &Claim) {
        let Some(money) = claim.money() else { return };
        let (insurance, patient) = (money.insurance_balance.minor(), money.patient_balance.minor());
        let adjusted = money.adjusted_insurance.minor() + money.adjusted_patient.minor();
        let paid = money.insurance_paid.minor() + money.patient_paid.minor();
        assert_eq!(insurance + patient, money.charge.minor() - paid - adjusted);
        // The sub-ledger is the control account; the patient's money is entered elsewhere.
        assert_eq!(insurance, self.of(Account::InsuranceReceivables));
        assert_eq!(patient, self.of(Account::PatientReceivables) - self.patient_paid);
        assert_eq!(money.insurance_paid.minor(), self.of(Account::InsuranceClearing));
        assert_eq!(money.patient_paid.minor(), self.patient_paid);
        let kept = claim.write_offs.values().filter(|kept| !kept.reversed);
        let charity = kept.filter(|kept| kept.kind == WriteOffKind::CharityCare);
        let charity: i64 = charity.map(|kept| kept.amount.minor()).sum();
        assert_eq!(money.charge.minor() - charity, -self.of(Account::PatientServiceRevenue));
    }
}

/// Which states may follow a state (`mod.rs`).
fn may_follow(before: Status, after: Status) -> bool {
    use Status::{
        Accepted, Adjudicated, Appealed, Closed, Denied, Draft, Received, Rejected, Reversed,
        Submitted, Unknown, Voided,
    };
    let answers = matches!(after, Adjudicated | Denied | Reversed);
    let sends = after == Submitted;
    match before {
        Unknown => after == Draft,
        Draft => sends || after == Voided,
        Submitted | Received | Accepted => {
            answers || sends || matches!(after, Received | Accepted | Rejected | Voided)
        }
        // A later step proves a refusal wrong.
        Rejected => answers || sends || matches!(after, Received | Accepted | Voided),
        Adjudicated | Denied | Reversed => {
            answers || sends || matches!(after, Appealed | Closed | Voided)
        }
        Appealed => answers || after == Voided,
        Closed => answers,
        Voided => false,
    }
}

proptest! {
    #[test]
    fn money_is_conserved_and_the_books_agree_at_every_position(commands in any_history()) {
        let (mut claim, mut books) = (Claim::default(), Books::default());
        for command in commands {
            for event in claim.decide(command).unwrap_or_default() {
                books.hear(&event);
                claim.apply(event);
                books.check(&claim);
            }
        }
    }

    #[test]
    fn it_goes_only_where_the_diagram_goes(commands in any_history()) {
        let mut claim = Claim::default();
        for command in commands {
            for event in claim.decide(command.clone()).unwrap_or_default() {
                let before = claim.status();
                claim.apply(event);
                let after = claim.status();
                prop_assert!(
                    before == after || may_follow(before, after), "{before} to {after}: {command:?}"
                );
            }
        }
    }

    #[test]
    fn an_event_heard_twice_changes_nothing_and_is_read_as_it_was_written(
        commands in any_history()
    ) {
        let mut claim = Claim::default();
        for command in commands {
            for event in claim.decide(command).unwrap_or_default() {
                claim.apply(event.clone());
                let once = claim.clone();
                claim.apply(event.clone());
                prop_assert_eq!(&claim, &once);
                let bytes = event.encode().unwrap();
                let read = LedgerEvent::decode(event.name(), event.version(), &bytes).unwrap();
                prop_assert_eq!(read, event.into());
            }
            let kept = serde_json::to_string(&claim).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Claim>(&kept).unwrap(), &claim);
        }
    }

    #[test]
    fn a_command_given_twice_has_no_second_effect(commands in any_history()) {
        let mut claim = Claim::default();
        for command in commands {
            let Ok(events) = claim.decide(command.clone()) else { continue };
            events.into_iter().for_each(|event| claim.apply(event));
            prop_assert_eq!(claim.decide(command).unwrap_or_default(), vec![]);
        }
    }

    /// However the acknowledgements of one submission come, the claim ends up in one state.
    #[test]
    fn acknowledgements_may_come_in_any_order(
        (notices, shuffled) in prop::collection::vec(any_notice(), 0..6)
            .prop_flat_map(|notices| (Just(notices.clone()), Just(notices).prop_shuffle()))
    ) {
        let status = |notices: &[Notice]| {
            let heard = notices.iter().map(|notice| acknowledge(1, *notice));
            after(&[draft(100), submit()].into_iter().chain(heard).collect::<Vec<_>>()).status()
        };
        prop_assert_eq!(status(&notices), status(&shuffled));
    }

    /// Whatever was answered, taking it back and answering again is as if only the last was said.
    #[test]
    fn reversal_and_correction_are_the_correction(first in any_answer(), second in any_answer()) {
        prop_assume!(![first.status, second.status].contains(&AdviceStatus::Reversal));
        prop_assume!(first.status != AdviceStatus::Predetermination);
        let negated = |cut: &Adjustment| {
            Adjustment { amount: cut.amount.negated().unwrap(), ..cut.clone() }
        };
        let back = RemittedClaim {
            adjustments: first.adjustments.iter().map(negated).collect(),
            charge: first.charge.negated().unwrap(),
            paid: first.paid.negated().unwrap(),
            status: AdviceStatus::Reversal,
            ..first.clone()
        };
        let begin = [draft(CHARGE), submit()];
        let all = [post("T1", first), post("T2", back), post("T3", second.clone())];
        let both = after(&[begin.to_vec(), all.to_vec()].concat());
        let alone = after(&[begin.to_vec(), vec![post("T3", second.clone())]].concat());
        let status = |claim: &Claim| Standing { status: Status::Draft, ..*claim.money().unwrap() };
        prop_assert_eq!(status(&both), status(&alone));
        if second.status != AdviceStatus::Predetermination {
            prop_assert_eq!(both.status(), alone.status());
        }
    }
}

#[test]
fn a_claim_of_fifty_lines_stays_small() {
    let mut content = content(&[100; 50], &["P", "S", "T"]);
    content.diagnoses = vec![sealed("d"); 12];
    let claim = after(&[draft_of(content), submit()]);
    assert!(claim.weight() < 16 * 1024, "{}", claim.weight());
    assert!(serde_json::to_string(&claim).unwrap().len() < 20 * 1024);
}
