use super::*;

fn problems(content: Content) -> Vec<(Option<u8>, Problem)> {
    let findings = after(&[draft_of(content)]).findings(TODAY).unwrap();
    findings.into_iter().map(|finding| (finding.line, finding.problem)).collect()
}

#[test]
fn a_claim_is_drafted_once() {
    given(&[draft(12_000)]).when(draft(12_000)).then_expect_events(vec![]);
    given(&[draft(12_000)])
        .when(draft(11_000))
        .then_expect_error(ClaimError::Exists { status: Status::Draft });
}

#[test]
fn what_the_format_cannot_hold_is_refused_with_the_figures() {
    let base = || content(&[100], &["P"]);
    let refused = |content: Content, count, most, part| {
        given(&[]).when(draft_of(content)).then_expect_error(ClaimError::TooMany {
            count,
            most,
            part,
        });
    };
    refused(content(&[100; 51], &["P"]), 51, 50, Part::Lines);
    refused(content(&[100], &["1", "2", "3", "4"]), 4, 3, Part::Payers);
    let diagnoses = vec![sealed("d"); 13];
    refused(Content { diagnoses, ..base() }, 13, 12, Part::Diagnoses);
    let account = code("123456789012345678901");
    refused(Content { account, ..base() }, 21, 20, Part::AccountCharacters);
    let lines = vec![ServiceLine { modifiers: vec![code("59"); 5], ..line(1, 100) }];
    refused(Content { lines, ..base() }, 5, 4, Part::Modifiers);
    let lines = vec![ServiceLine { diagnosis_pointers: vec![1; 5], ..line(1, 100) }];
    refused(Content { lines, ..base() }, 5, 4, Part::Pointers);
}

#[test]
fn a_line_is_there_once_and_costs_something_in_the_claims_currency() {
    let with = |lines| draft_of(Content { lines, ..content(&[], &["P"]) });
    given(&[])
        .when(with(vec![line(1, 100), line(1, 100)]))
        .then_expect_error(ClaimError::LineTwice { line_id: id(1) });
    given(&[])
        .when(with(vec![line(1, -1)]))
        .then_expect_error(ClaimError::ChargeNegative { charge: usd(-1) });
    let eur: Currency = "EUR".parse().unwrap();
    let foreign = ServiceLine { charge: Money::zero(eur), ..line(1, 0) };
    given(&[])
        .when(with(vec![foreign]))
        .then_expect_error(ClaimError::CurrencyMismatch { claim: Currency::USD, given: eur });
}

#[test]
fn a_sound_claim_has_no_findings() {
    assert_eq!(problems(content(&[12_000, 500], &["P", "S"])), []);
}

#[test]
fn each_finding_names_its_element() {
    use Problem::{
        BillingNpiInvalid, BillingNpiMissing, DiagnosisMissing, MemberIdMissing, NoLine,
        PayerMissing, PlaceOfServiceMissing, RenderingIsBilling, RenderingNpiInvalid,
    };
    let base = || content(&[100], &["P"]);
    let wrong = "1234567890".parse().ok();
    let of_claim = |content: Content| problems(content).into_iter().map(|(_, problem)| problem);
    let cases: Vec<(Content, Problem, &str)> = vec![
        (content(&[], &["P"]), NoLine, "2400 LX01"),
        (content(&[0], &["P"]), Problem::ChargeNotPositive, "2300 CLM02"),
        (content(&[100], &[]), PayerMissing, "2010BB NM109"),
        (Content { billing_npi: None, ..base() }, BillingNpiMissing, "2010AA NM109"),
        (Content { billing_npi: wrong, ..base() }, BillingNpiInvalid, "2010AA NM109"),
        (Content { rendering_npi: wrong, ..base() }, RenderingNpiInvalid, "2310B NM109"),
        (
            Content { rendering_npi: base().billing_npi, ..base() },
            RenderingIsBilling,
            "2310B NM109",
        ),
        (Content { diagnoses: vec![], ..base() }, DiagnosisMissing, "2300 HI01"),
        (Content { place_of_service: None, ..base() }, PlaceOfServiceMissing, "2300 CLM05-1"),
        (
            Content { payers: vec![Coverage { member_id: None, ..coverage("P") }], ..base() },
            MemberIdMissing,
            "2010BA NM109",
        ),
    ];
    for (content, problem, element) in cases {
        assert!(of_claim(content).any(|found| found == problem), "{problem:?}");
        assert_eq!(problem.element(), element);
    }
}

#[test]
fn each_finding_of_a_line_names_the_line() {
    use Problem::{
        PointerMissing, PointerOutOfRange, ServiceDatesBackwards, ServiceInFuture, UnitsMissing,
    };
    let second = |line: ServiceLine| {
        let lines = vec![super::line(1, 100), ServiceLine { line_id: id(2), ..line }];
        problems(Content { lines, ..content(&[], &["P"]) })
    };
    let base = || line(2, 100);
    let tomorrow = TODAY.next_day().unwrap();
    let cases = [
        (ServiceLine { diagnosis_pointers: vec![], ..base() }, PointerMissing),
        (ServiceLine { diagnosis_pointers: vec![2], ..base() }, PointerOutOfRange),
        (ServiceLine { diagnosis_pointers: vec![0], ..base() }, PointerOutOfRange),
        (ServiceLine { service_starts_on: TODAY, ..base() }, ServiceDatesBackwards),
        (ServiceLine { service_ends_on: tomorrow, ..base() }, ServiceInFuture),
        (ServiceLine { units: Units::ZERO, ..base() }, UnitsMissing),
    ];
    for (line, problem) in cases {
        assert_eq!(second(line), [(Some(2), problem)]);
    }
}

#[test]
fn looking_it_over_again_says_nothing_new_until_it_changes() {
    let validate = ClaimCommand::Validate(Validate { today: TODAY });
    let known = [draft_of(content(&[100], &[])), validate.clone()];
    given(&known).when(validate.clone()).then_expect_events(vec![]);
    let content = content(&[100], &["P"]);
    let revised = [known.to_vec(), vec![ClaimCommand::Revise(Revise { content })]].concat();
    given(&revised)
        .when(validate)
        .then_expect_events(vec![Validated { findings: vec![], validated_on: TODAY }.into()]);
}

#[test]
fn account_and_patient_never_change() {
    let revise = |content| ClaimCommand::Revise(Revise { content });
    let account = code("C1002");
    given(&[draft(100)])
        .when(revise(Content { account, ..content(&[100], &["P"]) }))
        .then_expect_error(ClaimError::OtherClaim);
    let patient = AnonymousRef("anon_fedcba9876543210".to_owned());
    given(&[draft(100)])
        .when(revise(Content { patient, ..content(&[100], &["P"]) }))
        .then_expect_error(ClaimError::OtherClaim);
    given(&[draft(100)]).when(revise(content(&[100], &["P"]))).then_expect_events(vec![]);
    given(&[draft(100), void()])
        .when(revise(content(&[200], &["P"])))
        .then_expect_error(ClaimError::NotOpen { status: Status::Voided });
}
