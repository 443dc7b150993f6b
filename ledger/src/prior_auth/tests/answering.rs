use super::*;

#[test]
fn the_payer_has_seven_days_or_72_hours() {
    let due = |urgency| {
        let request = PriorAuthCommand::Request(Box::new(request_of("8", urgency)));
        after(&[request]).requested().unwrap().answer_due_at
    };
    let day =
        |day: u8| -> OffsetDateTime { datetime!(2026-02-20 09:00 UTC).replace_day(day).unwrap() };
    assert_eq!(due(Urgency::Standard), day(27));
    assert_eq!(due(Urgency::Urgent), day(23));
}

#[test]
fn a_request_is_made_once() {
    given(&[request()]).when(request()).then_expect_events(vec![]);
    let other = PriorAuthCommand::Request(Box::new(request_of("9", Urgency::Standard)));
    given(&[request()])
        .when(other)
        .then_expect_error(PriorAuthError::Exists { status: Status::Requested });
}

#[test]
fn a_request_for_nothing_or_for_a_span_backwards_is_refused() {
    let none = PriorAuthCommand::Request(Box::new(request_of("0", Urgency::Standard)));
    given(&[]).when(none).then_expect_error(PriorAuthError::NoUnits);
    let span = Span { ends_on: MARCH.starts_on, starts_on: MARCH.ends_on };
    let backwards = Request { span, ..request_of("8", Urgency::Standard) };
    given(&[])
        .when(PriorAuthCommand::Request(Box::new(backwards)))
        .then_expect_error(PriorAuthError::SpanBackwards { span });
    let diagnoses = vec![sealed("diagnoses"); 13];
    let many = Request { diagnoses, ..request_of("8", Urgency::Standard) };
    given(&[])
        .when(PriorAuthCommand::Request(Box::new(many)))
        .then_expect_error(PriorAuthError::TooManyDiagnoses { diagnoses: 13, most_diagnoses: 12 });
}

#[test]
fn nothing_is_answered_that_was_not_asked() {
    let commands = [pend(), approve("8"), deny(), draw(1, MARCH.starts_on, "1"), give_back(1)];
    for command in commands.into_iter().chain([expire(MARCH.ends_on), mark_used(), cancel()]) {
        given(&[]).when(command).then_expect_error(PriorAuthError::Unknown);
    }
}

#[test]
fn the_figures_say_whether_an_approval_is_whole() {
    let status =
        |of, span, certification| after(&[request(), approval(of, span, certification)]).status();
    let short = Span { ends_on: date!(2026 - 03 - 30), ..MARCH };
    assert_eq!(status("8", MARCH, Certification::InFull), Status::Approved);
    assert_eq!(status("9", MARCH, Certification::InFull), Status::Approved);
    assert_eq!(status("7", MARCH, Certification::InFull), Status::PartlyApproved);
    assert_eq!(status("8", short, Certification::InFull), Status::PartlyApproved);
    assert_eq!(status("8", MARCH, Certification::InPart), Status::PartlyApproved);
    assert_eq!(status("7", short, Certification::Modified), Status::Modified);
}

#[test]
fn a_late_pend_after_the_decision_changes_nothing() {
    for answer in [approve("8"), deny()] {
        given(&[request(), answer]).when(pend()).then_expect_events(vec![]);
    }
    assert_eq!(after(&[request(), pend()]).status(), Status::Pended);
}

#[test]
fn the_same_answer_twice_is_one() {
    let approved = [request(), pend(), approve("8"), draw(1, MARCH.starts_on, "3")];
    given(&approved).when(approve("8")).then_expect_events(vec![]);
    given(&[request(), deny()]).when(deny()).then_expect_events(vec![]);
}

#[test]
fn a_denial_may_be_overturned_but_an_approval_is_not_denied() {
    assert_eq!(after(&[request(), deny(), approve("8")]).status(), Status::Approved);
    given(&[request(), approve("8")])
        .when(deny())
        .then_expect_error(PriorAuthError::NotOpen { status: Status::Approved });
}

#[test]
fn a_revision_below_what_is_drawn_is_refused() {
    let known = [request(), approve("8"), draw(1, date!(2026 - 03 - 31), "5")];
    let (approved, drawn) = (units("4"), units("5"));
    given(&known)
        .when(approval("4", MARCH, Certification::Modified))
        .then_expect_error(PriorAuthError::BelowDrawn { approved, drawn });
    let span = Span { ends_on: date!(2026 - 03 - 30), ..MARCH };
    let service_on = date!(2026 - 03 - 31);
    given(&known)
        .when(approval("8", span, Certification::Modified))
        .then_expect_error(PriorAuthError::DrawnOutside { service_on, span });
    let mut revised = known.to_vec();
    revised.push(approval("6", MARCH, Certification::Modified));
    assert_eq!(after(&revised).units_left(), units("1"));
}

#[test]
fn it_expires_the_day_after_its_last() {
    let ends_on = MARCH.ends_on;
    given(&[request(), approve("8")])
        .when(expire(ends_on))
        .then_expect_error(PriorAuthError::StillGood { ends_on });
    let expired_on = date!(2026 - 04 - 01);
    given(&[request(), approve("8")])
        .when(expire(expired_on))
        .then_expect_events(vec![Expired { expired_on, units_left: units("8") }.into()]);
    let expired = [request(), approve("8"), expire(expired_on)];
    given(&expired).when(expire(date!(2026 - 04 - 02))).then_expect_events(vec![]);
    given(&[request()])
        .when(expire(expired_on))
        .then_expect_error(PriorAuthError::NotApproved { status: Status::Requested });
}

#[test]
fn what_is_denied_cannot_be_used_up_or_withdrawn() {
    given(&[request(), deny()])
        .when(mark_used())
        .then_expect_error(PriorAuthError::NotApproved { status: Status::Denied });
    given(&[request(), deny()])
        .when(cancel())
        .then_expect_error(PriorAuthError::NotOpen { status: Status::Denied });
}

#[test]
fn canceled_is_for_good() {
    let known = [request(), approve("8"), cancel()];
    given(&known).when(cancel()).then_expect_events(vec![]);
    let refused = PriorAuthError::NotOpen { status: Status::Canceled };
    given(&known).when(approve("8")).then_expect_error(refused);
}
