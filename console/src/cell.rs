//! What stands in a place of a table or beside a name: a value with what it leads to.

use askama::Template;

use crate::{doc::Doc, lists::Pages, refusal::Refusal, show, show::escaped, visit::Visit};

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
}

/// Where a figure is explained, as of the page's moment.
pub(crate) fn explain_link(visit: &Visit, of: &str, figure: &str) -> String {
    let link = format!("/console/explain?of={}&figure={}", escaped(of), escaped(figure));
    visit.moment.onto(&link)
}

/// An object of an answer, and where it stands there: what cells are made of.
pub(crate) struct Item<'a> {
    visit: &'a Visit,
    pub(crate) doc: Doc,
    /// The API's address of the answer.
    of: &'a str,
    /// The way to the object in there; nothing for the answer itself.
    at: String,
}

impl<'a> Item<'a> {
    /// The answer itself.
    pub(crate) fn whole(visit: &'a Visit, doc: Doc, of: &'a str) -> Self {
        Self { visit, doc, of, at: String::new() }
    }

    /// A value as it is written.
    pub(crate) fn text(&self, name: &str) -> Result<Cell, Refusal> {
        self.doc.text(name).map(Cell::text)
    }

    /// A code, as words.
    pub(crate) fn words(&self, name: &str) -> Result<Cell, Refusal> {
        self.doc.words(name).map(Cell::text)
    }

    /// An instant, to the minute.
    pub(crate) fn minute(&self, name: &str) -> Result<Cell, Refusal> {
        self.doc.minute(name).map(Cell::text)
    }

    /// An identifier.
    pub(crate) fn id(&self, name: &str) -> Result<Cell, Refusal> {
        self.doc.text(name).map(Cell::id)
    }

    /// A state.
    pub(crate) fn chip(&self, name: &str) -> Result<Cell, Refusal> {
        self.doc.text(name).map(|status| Cell::chip(&status))
    }

    /// An amount that leads to the events it is the sum of.
    pub(crate) fn figure(&self, name: &str) -> Result<Cell, Refusal> {
        let link = Some(explain_link(self.visit, self.of, &self.way(name)));
        let (text, title) = (self.doc.amount(name)?, "Why is it so much?".to_owned());
        Ok(Cell { text, title, link, explained: true, number: true, ..Cell::default() })
    }

    /// The objects of a list in it; a list without a name is the answer itself.
    pub(crate) fn each(&self, list: &str) -> Result<Vec<Item<'a>>, Refusal> {
        let docs = if list.is_empty() { self.doc.items() } else { self.doc.list(list)? };
        let list = self.way(list);
        let items = docs.into_iter().enumerate().map(|(place, doc)| {
            let at = if list.is_empty() { place.to_string() } else { format!("{list}/{place}") };
            Item { doc, at, ..*self }
        });
        Ok(items.collect())
    }

    /// A row of cells for each of them.
    pub(crate) fn rows(
        &self,
        list: &str,
        row: impl Fn(&Item<'a>) -> Result<Vec<Cell>, Refusal>,
    ) -> Result<Vec<Vec<Cell>>, Refusal> {
        self.each(list)?.iter().map(row).collect()
    }

    /// The way to a field of it.
    fn way(&self, name: &str) -> String {
        if self.at.is_empty() { name.to_owned() } else { format!("{}/{name}", self.at) }
    }
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
    pub(crate) pages: Pages,
}

impl Table {
    pub(crate) fn new(
        title: impl Into<String>,
        heads: Vec<(&'static str, bool)>,
        rows: Vec<Vec<Cell>>,
        empty: &'static str,
    ) -> Self {
        Self { title: title.into(), heads, rows, empty, pages: Pages::default() }
    }

    /// With the way to the next page and back to the first.
    pub(crate) fn paged(mut self, visit: &Visit, next: Option<String>) -> Self {
        self.pages = Pages::of(visit, next.as_deref());
        self
    }
}
