use super::*;

fn answered(commands: &[ClaimCommand], then: ClaimCommand) -> Adjudicated {
    match events_of(commands, then).remove(0) {
        ClaimEvent::Adjudicated(answered) => answered,
        other => panic!("{other:?}"),
    }
}

fn sent(charge: i64) -> Vec<ClaimCommand> {
    vec![draft(charge), submit()]
}

fn sent_to_two(charge: i64) -> Vec<ClaimCommand> {
    vec![draft_of(content(&[charge], &["P", "S"])), submit()]
}

fn with(known: &[ClaimCommand], then: &[ClaimCommand]) -> Vec<ClaimCommand> {
    [known, then].concat()
}

#[test]
fn an_answer_is_posted_once_whatever_file_it_comes_in() {
    let known = with(&sent(12_000), &[post("T1", b2())]);
    assert_eq!(owed(&known), (0, 2_000));
    given(&known).when(post("T1", b2())).then_expect_events(vec![]);
    let reversed = with(&known, &[post("T2", b4())]);
    given(&reversed).when(post("T2", b4())).then_expect_events(vec![]);
    given(&reversed).when(post("T1", b2())).then_expect_events(vec![]);
}

#[test]
fn two_answers_alike_in_one_payment_are_two() {
    let half = || advice(AdviceStatus::Primary, 6_000, 6_000, vec![]);
    let second =
        ClaimCommand::Adjudicate(Adjudicate { occurrence: 2, ..post_by("P", "T1", half()) });
    assert_eq!(owed(&with(&sent(12_000), &[post("T1", half()), second])), (0, 0));
}

#[test]
fn an_answer_before_the_claim_is_refused_for_the_caller_to_keep() {
    given(&[]).when(post("T1", b2())).then_expect_error(ClaimError::Unknown);
    given(&[draft(12_000)]).when(post("T1", b2())).then_expect_error(ClaimError::NotSubmitted);
}

#[test]
fn an_answer_for_another_account_or_in_another_money_is_refused() {
    let (account, given_account) = (code("C1001"), code("C9"));
    let other = RemittedClaim { account: given_account.clone(), ..b2() };
    given(&sent(12_000))
        .when(post("T1", other))
        .then_expect_error(ClaimError::OtherAccount { account, given: given_account });
    let lower = RemittedClaim { account: code("c1001"), ..b2() };
    assert_eq!(owed(&with(&sent(12_000), &[post("T1", lower)])), (0, 2_000));
    let eur: Currency = "EUR".parse().unwrap();
    let foreign = RemittedClaim { charge: Money::zero(eur), ..b2() };
    given(&sent(12_000))
        .when(post("T1", foreign))
        .then_expect_error(ClaimError::CurrencyMismatch { claim: Currency::USD, given: eur });
}

#[test]
fn an_unbalanced_answer_is_refused_with_the_figures() {
    let off = RemittedClaim { paid: usd(7_999), ..b2() };
    let imbalance = Imbalance { computed: usd(8_000), stated: usd(7_999) };
    given(&sent(12_000))
        .when(post("T1", off))
        .then_expect_error(ClaimError::Unbalanced { imbalance, line: None });
    let lines = vec![remitted_line(1, 11_000, 11_000, vec![])];
    let short = RemittedClaim { lines, ..b2() };
    let imbalance = Imbalance { computed: usd(11_000), stated: usd(12_000) };
    given(&sent(12_000))
        .when(post("T1", short))
        .then_expect_error(ClaimError::Unbalanced { imbalance, line: None });
}

/// Two lines that are out by as much in either direction.
fn lines_out() -> RemittedClaim {
    let cuts = |minor| vec![cut(Group::Co, "45", minor)];
    let lines =
        vec![remitted_line(1, 6_000, 5_000, cuts(2_000)), remitted_line(2, 6_000, 5_000, vec![])];
    RemittedClaim { lines, ..advice(AdviceStatus::Primary, 12_000, 10_000, vec![]) }
}

