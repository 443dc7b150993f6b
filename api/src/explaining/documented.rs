//! The route of an explanation and its documentation, made from those of the thing.

use actix_web::Route;
use utoipa::{
    __dev::SchemaReferences,
    Path, ToSchema,
    openapi::{
        Content, Ref, RefOr, Required, Response,
        path::{Operation, ParameterBuilder, ParameterIn},
        schema::{ObjectBuilder, Schema, Type},
    },
};

use super::{
    show::{Explains, explain},
    view::Explained,
};
use crate::endpoint::{Endpoint, Schemas};

const PARAMETERS: [(&str, bool, Type, &str); 6] = [
    (
        "figure",
        false,
        Type::String,
        "Which field of the answer: its name, or the way to it (`payments/0/amount`). A row of a \
         list goes by its place or by any word that it holds: its id, account or currency. \
         Without one the problem names those that there are.",
    ),
    ("children", false, Type::Integer, "Nodes below a node, 1 to 500; 100 unless said otherwise."),
    ("row", false, Type::Integer, "Only this row, by its place; the others are one sum."),
    ("skip", false, Type::Integer, "Rows passed over; with a row chosen, its events passed over."),
    ("proofs", false, Type::Boolean, "With a proof of each event, where a checkpoint has it."),
    (
        "at_position",
        false,
        Type::Integer,
        "As it was at this position; `as_of_position` says the same.",
    ),
];

/// The endpoint `<path of the thing>/explain`.
pub(crate) fn endpoint<E: Explains>() -> Endpoint {
    let mut operation = E::Documented::operation();
    let summary = operation.summary.take().unwrap_or_default();
    operation.summary = Some("Why a figure of it is what it is.".to_owned());
    operation.description = Some(format!(
        "Explains a figure of: {summary} The events that made it, by row, with their journal \
         entries; every node is the sum of those below it, and the whole is what the answer shows."
    ));
    operation.tags = Some(vec!["explain".to_owned()]);
    let parameters = operation.parameters.get_or_insert_default();
    parameters.retain(|known| !matches!(known, RefOr::T(known) if known.name == "at_position"));
    for (name, required, kind, description) in PARAMETERS {
        let required = if required { Required::True } else { Required::False };
        let schema = ObjectBuilder::new().schema_type(kind).build();
        let parameter = ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Query)
            .required(required)
            .description(Some(description))
            .schema(Some(RefOr::T(Schema::Object(schema))))
            .build();
        parameters.push(parameter.into());
    }
    answers(&mut operation);
    Endpoint::documented(
        "GET".to_owned(),
        format!("{}/explain", E::Documented::path()),
        operation,
        schemas,
        || Route::new().to(explain::<E>),
    )
}

fn answers(operation: &mut Operation) {
    let mut response = Response::new("The figure and the events that made it");
    let content = Content::new(Some(Ref::from_schema_name(Explained::name())));
    response.content.insert("application/json".to_owned(), RefOr::T(content));
    operation.responses.responses.clear();
    operation.responses.responses.insert("200".to_owned(), response.into());
}

fn schemas(known: &mut Schemas) {
    known.push((Explained::name().into_owned(), <Explained as utoipa::PartialSchema>::schema()));
    Explained::schemas(known);
}

/// What a thing's documentation is.
pub(crate) trait Documented: Path + SchemaReferences {}

impl<P: Path + SchemaReferences> Documented for P {}
