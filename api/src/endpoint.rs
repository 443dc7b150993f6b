//! A route with everything it must have: handler, rule, documentation.

use std::collections::BTreeMap;

use actix_web::{
    HttpRequest, Resource, Route, Scope,
    middleware::from_fn,
    web::{self, ServiceConfig},
};
use utoipa::{
    __dev::{SchemaReferences, Tags},
    Path,
    openapi::{RefOr, path::Operation, schema::Schema},
};

use crate::{
    edge::Matched,
    error::ApiError,
    resources,
    roles::{self, Rule},
};

/// Named schemas of the OpenAPI document.
pub(crate) type Schemas = Vec<(String, RefOr<Schema>)>;

/// A handler with its documentation.
pub(crate) struct Endpoint {
    pub(crate) method: String,
    pub(crate) pattern: String,
    pub(crate) operation: Operation,
    pub(crate) schemas: fn(&mut Schemas),
    route: fn() -> Route,
}

impl Endpoint {
    /// Use [`endpoint!`].
    pub(crate) fn new<'t, P: Path + SchemaReferences + Tags<'t>>(route: fn() -> Route) -> Self {
        let mut operation = P::operation();
        operation.tags = Some(P::tags().into_iter().map(str::to_owned).collect());
        let method = P::methods().first().map_or_else(String::new, method_name);
        Self {
            method,
            pattern: P::path(),
            operation,
            schemas: <P as SchemaReferences>::schemas,
            route,
        }
    }

    /// One that is documented otherwise than by `#[utoipa::path]`.
    pub(crate) fn documented(
        method: String,
        pattern: String,
        operation: Operation,
        schemas: fn(&mut Schemas),
        route: fn() -> Route,
    ) -> Self {
        Self { method, pattern, operation, schemas, route }
    }

    /// Who may use it. Every endpoint has a rule: the tests see to that, and without one it is
    /// not served at all.
    pub(crate) fn rule(&self) -> Option<&'static Rule> {
        roles::rule(&self.method, &self.pattern)
    }
}

/// `endpoint!(show::show, show::__path_show)`: the handler, and what `#[utoipa::path]` made of it.
macro_rules! endpoint {
    ($handler:path, $documented:path) => {
        $crate::endpoint::Endpoint::new::<$documented>(|| actix_web::Route::new().to($handler))
    };
}
pub(crate) use endpoint;

fn method_name(method: &utoipa::openapi::HttpMethod) -> String {
    use utoipa::openapi::HttpMethod as Method;
    let name = match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
        Method::Options => "OPTIONS",
        Method::Head => "HEAD",
        Method::Patch => "PATCH",
        Method::Trace => "TRACE",
    };
    name.to_owned()
}

/// Method and pattern of every route that is served, for the tests.
pub fn registered() -> Vec<(String, String)> {
    let all = resources::endpoints();
    all.into_iter().map(|endpoint| (endpoint.method, endpoint.pattern)).collect()
}

/// Serves every endpoint behind its gate. Fixed segments come before variable ones.
///
/// The router asks one pattern after the other. So that none waits for a few hundred others, those
/// that begin alike are scopes of their own, and in them those that go on with the same id: each
/// scope costs one comparison. Nothing is served beyond a scope's end that another one begins with.
pub(crate) fn register(config: &mut ServiceConfig) {
    for (prefix, endpoints) in grouped(resources::endpoints(), fixed) {
        let mut scope = web::scope(&prefix);
        for (id, endpoints) in grouped(endpoints, |pattern| variable(&pattern[prefix.len()..])) {
            let before = prefix.len() + id.len();
            let resources = grouped(endpoints, |pattern| &pattern[before..])
                .map(|(rest, all)| resource(&rest, &all));
            scope = if id.is_empty() {
                resources.fold(scope, Scope::service)
            } else {
                scope.service(resources.fold(web::scope(&id), Scope::service))
            };
        }
        config.service(scope);
    }
}

/// Endpoints by a part of their pattern; `{…}` sorts behind every letter.
fn grouped(
    endpoints: Vec<Endpoint>,
    part: impl Fn(&str) -> &str,
) -> impl Iterator<Item = (String, Vec<Endpoint>)> {
    let mut groups: BTreeMap<String, (String, Vec<Endpoint>)> = BTreeMap::new();
    for endpoint in endpoints {
        let part = part(&endpoint.pattern).to_owned();
        let group = groups.entry(part.replace('{', "\u{10ffff}")).or_insert((part, Vec::new()));
        group.1.push(endpoint);
    }
    groups.into_values()
}

/// The first three segments, fewer where one of them is variable: `/v1/billing/invoices`.
fn fixed(pattern: &str) -> &str {
    let ends = pattern.match_indices('/').map(|(at, _)| at).chain([pattern.len()]);
    let fixed = |end: &usize| !pattern[..*end].contains('{');
    &pattern[..ends.skip(1).take(3).take_while(fixed).last().unwrap_or_default()]
}

/// The variable segment that a path goes on with, if it does: `/{invoice_id}`.
fn variable(rest: &str) -> &str {
    match rest.strip_prefix("/{").and_then(|rest| rest.find('}')) {
        Some(length) => &rest[..length + 3],
        None => "",
    }
}

fn resource(rest: &str, endpoints: &[Endpoint]) -> Resource {
    let mut resource = web::resource(rest);
    let mut methods = Vec::new();
    for endpoint in endpoints {
        let Some(rule) = endpoint.rule() else { continue };
        methods.push(rule.method);
        let gated = (endpoint.route)()
            .method(method_of(rule))
            .wrap(from_fn(move |request, next| crate::credentials::gate(rule, request, next)));
        resource = resource.route(gated);
    }
    let allowed = methods.join(", ");
    let first = endpoints.first().and_then(Endpoint::rule);
    resource.default_service(web::to(move |request: HttpRequest| {
        let error = ApiError::MethodNotAllowed { allowed: allowed.clone() };
        if let Some(rule) = first {
            actix_web::HttpMessage::extensions_mut(&request).insert(Matched(rule));
        }
        async move { Err::<String, _>(error) }
    }))
}

fn method_of(rule: &Rule) -> actix_web::http::Method {
    use actix_web::http::Method;
    match rule.method {
        "POST" => Method::POST,
        "PUT" => Method::PUT,
        "DELETE" => Method::DELETE,
        _ => Method::GET,
    }
}
