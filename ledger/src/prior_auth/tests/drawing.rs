use super::*;

#[test]
fn a_draw_leaves_fewer_units() {
    given(&[request(), approve("8")])
        .when(draw(1, MARCH.ends_on, "3"))
        .then_expect_events(vec![drawn(1, MARCH.ends_on, "3", "5")]);
}

#[test]
fn a_draw_past_the_units_left_is_refused() {
    given(&[request(), approve("8")])
        .when(draw(1, MARCH.starts_on, "8.001"))
        .then_expect_error(PriorAuthError::Overdrawn { asked: units("8.001"), left: units("8") });
}

#[test]
fn a_draw_after_the_last_day_or_before_the_first_is_refused() {
    for service_on in [date!(2026 - 02 - 28), date!(2026 - 04 - 01)] {
        given(&[request(), approve("8")])
            .when(draw(1, service_on, "1"))
            .then_expect_error(PriorAuthError::OutsideSpan { service_on, span: MARCH });
    }
}

#[test]
fn a_claim_line_draws_once() {
    let known = [request(), approve("8"), draw(1, MARCH.starts_on, "3")];
    given(&known).when(draw(1, MARCH.starts_on, "3")).then_expect_events(vec![]);
    let (claim_line_id, service_on) = (line(1), MARCH.starts_on);
    given(&known).when(draw(1, MARCH.starts_on, "2")).then_expect_error(
        PriorAuthError::DrawnOtherwise { claim_line_id, service_on, units: units("3") },
    );
}

#[test]
fn nothing_is_drawn_from_what_is_not_approved() {
    let day = MARCH.starts_on;
    let cases = [
        (vec![request()], Status::Requested),
        (vec![request(), pend()], Status::Pended),
        (vec![request(), deny()], Status::Denied),
        (vec![request(), approve("8"), mark_used()], Status::Used),
        (vec![request(), approve("8"), cancel()], Status::Canceled),
    ];
    for (known, status) in cases {
        given(&known)
            .when(draw(1, day, "1"))
            .then_expect_error(PriorAuthError::NotApproved { status });
    }
    given(&[request(), approve("8")])
        .when(draw(1, day, "0"))
        .then_expect_error(PriorAuthError::NoUnits);
}

#[test]
fn what_was_delivered_in_time_is_drawn_after_expiry() {
    let known = [request(), approve("8"), expire(date!(2026 - 04 - 01))];
    given(&known).when(draw(1, MARCH.ends_on, "2")).then_expect_events(vec![drawn(
        1,
        MARCH.ends_on,
        "2",
        "6",
    )]);
    let service_on = date!(2026 - 04 - 01);
    given(&known)
        .when(draw(1, service_on, "2"))
        .then_expect_error(PriorAuthError::OutsideSpan { service_on, span: MARCH });
}

#[test]
fn a_draw_given_back_can_be_drawn_again() {
    let known = [request(), approve("8"), draw(1, MARCH.starts_on, "3"), mark_used()];
    let given_back = UnitsGivenBack {
        claim_line_id: line(1),
        status: Status::Approved,
        units: units("3"),
        units_left: units("8"),
    };
    given(&known).when(give_back(1)).then_expect_events(vec![given_back.into()]);
    given(&known).when(give_back(2)).then_expect_events(vec![]);
    let mut again = known.to_vec();
    again.extend([give_back(1), draw(1, MARCH.starts_on, "4")]);
    assert_eq!(after(&again).units_left(), units("4"));
}
