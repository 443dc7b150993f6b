//! The form above a list that says which of them.

use askama::Template;

use crate::visit::Visit;

/// How a field is filled in.
pub(crate) enum Kind {
    /// One of these codes, or any.
    Choice(Vec<(String, String)>),
    Day,
    Text,
}

/// A field of the form.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) kind: Kind,
    pub(crate) value: String,
}

/// The form.
#[derive(Template)]
#[template(path = "parts/filters.html")]
pub(crate) struct Filters {
    pub(crate) action: &'static str,
    pub(crate) fields: Vec<Field>,
    /// The moment stays while filters change.
    pub(crate) moment: Vec<(String, String)>,
    /// Whether any is set.
    pub(crate) set: bool,
}

impl Filters {
    /// `fields` are name, label and kind, named as the API names them.
    pub(crate) fn new(
        visit: &Visit,
        action: &'static str,
        fields: Vec<(&'static str, &'static str, Kind)>,
    ) -> Self {
        let fields: Vec<Field> = fields
            .into_iter()
            .map(|(name, label, kind)| {
                let value = visit.param(name).unwrap_or_default().to_owned();
                Field { name, label, kind, value }
            })
            .collect();
        let of_moment = |name: &str| matches!(name, "as_of" | "as_of_position");
        let moment = visit.params.iter().filter(|(name, _)| of_moment(name)).cloned().collect();
        let set = fields.iter().any(|field| !field.value.is_empty());
        Self { action, fields, moment, set }
    }

    /// What the API is asked with: the fields that are set, and the place in the list.
    pub(crate) fn query(&self, visit: &Visit) -> String {
        let set = self.fields.iter().filter(|field| !field.value.is_empty());
        let set = set.map(|field| (field.name, field.value.as_str()));
        let cursor = visit.param("cursor").map(|cursor| ("cursor", cursor));
        let pairs = set
            .chain(cursor)
            .map(|(name, value)| format!("{name}={}", crate::show::escaped(value)));
        pairs.chain(["limit=50".to_owned()]).collect::<Vec<_>>().join("&")
    }
}

/// Codes as they are and in words.
pub(crate) fn choice(codes: &[&str]) -> Kind {
    let pair = |code: &&str| ((*code).to_owned(), crate::show::words(code));
    Kind::Choice(codes.iter().map(pair).collect())
}
