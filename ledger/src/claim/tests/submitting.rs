use super::*;

fn status(commands: &[ClaimCommand]) -> Status {
    after(commands).status()
}

fn submitted(commands: &[ClaimCommand], then: ClaimCommand) -> Submitted {
    match events_of(commands, then).remove(0) {
        ClaimEvent::Submitted(submitted) => submitted,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_claim_with_findings_is_not_sent() {
    let findings = vec![Finding { line: None, problem: Problem::BillingNpiMissing }];
    let content = Content { billing_npi: None, ..content(&[100], &["P"]) };
    given(&[draft_of(content)]).when(submit()).then_expect_error(ClaimError::NotValid { findings });
    let findings = vec![Finding { line: None, problem: Problem::PayerMissing }];
    given(&[draft(100)])
        .when(submit_as(1, Frequency::Original, PayerOrder::Secondary))
        .then_expect_error(ClaimError::NotValid { findings });
}

#[test]
fn the_charge_goes_to_the_books_and_the_difference_later() {
    let first = submitted(&[draft(12_000)], submit());
    assert_eq!((first.charge, first.charge_change), (usd(12_000), usd(12_000)));
    assert_eq!((first.submission, first.account.as_str()), (1, "C1001"));
    let revise = ClaimCommand::Revise(Revise { content: content(&[9_000], &["P"]) });
    let known = [draft(12_000), submit(), acknowledge(1, Notice::Accepted), revise];
    let second = submitted(&known, submit_as(2, Frequency::Replacement, PayerOrder::Primary));
    assert_eq!((second.charge, second.charge_change), (usd(9_000), usd(-3_000)));
    assert_eq!(second.payer_claim_number, Some(code("ICN1")));
}

#[test]
fn the_same_submission_twice_is_one() {
    given(&[draft(100), submit()]).when(submit()).then_expect_events(vec![]);
    let ClaimCommand::Submit(other) = submit() else { panic!() };
    let other = ClaimCommand::Submit(Submit { digest: Some(code("f00d")), ..other });
    given(&[draft(100), submit()])
        .when(other)
        .then_expect_error(ClaimError::ControlReused { submission: 1 });
}

/// As the writer hands the order on.
fn numbered(number: i64) -> ClaimCommand {
    let ClaimCommand::Submit(given) = submit() else { panic!() };
    let mut own =
        ClaimCommand::Submit(Submit { control: None, digest: None, number: None, ..given });
    assert_eq!(Claim::series(&own).as_deref(), Some("CTL"));
    Claim::assign_number(&mut own, number);
    own
}

#[test]
fn without_the_senders_numbers_it_goes_out_under_the_next_of_our_own() {
    assert_eq!(Claim::series(&submit()), None);
    let given_by_sender = submitted(&[draft(100)], submit());
    assert_eq!((given_by_sender.number, given_by_sender.control), (None, control(1)));
    let sent = submitted(&[draft(100)], numbered(7));
    assert_eq!(sent.number.as_deref(), Some("CTL-00007"));
    let ControlNumbers { group, interchange, transaction } = sent.control;
    let widths = [interchange.as_str(), group.as_str(), transaction.as_str()];
    assert_eq!(widths, ["000000007", "7", "0007"]);
    let again = submitted(&[draft(100)], numbered(1_000_000_001));
    assert_eq!(again.control.interchange, code("000000002"));
    let ClaimCommand::Submit(unnumbered) = numbered(1) else { panic!() };
    given(&[draft(100)])
        .when(ClaimCommand::Submit(Submit { number: None, ..unnumbered }))
        .then_expect_error(ClaimError::NumberMissing);
}

#[test]
fn a_claim_on_its_way_is_not_sent_again() {
    let (frequency, status) = (Frequency::Original, Status::Submitted);
    given(&[draft(100), submit()])
        .when(submit_as(2, frequency, PayerOrder::Primary))
        .then_expect_error(ClaimError::NotReady { frequency, status });
    let frequency = Frequency::Replacement;
    given(&[draft(100)])
        .when(submit_as(2, frequency, PayerOrder::Primary))
        .then_expect_error(ClaimError::NotReady { frequency, status: Status::Draft });
}

#[test]
fn a_replacement_names_the_payers_number() {
    let ClaimCommand::Acknowledge(accepted) = acknowledge(1, Notice::Accepted) else { panic!() };
    let accepted = Acknowledge { payer_claim_number: None, ..accepted };
    let findings = vec![Finding { line: None, problem: Problem::PayerClaimNumberMissing }];
    given(&[draft(100), submit(), ClaimCommand::Acknowledge(accepted)])
        .when(submit_as(2, Frequency::Replacement, PayerOrder::Primary))
        .then_expect_error(ClaimError::NotValid { findings });
}

#[test]
fn lines_draw_when_sent_and_give_back_when_replaced() {
    let prior_auth_id = PriorAuthId::new(id(0xa));
    let with = |units: &str| {
        let units = Units::try_from(units.parse::<rust_decimal::Decimal>().unwrap()).unwrap();
        let line = ServiceLine { prior_auth_id: Some(prior_auth_id), units, ..line(1, 100) };
        let draw = LineDraw { claim_line_id: id(1), prior_auth_id, service_on: TODAY, units };
        let service_on = line.service_starts_on;
        (Content { lines: vec![line], ..content(&[], &["P"]) }, LineDraw { service_on, ..draw })
    };
    let ((first, drawn), (second, redrawn)) = (with("2"), with("3"));
    let sent = submitted(&[draft_of(first.clone())], submit());
    assert_eq!((sent.draws, sent.given_back), (vec![drawn], vec![]));
    let known = [draft_of(first), submit(), acknowledge(1, Notice::Unprocessable)];
    let again = submitted(&known, submit_as(2, Frequency::Original, PayerOrder::Primary));
    assert_eq!((again.draws, again.given_back), (vec![], vec![]));
    let revised = [known.to_vec(), vec![ClaimCommand::Revise(Revise { content: second })]].concat();
    let again = submitted(&revised, submit_as(2, Frequency::Original, PayerOrder::Primary));
    assert_eq!((again.draws, again.given_back), (vec![redrawn], vec![drawn]));
    let ClaimEvent::Voided(voided) = events_of(&known, void()).remove(0) else { panic!() };
    assert_eq!(voided.given_back, vec![drawn]);
}

#[test]
fn only_a2_is_acceptance() {
    let said = |notice| status(&[draft(100), submit(), acknowledge(1, notice)]);
    let category = |code| said(Notice::of_category(code).unwrap());
    assert_eq!(said(Notice::of_interchange("A").unwrap()), Status::Submitted);
    assert_eq!(said(Notice::of_interchange("R").unwrap()), Status::Rejected);
    assert_eq!(said(Notice::of_functional("E").unwrap()), Status::Submitted);
    assert_eq!(said(Notice::of_functional("X").unwrap()), Status::Rejected);
    assert_eq!(category("A0"), Status::Received);
    assert_eq!(category("A1"), Status::Received);
    assert_eq!(category("A2"), Status::Accepted);
    assert_eq!(category("A5"), Status::Accepted);
    for rejected in ["A3", "A4", "A6", "A7", "A8"] {
        assert_eq!(category(rejected), Status::Rejected, "{rejected}");
    }
    assert_eq!(Notice::of_category("A9"), None);
    assert_eq!(Notice::of_interchange("P"), None);
    assert_eq!(Notice::of_functional("P"), None);
}

#[test]
fn a_later_step_proves_the_earlier_ones() {
    let known = [draft(100), submit(), acknowledge(1, Notice::Accepted)];
    let late = |notice| status(&[known.to_vec(), vec![acknowledge(1, notice)]].concat());
    assert_eq!(late(Notice::SyntaxRejected), Status::Accepted);
    assert_eq!(late(Notice::InterchangeAccepted), Status::Accepted);
    assert_eq!(late(Notice::MissingInformation), Status::Rejected);
    given(&known).when(acknowledge(1, Notice::Accepted)).then_expect_events(vec![]);
}

#[test]
fn an_answer_proves_everything() {
    let known = [draft(12_000), submit(), post("T1", b2())];
    for notice in [Notice::SyntaxRejected, Notice::MissingInformation, Notice::Accepted] {
        let then = [known.to_vec(), vec![acknowledge(1, notice)]].concat();
        assert_eq!(status(&then), Status::Adjudicated);
    }
}

#[test]
fn an_acknowledgement_of_an_earlier_submission_changes_nothing() {
    let again = submit_as(2, Frequency::Original, PayerOrder::Primary);
    let known = [draft(100), submit(), acknowledge(1, Notice::SyntaxRejected), again];
    given(&known).when(acknowledge(1, Notice::Accepted)).then_expect_events(vec![]);
    given(&known)
        .when(acknowledge(3, Notice::Accepted))
        .then_expect_error(ClaimError::UnknownSubmission { asked: 3, last: 2 });
    given(&[draft(100)])
        .when(acknowledge(1, Notice::Accepted))
        .then_expect_error(ClaimError::NotSubmitted);
}
