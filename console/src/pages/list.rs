//! A page that is a list: a form that says which, and a table.

use actix_web::HttpResponse;
use askama::Template;

use crate::{
    cell::Table,
    doc::Doc,
    filters::Filters,
    page::{Frame, html},
    refusal::Refusal,
    visit::Visit,
};

#[derive(Template)]
#[template(path = "list.html")]
pub(super) struct List {
    frame: Frame,
    filters: Filters,
    table: Table,
}

impl List {
    /// `found` has the cursor of the next page.
    pub(super) fn page(
        visit: &Visit,
        part: &'static str,
        title: &str,
        filters: Filters,
        table: Table,
        found: &Doc,
    ) -> Result<HttpResponse, Refusal> {
        let next = found.some("next_cursor")?;
        Ok(Self::page_of(visit, part, title, filters, table, next))
    }

    /// The same, with the cursor at hand.
    pub(super) fn page_of(
        visit: &Visit,
        part: &'static str,
        title: &str,
        filters: Filters,
        table: Table,
        next: Option<String>,
    ) -> HttpResponse {
        let (frame, table) = (Frame::of(visit, part, title), table.paged(visit, next));
        html(&Self { frame, filters, table })
    }
}
