//! The OpenAPI 3.1 document: the handlers' own documentation, completed from the table of rules,
//! so that no handler has to repeat what the gate and the extractors do.

use utoipa::openapi::{
    ComponentsBuilder, Content, HttpMethod, InfoBuilder, LicenseBuilder, ObjectBuilder, OpenApi,
    OpenApiBuilder, PathItem, Paths, RefOr, Required, Schema,
    header::HeaderBuilder,
    path::{Operation, ParameterBuilder, ParameterIn},
    schema::{KnownFormat, SchemaFormat, Type},
    security::{
        ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
    },
};

use crate::{
    endpoint::{Endpoint, Schemas},
    paging::NDJSON,
    resources,
    roles::{Access, Kind, Rule},
};

mod parameters;
mod past;
mod preview;
mod problems;
#[cfg(test)]
mod tests;

const ABOUT: &str = "Daybook is an event-sourced billing ledger: every figure can be proved, \
     explained, and seen as it was at any moment. The paths below are the canonical ones; \
     `/api/v1/…` and `/api/…` mean the same.";

/// The document.
pub(crate) fn document() -> OpenApi {
    let mut paths = Paths::new();
    let mut schemas: Schemas = Vec::new();
    for endpoint in resources::endpoints() {
        (endpoint.schemas)(&mut schemas);
        let Some(rule) = endpoint.rule() else { continue };
        let item = PathItem::new(http_method(rule), completed(&endpoint, rule));
        match paths.paths.get_mut(&endpoint.pattern) {
            Some(known) => known.merge_operations(item),
            None => {
                paths.paths.insert(endpoint.pattern.clone(), item);
            }
        }
    }
    problems::schemas(&mut schemas);
    preview::schemas(&mut schemas);
    let info = InfoBuilder::new()
        .title("Daybook")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT))
        .license(Some(LicenseBuilder::new().name("MIT OR Apache-2.0").build()))
        .build();
    let components = ComponentsBuilder::new()
        .schemas_from_iter(schemas)
        .security_scheme("api_key", bearer("An org's API key, `dbk_…`"))
        .security_scheme("api_key_header", header_key())
        .security_scheme("operator", bearer("The operator's token; it belongs to no org"))
        .build();
    OpenApiBuilder::new().info(info).paths(paths).components(Some(components)).build()
}

fn bearer(description: &str) -> SecurityScheme {
    let http = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(description));
    SecurityScheme::Http(http.build())
}

fn header_key() -> SecurityScheme {
    SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new("X-Api-Key")))
}

fn http_method(rule: &Rule) -> HttpMethod {
    match rule.method {
        "POST" => HttpMethod::Post,
        "PUT" => HttpMethod::Put,
        "DELETE" => HttpMethod::Delete,
        _ => HttpMethod::Get,
    }
}

/// What a handler says, and what goes for every route of its kind.
fn completed(endpoint: &Endpoint, rule: &Rule) -> Operation {
    let mut operation = endpoint.operation.clone();
    let name = format!("{}{}", rule.method.to_ascii_lowercase(), rule.pattern);
    operation.operation_id = Some(name.replace(['/', '{', '}', '.', '-'], "_"));
    let roles = match rule.access {
        Access::Public => "Needs no key.".to_owned(),
        Access::Operator => "Needs the operator's token.".to_owned(),
        Access::Roles(roles) => {
            let names: Vec<_> = roles.iter().map(|role| role.as_str()).collect();
            format!("Roles: {}.", names.join(", "))
        }
    };
    let description = operation.description.take().unwrap_or_default();
    operation.description = Some(format!("{description}\n\n{roles}").trim().to_owned());
    operation.security = Some(security(rule));
    add_path_parameters(&mut operation, rule);
    add_headers(&mut operation, rule);
    past::add(&mut operation, rule);
    preview::add(&mut operation, rule);
    parameters::bound(&mut operation, rule);
    problems::add(&mut operation, rule);
    add_lines(&mut operation, rule);
    operation
}

fn security(rule: &Rule) -> Vec<SecurityRequirement> {
    let none: [&str; 0] = [];
    match rule.access {
        Access::Public => vec![],
        Access::Operator => vec![SecurityRequirement::new("operator", none)],
        Access::Roles(_) => vec![
            SecurityRequirement::new("api_key", none),
            SecurityRequirement::new("api_key_header", none),
        ],
    }
}