#[test]
fn lines_out_in_a_claim_that_adds_up_are_refused_or_counted() {
    let known = [draft_of(content(&[6_000, 6_000], &["P"])), submit()];
    let imbalance = Imbalance { computed: usd(4_000), stated: usd(5_000) };
    given(&known)
        .when(post("T1", lines_out()))
        .then_expect_error(ClaimError::Unbalanced { imbalance, line: Some(1) });
    let policy = PostingPolicy { lines: LineRule::PostClaim, ..PostingPolicy::default() };
    let lenient = Adjudicate { policy, ..post_by("P", "T1", lines_out()) };
    let answer = answered(&known, ClaimCommand::Adjudicate(lenient));
    assert_eq!(answer.unbalanced_lines, 2);
    assert_eq!(answer.standing.insurance_balance, usd(0));
}

#[test]
fn lines_are_recognized_by_name_or_by_their_only_procedure() {
    let known = [draft_of(content(&[6_000, 6_000], &["P"])), submit()];
    let paid = |named, procedure: &str| RemittedLine {
        claim_line_id: named,
        procedure: code(procedure),
        ..remitted_line(1, 6_000, 6_000, vec![])
    };
    let lines = vec![paid(Some(id(2)), "0"), paid(None, "99211"), paid(Some(id(7)), "0")];
    let base = advice(AdviceStatus::Primary, 18_000, 18_000, vec![]);
    let answer = answered(&known, post("T1", RemittedClaim { lines, ..base }));
    let ids: Vec<_> = answer.lines.iter().map(|line| line.claim_line_id).collect();
    assert_eq!(ids, [Some(id(2)), Some(id(1)), None]);
}

#[test]
fn each_adjustment_goes_where_the_table_says() {
    let cuts = vec![
        cut(Group::Co, "45", 100),
        cut(Group::Co, "29", 200),
        cut(Group::Pr, "1", 300),
        cut(Group::Oa, "23", 400),
        cut(Group::Oa, "94", -50),
        cut(Group::Pi, "16", 600),
        cut(Group::Co, "253", 0),
    ];
    let sorted = answered(
        &sent(10_000),
        post("T1", advice(AdviceStatus::Primary, 10_000, 10_000 - 1_550, cuts)),
    )
    .sorted;
    let expected = Sorted {
        contractual: usd(100),
        open: usd(750),
        paid: usd(8_450),
        patient: usd(300),
        prior: usd(400),
    };
    assert_eq!(sorted, expected);
}

#[test]
fn the_list_of_contractual_reasons_is_policy() {
    let contractual = [code("29")].into();
    let policy = PostingPolicy { contractual, lines: LineRule::Refuse };
    let cuts = vec![cut(Group::Co, "45", 100), cut(Group::Co, "29", 200)];
    let advice = advice(AdviceStatus::Primary, 10_000, 9_700, cuts);
    let command = Adjudicate { policy, ..post_by("P", "T1", advice) };
    let sorted = answered(&sent(10_000), ClaimCommand::Adjudicate(command)).sorted;
    assert_eq!((sorted.contractual, sorted.open), (usd(200), usd(100)));
}

#[test]
fn a_denial_takes_nothing_off_and_bills_nobody() {
    let cuts = vec![cut(Group::Co, "45", 2_500), cut(Group::Co, "29", 5_000)];
    let known = with(&sent(7_500), &[post("T1", advice(AdviceStatus::Denied, 7_500, 0, cuts))]);
    assert_eq!(owed(&known), (7_500, 0));
    assert_eq!(after(&known).status(), Status::Denied);
}

#[test]
fn a_predetermination_posts_nothing() {
    let known = with(
        &sent(12_000),
        &[post("T1", RemittedClaim { status: AdviceStatus::Predetermination, ..b2() })],
    );
    assert_eq!(owed(&known), (12_000, 0));
    assert_eq!(after(&known).status(), Status::Submitted);
    assert_eq!(owed(&with(&known, &[post("T2", b2())])), (0, 2_000));
}

