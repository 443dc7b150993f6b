//! What every command answers besides its own answer: to `dry_run=true`, and where nothing waits
//! for the read models.

use utoipa::{
    ToSchema,
    openapi::{
        Content, Ref, RefOr, ResponseBuilder, Schema,
        path::Operation,
        schema::{AnyOf, AnyOfBuilder},
    },
};

use crate::{
    answer::Appended,
    endpoint::Schemas,
    preview::Preview,
    roles::{Kind, Rule},
};

const JSON: &str = "application/json";
const ABOUT: &str = "With `dry_run=true`: what it would do";
const BARE: &str = "What was appended, where the read models are not waited for or are late";

/// The shapes, named.
pub(super) fn schemas(schemas: &mut Schemas) {
    named::<Preview>(schemas);
    named::<Appended>(schemas);
}

fn named<T: ToSchema>(schemas: &mut Schemas) {
    schemas.push((T::name().into_owned(), T::schema()));
    <T as ToSchema>::schemas(schemas);
}

fn reference<T: ToSchema>() -> RefOr<Schema> {
    RefOr::Ref(Ref::from_schema_name(T::name()))
}

/// Adds the bare outcome to every answer of a command that has a body, and the preview to the
/// answers: by itself, or as the other thing that 200 says.
pub(super) fn add(operation: &mut Operation, rule: &Rule) {
    if !matches!(rule.kind, Kind::KeyedCommand | Kind::Command) {
        return;
    }
    let responses = &mut operation.responses.responses;
    for (_, response) in responses.iter_mut().filter(|(status, _)| status.starts_with('2')) {
        let RefOr::T(response) = response else { continue };
        let Some(RefOr::T(content)) = response.content.get_mut(JSON) else { continue };
        if let Some(usual) = content.schema.take() {
            response.description = format!("{}. {BARE}", response.description);
            content.schema = Some(either(usual, reference::<Appended>()));
        }
    }
    let preview = ResponseBuilder::new().description(ABOUT).build();
    let response = responses.entry("200".to_owned()).or_insert_with(|| RefOr::T(preview));
    let RefOr::T(response) = response else { return };
    if response.description != ABOUT {
        response.description = format!("{}. {ABOUT}", response.description);
    }
    let usual = match response.content.get(JSON) {
        Some(RefOr::T(content)) => content.schema.clone(),
        Some(RefOr::Ref(_)) | None => None,
    };
    let preview = reference::<Preview>();
    let schema = match usual {
        Some(usual) => either(usual, preview),
        None => preview,
    };
    response.content.insert(JSON.to_owned(), Content::new(Some(schema)).into());
}

/// One or the other; a choice grows by one.
fn either(usual: RefOr<Schema>, other: RefOr<Schema>) -> RefOr<Schema> {
    let known = match usual {
        RefOr::T(Schema::AnyOf(AnyOf { items, .. })) => items,
        usual => vec![usual],
    };
    let choice = known.into_iter().fold(AnyOfBuilder::new(), AnyOfBuilder::item);
    Schema::AnyOf(choice.item(other).build()).into()
}
