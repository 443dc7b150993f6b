//! What every command answers to `dry_run=true`.

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{Content, OneOfBuilder, Ref, RefOr, ResponseBuilder, Schema, path::Operation},
};

use crate::{
    endpoint::Schemas,
    preview::Preview,
    roles::{Kind, Rule},
};

const JSON: &str = "application/json";
const ABOUT: &str = "With `dry_run=true`: what it would do";

/// The shapes, named.
pub(super) fn schemas(schemas: &mut Schemas) {
    schemas.push((Preview::name().into_owned(), Preview::schema()));
    <Preview as ToSchema>::schemas(schemas);
}

/// Adds the preview to the answers of a command: by itself, or as the other thing that 200 says.
pub(super) fn add(operation: &mut Operation, rule: &Rule) {
    if !matches!(rule.kind, Kind::KeyedCommand | Kind::Command) {
        return;
    }
    let preview = || RefOr::Ref(Ref::from_schema_name(Preview::name()));
    let responses = &mut operation.responses.responses;
    match responses.get_mut("200") {
        Some(RefOr::T(response)) => {
            response.description = format!("{}. {ABOUT}", response.description);
            let usual = match response.content.get(JSON) {
                Some(RefOr::T(content)) => content.schema.clone(),
                Some(RefOr::Ref(_)) | None => None,
            };
            let schema = usual.map_or_else(preview, |usual| either(usual, preview()));
            response.content.insert(JSON.to_owned(), Content::new(Some(schema)).into());
        }
        Some(RefOr::Ref(_)) => {}
        None => {
            let content = Content::new(Some(preview()));
            let response = ResponseBuilder::new().description(ABOUT).content(JSON, content);
            responses.insert("200".to_owned(), response.build().into());
        }
    }
}

fn either(usual: RefOr<Schema>, preview: RefOr<Schema>) -> RefOr<Schema> {
    Schema::OneOf(OneOfBuilder::new().item(usual).item(preview).build()).into()
}