#[test]
fn the_patients_share_waits_for_a_further_payer() {
    let primary = with(&sent_to_two(12_000), &[post("T1", b2())]);
    assert_eq!(owed(&primary), (2_000, 0));
    let cuts = vec![cut(Group::Oa, "23", 10_000), cut(Group::Pr, "2", 500)];
    let second = advice(AdviceStatus::Secondary, 12_000, 1_500, cuts);
    let second = ClaimCommand::Adjudicate(post_by("S", "T2", second));
    assert_eq!(owed(&with(&primary, &[second])), (0, 500));
}

#[test]
fn a_forwarded_claim_leaves_nothing_to_the_patient() {
    for status in [AdviceStatus::PrimaryForwarded, AdviceStatus::NotOursForwarded] {
        let cuts = vec![cut(Group::Pr, "1", 12_000)];
        let known = with(&sent(12_000), &[post("T1", advice(status, 12_000, 0, cuts))]);
        assert_eq!(owed(&known), (12_000, 0));
    }
}

#[test]
fn a_later_payers_word_replaces_an_earlier_ones() {
    let billed = with(&sent_to_two(12_000), &[post("T1", b2()), bill_patient()]);
    assert_eq!(owed(&billed), (0, 2_000));
    given(&billed).when(bill_patient()).then_expect_events(vec![]);
    let cuts = vec![cut(Group::Oa, "23", 10_000), cut(Group::Pr, "2", 500)];
    let second = advice(AdviceStatus::Secondary, 12_000, 1_500, cuts);
    let second = ClaimCommand::Adjudicate(post_by("S", "T2", second));
    assert_eq!(owed(&with(&billed, &[second])), (0, 500));
}

#[test]
fn a_reversal_mirrors_what_was_posted_here() {
    let known = with(&sent(12_000), &[post("T1", b2())]);
    let stated =
        RemittedClaim { paid: usd(-7_000), adjustments: vec![], charge: usd(-7_000), ..b4() };
    let ClaimEvent::Reversed(reversed) = events_of(&known, post("T2", stated)).remove(0) else {
        panic!();
    };
    assert_eq!(reversed.sorted.paid, usd(-8_000));
    assert_eq!(reversed.difference, usd(1_000));
    let ClaimEvent::Reversed(exact) = events_of(&known, post("T2", b4())).remove(0) else {
        panic!();
    };
    assert_eq!(exact.difference, usd(0));
    let taken_back = with(&known, &[post("T2", b4())]);
    assert_eq!(owed(&taken_back), (12_000, 0));
    assert_eq!(after(&taken_back).status(), Status::Reversed);
}

#[test]
fn a_reversal_of_nothing_is_refused_for_the_caller_to_keep() {
    let payer_claim_number = Some(code("ICN1"));
    given(&sent(12_000))
        .when(post("T1", b4()))
        .then_expect_error(ClaimError::NothingToReverse { payer_claim_number });
    let other = RemittedClaim { payer_claim_number: Some(code("ICN2")), ..b4() };
    let payer_claim_number = Some(code("ICN2"));
    given(&with(&sent(12_000), &[post("T1", b2())]))
        .when(post("T2", other))
        .then_expect_error(ClaimError::NothingToReverse { payer_claim_number });
}

#[test]
fn reversal_and_correction_are_the_correction_in_any_order_they_can_come_in() {
    let correction = with(&sent(12_000), &[post("T1", b5())]);
    let answers = [post("T1", b2()), post("T2", b4()), post("T3", b5())];
    assert_eq!(owed(&with(&sent(12_000), &answers)), owed(&correction));
    let late = [post("T1", b2()), post("T3", b5()), post("T2", b4())];
    assert_eq!(owed(&with(&sent(12_000), &late)), owed(&correction));
}
