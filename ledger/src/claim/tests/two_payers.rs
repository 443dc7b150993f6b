//! What two payers take off one claim by contract counts once.

use proptest::prelude::*;

use super::*;

const CHARGES: [i64; 2] = [10_000, 4_000];

fn sent() -> Vec<ClaimCommand> {
    vec![draft_of(content(&CHARGES, &["P", "S"])), submit()]
}

/// What one payer does with the two lines: paid, taken off by contract, told again (`OA` 23),
/// left to the patient.
type Lines = [[i64; 4]; 2];

fn lines(of: &Lines, sign: i64) -> Vec<RemittedLine> {
    let line = |(number, [paid, off, prior, share]): (u128, [i64; 4])| {
        let cuts = [(Group::Co, "45", off), (Group::Oa, "23", prior), (Group::Pr, "2", share)];
        let cuts = cuts.into_iter().filter(|(_, _, minor)| *minor != 0);
        let cuts = cuts.map(|(group, reason, minor)| cut(group, reason, sign * minor));
        let charge = paid + off + prior + share;
        remitted_line(number, sign * charge, sign * paid, cuts.collect())
    };
    (1..).zip(*of).map(line).collect()
}

fn answer_of(status: AdviceStatus, of: &Lines) -> RemittedClaim {
    let sign = if status == AdviceStatus::Reversal { -1 } else { 1 };
    let lines = lines(of, sign);
    let charge = lines.iter().map(|line| line.charge.minor()).sum();
    let paid = lines.iter().map(|line| line.paid.minor()).sum();
    RemittedClaim { lines, ..advice(status, charge, paid, vec![]) }
}

fn primary(of: &Lines) -> ClaimCommand {
    ClaimCommand::Adjudicate(post_by("P", "T1", answer_of(AdviceStatus::Primary, of)))
}

fn secondary(of: &Lines) -> ClaimCommand {
    ClaimCommand::Adjudicate(post_by("S", "T2", answer_of(AdviceStatus::Secondary, of)))
}

fn taken_back(payer: &str, of: &Lines) -> ClaimCommand {
    let trace = format!("T9{payer}");
    ClaimCommand::Adjudicate(post_by(payer, &trace, answer_of(AdviceStatus::Reversal, of)))
}

/// Contractual adjustments, what payers owe, what the patient owes.
fn figures(then: &[ClaimCommand]) -> (i64, i64, i64) {
    let claim = after(&[sent(), then.to_vec()].concat());
    let money = claim.money().unwrap();
    (
        money.adjusted_insurance.minor(),
        money.insurance_balance.minor(),
        money.patient_balance.minor(),
    )
}

const FIRST: Lines = [[6_000, 2_000, 0, 2_000], [3_000, 500, 0, 500]];
/// It repeats what the first took off, instead of telling it again as `OA` 23.
const SECOND: Lines = [[1_500, 2_000, 6_000, 500], [400, 500, 3_000, 100]];

#[test]
fn what_the_first_payer_took_off_is_not_taken_off_again_in_either_order() {
    assert_eq!(figures(&[primary(&FIRST)]), (2_500, 2_500, 0));
    assert_eq!(figures(&[primary(&FIRST), secondary(&SECOND)]), (2_500, 0, 600));
    assert_eq!(figures(&[secondary(&SECOND), primary(&FIRST)]), (2_500, 0, 600));
}

#[test]
fn an_answer_says_how_much_of_it_was_entered() {
    let known = [sent(), vec![primary(&FIRST)]].concat();
    let ClaimEvent::Adjudicated(second) = events_of(&known, secondary(&SECOND)).remove(0) else {
        panic!();
    };
    assert_eq!((second.sorted.contractual, second.sorted.prior), (usd(0), usd(11_500)));
    assert_eq!(second.lines[0].sorted.contractual, usd(2_000));
    let parts = [second.sorted.open, second.sorted.paid, second.sorted.patient];
    let parts: i64 = parts.iter().map(|part| part.minor()).sum();
    assert_eq!(parts + 11_500, second.charge.minor());
}

