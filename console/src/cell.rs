//! What stands in a place of a table or beside a name: a value with what it leads to.

use askama::Template;

use crate::{doc::Doc, refusal::Refusal, show, show::escaped, visit::Visit};

/// A value on a page.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/cell.html")]
pub(crate) struct Cell {
    text: String,
    link: Option<String>,
    /// Of a state, its colour.
    tone: Option<&'static str>,
    /// It is a figure, and its link explains it.
    explained: bool,
    /// An identifier.
    id: bool,
    /// What it says when pointed at.
    title: String,
    /// Figures stand on the right.
    pub(crate) number: bool,
}

impl Cell {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Whether it stays on one line: a date or a word, not a sentence.
    pub(crate) fn is_short(&self) -> bool {
        self.number || (!self.id && self.text.chars().count() <= 18)
    }

    pub(crate) fn link(text: impl Into<String>, link: impl Into<String>) -> Self {
        Self { text: text.into(), link: Some(link.into()), ..Self::default() }
    }

    /// A count.
    pub(crate) fn count(number: i64) -> Self {
        Self { text: show::count(&number), number: true, ..Self::default() }
    }

    /// An identifier, whole.
    pub(crate) fn id(id: impl Into<String>) -> Self {
        Self { text: id.into(), id: true, ..Self::default() }
    }

    /// The beginning of an identifier, which leads somewhere.
    pub(crate) fn short_id(id: &str, link: impl Into<String>) -> Self {
        let (text, title) = (show::short(id).to_owned(), id.to_owned());
        Self { text, title, link: Some(link.into()), id: true, ..Self::default() }
    }

    /// A state, in its colour.
    pub(crate) fn chip(status: &str) -> Self {
        let tone = Some(show::tone(status));
        Self { text: show::words(status), tone, ..Self::default() }
    }

    /// An amount that nothing explains further.
    pub(crate) fn amount(text: impl Into<String>) -> Self {
        Self { text: text.into(), number: true, ..Self::default() }
    }

    /// A figure of an answer: it leads to the events it is the sum of. `of` is the API's address
    /// of the answer, `figure` the way to it in there.
    pub(crate) fn figure(
        visit: &Visit,
        doc: &Doc,
        name: &str,
        (of, figure): (&str, &str),
    ) -> Result<Self, Refusal> {
        let link = explain_link(visit, of, figure);
        let (text, title) = (doc.amount(name)?, "Why is it so much?".to_owned());
        Ok(Self { text, title, link: Some(link), explained: true, number: true, ..Self::default() })
    }
}

/// Where a figure is explained, as of the page's moment.
pub(crate) fn explain_link(visit: &Visit, of: &str, figure: &str) -> String {
    let moment = visit.moment.query();
    let joint = if moment.is_empty() { "" } else { "&" };
    format!("/console/explain?of={}&figure={}{joint}{moment}", escaped(of), escaped(figure))
}

/// A name and its value.
pub(crate) struct Fact {
    pub(crate) name: &'static str,
    pub(crate) cell: Cell,
}

/// Facts that belong together.
pub(crate) struct Facts {
    pub(crate) title: String,
    pub(crate) facts: Vec<Fact>,
}

impl Facts {
    /// Empty values are left out.
    pub(crate) fn new(title: impl Into<String>, facts: Vec<(&'static str, Cell)>) -> Self {
        let said = facts.into_iter().filter(|(_, cell)| !cell.text.is_empty());
        let facts = said.map(|(name, cell)| Fact { name, cell }).collect();
        Self { title: title.into(), facts }
    }
}

/// A table.
#[derive(Template)]
#[template(path = "parts/table.html")]
pub(crate) struct Table {
    /// Its heading, and what screen readers call it.
    pub(crate) title: String,
    /// Names of the columns, and whether figures stand in them.
    pub(crate) heads: Vec<(&'static str, bool)>,
    pub(crate) rows: Vec<Vec<Cell>>,
    /// What is said where there are no rows.
    pub(crate) empty: &'static str,
    /// Where the next page is.
    pub(crate) next: Option<String>,
    /// Where the first page is, on the others.
    pub(crate) first: Option<String>,
}

impl Table {
    pub(crate) fn new(
        title: impl Into<String>,
        heads: Vec<(&'static str, bool)>,
        rows: Vec<Vec<Cell>>,
        empty: &'static str,
    ) -> Self {
        Self { title: title.into(), heads, rows, empty, next: None, first: None }
    }

    /// With the way to the next page and back to the first.
    pub(crate) fn paged(mut self, visit: &Visit, next: Option<String>) -> Self {
        self.next = next.map(|cursor| visit.page_link(Some(&cursor)));
        self.first = visit.param("cursor").map(|_| visit.page_link(None));
        self
    }
}