/// Lists without a cursor that are answered as lines too.
const SHORT_LISTS: [&str; 3] =
    ["/v1/admin/keys", "/v1/admin/orgs", "/v1/admin/finance/reconcile/stripe-events"];

/// Every list is also answered as lines (NDJSON): all items of the filter.
fn add_lines(operation: &mut Operation, rule: &Rule) {
    let parameters = operation.parameters.iter().flatten();
    let pages = parameters.filter_map(|parameter| match parameter {
        RefOr::T(parameter) => Some(parameter.name.as_str()),
        RefOr::Ref(_) => None,
    });
    let timeline = rule.pattern.starts_with("/v1/admin/timeline/");
    let short = rule.method == "GET" && SHORT_LISTS.contains(&rule.pattern);
    if rule.pattern.ends_with("/explain") {
        return;
    }
    if !(timeline || short || pages.into_iter().any(|name| name == "cursor")) {
        return;
    }
    if let Some(RefOr::T(answer)) = operation.responses.responses.get_mut("200") {
        let lines = RefOr::T(Content::new(Some(text())));
        answer.content.entry(NDJSON.to_owned()).or_insert(lines);
    }
}

fn add_path_parameters(operation: &mut Operation, rule: &Rule) {
    let known = operation.parameters.get_or_insert_default();
    known.retain(
        |known| !matches!(known, RefOr::T(known) if known.parameter_in == ParameterIn::Path),
    );
    for name in rule.pattern.split('{').skip(1).filter_map(|part| part.split('}').next()) {
        let is_uuid =
            !matches!(name, "patient_id" | "period" | "position" | "file" | "id" | "model");
        let schema = if is_uuid { text_of("uuid") } else { text() };
        add(operation, name, ParameterIn::Path, true, schema, describe(name));
    }
}

fn describe(name: &str) -> &'static str {
    match name {
        "patient_id" => "The caller's own id of the patient",
        "office_id" | "org_id" => "The org",
        "period" => "A month, `YYYY-MM`",
        "position" => "Place in the org's log",
        "file" => "Name of the file",
        "model" => "Name of the read model",
        _ => "Id of the thing",
    }
}

fn add_headers(operation: &mut Operation, rule: &Rule) {
    let mut header = |name, required, description| {
        add(operation, name, ParameterIn::Header, required, text(), description);
    };
    match rule.kind {
        Kind::Query => header(
            "Daybook-Min-Position",
            false,
            "Answer only once this position is known; 503 `projection_behind` after two seconds",
        ),
        Kind::KeyedCommand | Kind::Command => {
            let keyed = rule.kind == Kind::KeyedCommand;
            header("Idempotency-Key", keyed, "1 to 255 visible ASCII characters");
            header("If-Match", false, "The ETag: refuses with 412 if it changed since");
            header("Daybook-Wait", false, "`settled` waits for what follows, `none` does not");
            let dry = "Answer what would happen, append nothing";
            add(operation, "dry_run", ParameterIn::Query, false, boolean(), dry);
        }
        Kind::Read | Kind::Management | Kind::Webhook | Kind::Feed | Kind::Stream => {}
    }
    if matches!(rule.kind, Kind::Query | Kind::KeyedCommand | Kind::Command) {
        let position = HeaderBuilder::new()
            .schema(Some(text()))
            .description(Some("Position of the answer in the org's log"))
            .build();
        for response in operation.responses.responses.values_mut() {
            if let RefOr::T(response) = response {
                response.headers.insert("Daybook-Position".to_owned(), position.clone().into());
            }
        }
    }
}

fn add(
    operation: &mut Operation,
    name: &str,
    place: ParameterIn,
    required: bool,
    schema: RefOr<Schema>,
    description: &str,
) {
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(if required { Required::True } else { Required::False })
        .schema(Some(schema))
        .description(Some(description))
        .build();
    operation.parameters.get_or_insert_default().push(parameter.into());
}

fn text() -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(Type::String).build().into()
}

fn text_of(format: &str) -> RefOr<Schema> {
    let format = match format {
        "uuid" => SchemaFormat::KnownFormat(KnownFormat::Uuid),
        other => SchemaFormat::Custom(other.to_owned()),
    };
    ObjectBuilder::new().schema_type(Type::String).format(Some(format)).build().into()
}

fn boolean() -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(Type::Boolean).build().into()
}
