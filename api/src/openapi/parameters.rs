//! What every parameter and header of a name may be, said once: what its reader refuses, the
//! document must not allow.

use serde_json::json;
use utoipa::openapi::{
    Object, RefOr, Schema,
    path::{Operation, Parameter, ParameterIn},
    schema::{KnownFormat, SchemaFormat, SchemaType, Type},
};

use crate::roles::Rule;

/// A month of the calendar.
const MONTH: &str = "^[0-9]{4}-(0[1-9]|1[0-2])$";

/// Bounds the parameters of an operation.
pub(super) fn bound(operation: &mut Operation, rule: &Rule) {
    for parameter in operation.parameters.iter_mut().flatten() {
        let RefOr::T(parameter) = parameter else { continue };
        match parameter.parameter_in {
            ParameterIn::Query => query(parameter, rule),
            ParameterIn::Header => header(parameter),
            ParameterIn::Path => path(parameter),
            ParameterIn::Cookie | ParameterIn::QueryString => {}
        }
    }
}

fn object(parameter: &mut Parameter) -> Option<&mut Object> {
    match parameter.schema.as_mut()? {
        RefOr::T(Schema::Object(object)) => Some(object),
        RefOr::T(_) | RefOr::Ref(_) => None,
    }
}

fn query(parameter: &mut Parameter, rule: &Rule) {
    let name = parameter.name.clone();
    let Some(schema) = object(parameter) else { return };
    match name.as_str() {
        "limit" => between(schema, 1, most(rule)),
        "children" => between(schema, 1, 500),
        "days" => between(schema, 0, 30),
        "offset" => between(schema, 0, 1_000_000),
        "skip" | "row" | "as_of_position" | "at_position" | "until_position" | "before"
        | "after" | "until" | "position" => schema.minimum = Some(0.into()),
        "size" => schema.minimum = Some(1.into()),
        "from" | "to" if rule.pattern == "/v1/proofs/consistency" => {
            schema.minimum = Some(1.into());
        }
        // Ageing has a business day of this name, too.
        "as_of" if !rule.pattern.starts_with("/v1/admin/reports/ageing") => {
            schema.format = Some(SchemaFormat::KnownFormat(KnownFormat::DateTime));
        }
        "month" => schema.pattern = Some(MONTH.to_owned()),
        "currency" => schema.pattern = Some("^[A-Za-z]{3}$".to_owned()),
        _ => {}
    }
}

/// How long a page may be.
fn most(rule: &Rule) -> isize {
    match rule.pattern {
        "/v1/events" => 1_000,
        _ => 200,
    }
}

fn between(schema: &mut Object, least: isize, most: isize) {
    schema.minimum = Some(least.into());
    schema.maximum = Some(most.into());
}

fn header(parameter: &mut Parameter) {
    let name = parameter.name.clone();
    let Some(schema) = object(parameter) else { return };
    match name.as_str() {
        "Idempotency-Key" => {
            schema.pattern = Some("^[!-~]{1,255}$".to_owned());
        }
        "If-Match" => schema.pattern = Some(r#"^(\*|"[0-9]{1,18}")$"#.to_owned()),
        "Daybook-Wait" => schema.enum_values = Some(vec![json!("settled"), json!("none")]),
        "Daybook-Min-Position" | "Last-Event-ID" => {
            schema.schema_type = SchemaType::Type(Type::Integer);
            schema.format = Some(SchemaFormat::KnownFormat(KnownFormat::Int64));
            schema.minimum = Some(0.into());
        }
        _ => {}
    }
}

fn path(parameter: &mut Parameter) {
    let name = parameter.name.clone();
    let Some(schema) = object(parameter) else { return };
    match name.as_str() {
        "period" => schema.pattern = Some(MONTH.to_owned()),
        "position" => {
            schema.schema_type = SchemaType::Type(Type::Integer);
            schema.format = Some(SchemaFormat::KnownFormat(KnownFormat::Int64));
            schema.minimum = Some(1.into());
        }
        _ => {}
    }
}