#[test]
fn a_second_payer_that_allows_less_takes_off_the_difference_line_by_line() {
    let less: Lines = [[500, 3_000, 6_000, 500], [500, 0, 3_500, 0]];
    assert_eq!(figures(&[primary(&FIRST), secondary(&less)]), (3_500, 0, 500));
    assert_eq!(figures(&[secondary(&less), primary(&FIRST)]), (3_500, 0, 500));
}

#[test]
fn a_second_payer_that_calls_payments_a_contract_takes_off_no_more_than_is_left() {
    let blunt: Lines = [[2_000, 8_000, 0, 0], [500, 3_500, 0, 0]];
    assert_eq!(figures(&[primary(&FIRST), secondary(&blunt)]), (2_500, 0, 0));
    assert_eq!(figures(&[secondary(&blunt), primary(&FIRST)]), (2_500, 0, 0));
}

#[test]
fn an_answer_without_lines_is_compared_over_the_whole_claim() {
    let cuts = vec![cut(Group::Co, "45", 2_500), cut(Group::Oa, "23", 9_000)];
    let whole = advice(AdviceStatus::Secondary, 14_000, 2_500, cuts);
    let whole = ClaimCommand::Adjudicate(post_by("S", "T2", whole));
    assert_eq!(figures(&[primary(&FIRST), whole.clone()]), (2_500, 0, 0));
    assert_eq!(figures(&[whole, primary(&FIRST)]), (2_500, 0, 0));
}

#[test]
fn taking_one_answer_back_leaves_what_the_other_took_off() {
    let both = [primary(&FIRST), secondary(&SECOND)];
    let without_first = [both.to_vec(), vec![taken_back("P", &FIRST)]].concat();
    assert_eq!(figures(&without_first), figures(&[secondary(&SECOND)]));
    let without_second = [both.to_vec(), vec![taken_back("S", &SECOND)]].concat();
    assert_eq!(figures(&without_second), figures(&[primary(&FIRST)]));
}

#[test]
fn what_somebody_gave_up_stays_given_up() {
    let given_up = write_off(1, WriteOffKind::Contractual, 700);
    let known = [primary(&FIRST), given_up, secondary(&SECOND)];
    assert_eq!(figures(&known), (3_200, -700, 600));
}

fn any_lines() -> impl Strategy<Value = Lines> {
    let line = |charge: i64| {
        (0..=charge, 0..=charge, 0..=charge).prop_map(move |(a, b, c)| {
            let mut at = [a, b, c];
            at.sort_unstable();
            [at[0], at[1] - at[0], at[2] - at[1], charge - at[2]]
        })
    };
    (line(CHARGES[0]), line(CHARGES[1])).prop_map(|(first, second)| [first, second])
}

proptest! {
    #[test]
    fn the_figures_do_not_depend_on_the_order_of_the_answers(
        first in any_lines(), second in any_lines()
    ) {
        let (one, other) = (primary(&first), secondary(&second));
        prop_assert_eq!(
            figures(&[one.clone(), other.clone()]), figures(&[other.clone(), one.clone()])
        );
        for (payer, of, rest) in [("P", &first, &other), ("S", &second, &one)] {
            let back = [one.clone(), other.clone(), taken_back(payer, of)];
            prop_assert_eq!(figures(&back), figures(std::slice::from_ref(rest)));
        }
    }

    #[test]
    fn never_more_is_taken_off_than_both_say_nor_less_than_the_first(
        first in any_lines(), second in any_lines()
    ) {
        let (off, ..) = figures(&[primary(&first), secondary(&second)]);
        let of = |lines: &Lines| lines.iter().map(|line| line[1]).sum::<i64>();
        prop_assert!(of(&first) <= off && off <= of(&first) + of(&second));
        prop_assert!(CHARGES.iter().sum::<i64>() >= off);
    }
}
