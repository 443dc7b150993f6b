//! A page about one thing: its facts and figures, its tables, and what happened to it.

use actix_web::HttpResponse;
use askama::Template;

use crate::{
    cell::{Facts, Table},
    page::{Frame, html},
    refusal::Refusal,
    timeline::Timeline,
    visit::Visit,
};

/// A page about one thing.
#[derive(Template)]
#[template(path = "subject.html")]
pub(crate) struct Subject {
    pub(crate) frame: Frame,
    /// Where it stands.
    pub(crate) status: Option<(String, &'static str)>,
    /// Files to take along: name and address.
    pub(crate) files: Vec<(&'static str, String)>,
    pub(crate) facts: Vec<Facts>,
    pub(crate) tables: Vec<Table>,
    pub(crate) timeline: Option<Timeline>,
}

impl Subject {
    /// With its timeline.
    pub(crate) async fn begin(
        visit: &Visit,
        (part, title): (&'static str, String),
        (kind, id): (&str, &str),
    ) -> Result<Self, Refusal> {
        let mut frame = Frame::of(visit, part, title);
        let timeline = Timeline::of(visit, kind, id, &mut frame.moment).await?;
        let (status, files) = (None, Vec::new());
        Ok(Self { frame, status, files, facts: Vec::new(), tables: Vec::new(), timeline })
    }

    pub(crate) fn standing(mut self, status: &str) -> Self {
        self.status = Some((crate::show::words(status), crate::show::tone(status)));
        self
    }

    pub(crate) fn page(&self) -> HttpResponse {
        html(self)
    }
}
