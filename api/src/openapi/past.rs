//! What every route that can tell of the past takes and answers, said once.

use utoipa::{
    IntoParams,
    openapi::{RefOr, ResponseBuilder, header::HeaderBuilder, path::Operation, path::ParameterIn},
};

use super::{problems, text};
use crate::{
    past::{has_past, is_bitemporal},
    roles::Rule,
};

/// As of when.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
struct PastParams {
    /// As it was once the log had reached this position, and nothing later.
    as_of_position: Option<i64>,
    /// As it was at this instant (RFC 3339): the last position recorded by then. Or as_of_position,
    /// not both.
    #[param(value_type = Option<String>)]
    as_of: Option<String>,
}

/// About which day.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
struct DayParams {
    /// Only what belongs to business days up to and with this one, as it is known now, or, with
    /// as_of or as_of_position, as it was known then.
    #[param(value_type = Option<time::Date>)]
    effective_on: Option<time::Date>,
}

/// Adds them.
pub(super) fn add(operation: &mut Operation, rule: &Rule) {
    let mut parameters = Vec::new();
    if has_past(rule) {
        parameters.extend(PastParams::into_params(|| Some(ParameterIn::Query)));
    }
    if is_bitemporal(rule) {
        parameters.extend(DayParams::into_params(|| Some(ParameterIn::Query)));
    }
    let known = operation.parameters.get_or_insert_default();
    for parameter in parameters {
        let is_known = known.iter().any(|known| match known {
            RefOr::T(known) => known.name == parameter.name,
            RefOr::Ref(_) => false,
        });
        if !is_known {
            known.push(parameter.into());
        }
    }
    if has_past(rule) {
        answers(operation);
    } else if rule.method == "GET" {
        problems::one(operation, 422, "`not_as_of`, `not_bitemporal`");
    }
}

fn answers(operation: &mut Operation) {
    let responses = &mut operation.responses.responses;
    if let Some(RefOr::T(answer)) = responses.get_mut("200") {
        let header = HeaderBuilder::new().schema(Some(text()));
        let said = "The instant that is asked for, else when the position was recorded";
        let header = header.description(Some(said)).build();
        answer.headers.insert("Daybook-As-Of".to_owned(), header.into());
    }
    let location = HeaderBuilder::new().schema(Some(text())).build();
    let preparing = ResponseBuilder::new()
        .description("The past of a long log is being folded: ask again once `Location` says ready")
        .header("Location", location);
    responses.insert("202".to_owned(), RefOr::T(preparing.build()));
    let refusals = "`as_of_in_future`, `not_as_of`, `not_bitemporal`, `answer_too_large`";
    problems::one(operation, 422, refusals);
}
