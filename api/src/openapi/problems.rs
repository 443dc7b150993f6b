//! The shape of every error, and which of them a route may answer.

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{Content, Ref, RefOr, ResponseBuilder, path::Operation},
};

use crate::{
    endpoint::Schemas,
    error::PROBLEM_JSON,
    roles::{Access, Kind, Rule},
};

/// Problem details (RFC 9457).
#[derive(ToSchema)]
#[expect(dead_code, reason = "only the shapes are used")]
struct Problem {
    /// `urn:daybook:problem:<code>`
    r#type: String,
    /// The status in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// Stable; programs decide by it.
    code: String,
    /// What is wrong, for people.
    detail: String,
    /// Whether the same request may work later.
    retryable: bool,
    /// Every wrong field.
    errors: Option<Vec<ProblemField>>,
    /// The figures behind a refusal.
    figures: Option<serde_json::Value>,
}

/// One wrong field.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only the shapes are used")]
struct ProblemField {
    /// JSON pointer (RFC 6901) into the body, or the parameter's name.
    pointer: String,
    /// `required`, `unknown`, `duplicate` or `invalid`.
    code: String,
    /// What was expected.
    detail: String,
}

/// The shapes, named.
pub(super) fn schemas(schemas: &mut Schemas) {
    schemas.push((Problem::name().into_owned(), Problem::schema()));
    schemas.push((ProblemField::name().into_owned(), ProblemField::schema()));
}

/// The problems that the gate and the extractors may answer, by status.
pub(super) fn add(operation: &mut Operation, rule: &Rule) {
    let mut problems: Vec<(u16, &str)> = Vec::new();
    if rule.access != Access::Public {
        problems.extend([
            (401, "`unauthorized`"),
            (403, "`forbidden`, `foreign_org`, `org_suspended`, `org_closed`"),
            (429, "`rate_limited`, `busy`: see Retry-After"),
        ]);
    }
    match rule.kind {
        Kind::Query | Kind::Read | Kind::Stream => {
            problems.push((
                400,
                "`invalid_query`, `invalid_header`, `invalid_cursor`, `position_beyond_log`",
            ));
        }
        Kind::KeyedCommand | Kind::Command => problems.extend([
            (400, "`malformed_json`, `invalid_header`, `idempotency_key_required`"),
            (409, "`conflict` and refusals that something exists already"),
            (412, "`version_mismatch`"),
            (413, "`payload_too_large`"),
            (415, "`unsupported_media_type`"),
            (422, "`invalid_body`, `idempotency_key_reused`, and refusals by their own code"),
        ]),
        Kind::Feed => problems.extend([
            (400, "`malformed_json`"),
            (409, "`operation.other_content`"),
            (413, "`payload_too_large`"),
            (415, "`unsupported_media_type`"),
            (422, "`invalid_body`, `event_type_unknown`, and refusals by their own code"),
        ]),
        Kind::Management => problems.extend([
            (400, "`malformed_json`"),
            (413, "`payload_too_large`"),
            (415, "`unsupported_media_type`"),
            (422, "`invalid_body`"),
        ]),
        Kind::Webhook => problems.extend([
            (400, "`webhook_unverified`, `webhook_unreadable`"),
            (412, "`webhook_not_configured`"),
            (413, "`payload_too_large`"),
            (422, "`webhook_org_unknown`"),
        ]),
    }
    problems.extend([
        (404, "`not_found`, and refusals that something is unknown"),
        (500, "`internal`"),
        (503, "`unavailable`, `projection_behind`, `needs_upgrade`, `commit_indeterminate`"),
    ]);
    problems.extend(own(rule));
    for (status, description) in problems {
        one(operation, status, description);
    }
}

/// What single routes answer besides.
fn own(rule: &Rule) -> Option<(u16, &'static str)> {
    match (rule.method, rule.pattern) {
        ("GET", "/v1/events") => Some((406, "`not_acceptable`")),
        ("GET", "/v1/proofs/checkpoint" | "/v1/proofs/consistency" | "/v1/proofs/inclusion") => {
            Some((409, "`not_signed`: the same request works later"))
        }
        ("POST", "/v1/admin/policies/{policy}/retry") => Some((409, "`nothing_refused`")),
        ("POST", "/v1/admin/policies/{policy}/unpark" | "/v1/admin/projections/{model}/unpark") => {
            Some((409, "`not_parked`"))
        }
        ("POST", "/v1/admin/projections/{model}/rebuild") => Some((409, "`rebuild_running`")),
        ("POST", "/v1/admin/projections/{model}/abort") => Some((409, "`rebuild_not_running`")),
        _ => None,
    }
}

/// Adds a problem, unless the route has said what this status means.
pub(super) fn one(operation: &mut Operation, status: u16, description: &str) {
    operation
        .responses
        .responses
        .entry(status.to_string())
        .or_insert_with(|| RefOr::T(problem_response(description)));
}

fn problem_response(description: &str) -> utoipa::openapi::Response {
    let schema = RefOr::Ref(Ref::from_schema_name("Problem"));
    ResponseBuilder::new()
        .description(description)
        .content(PROBLEM_JSON, Content::new(Some(schema)))
        .build()
}
