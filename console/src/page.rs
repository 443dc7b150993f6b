//! What every page has: the frame around it, and the headers it goes out with.

use actix_web::{
    Error, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, header},
    middleware::Next,
};
use askama::Template;

use crate::{moment::Moment, refusal::Refusal, visit::Visit};

/// Nothing from elsewhere, nothing inline, no frame, and forms go to ourselves.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
    font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

/// The parts of the console, as the navigation lists them: name, address, key of its shortcut
/// after `g`, and whether auditors, viewers and dispatchers find something there.
pub(crate) const PARTS: &[Part] = &[
    Part { name: "Overview", path: "/console", key: "o" },
    Part { name: "Reconcile", path: "/console/reconcile", key: "r" },
    Part { name: "Invoices", path: "/console/invoices", key: "i" },
    Part { name: "Claims", path: "/console/claims", key: "c" },
    Part { name: "Statements", path: "/console/statements", key: "s" },
    Part { name: "Patients", path: "/console/patients", key: "p" },
    Part { name: "Books", path: "/console/books", key: "b" },
    Part { name: "Queues", path: "/console/queues", key: "q" },
    Part { name: "Dead letters", path: "/console/dead-letters", key: "d" },
    Part { name: "Events", path: "/console/events", key: "e" },
    Part { name: "Projections", path: "/console/projections", key: "m" },
    Part { name: "Proofs", path: "/console/proofs", key: "f" },
];

/// One line of the navigation.
pub(crate) struct Part {
    pub(crate) name: &'static str,
    pub(crate) path: &'static str,
    pub(crate) key: &'static str,
}

/// The frame around a page.
pub(crate) struct Frame {
    /// For the window and the heading.
    pub(crate) title: String,
    /// Which line of the navigation it belongs to.
    pub(crate) part: &'static str,
    pub(crate) org: String,
    pub(crate) role: String,
    pub(crate) label: String,
    /// Whether names are opened for them.
    pub(crate) sees_people: bool,
    /// As of when the page is; nothing where it has no past.
    pub(crate) moment: Option<Moment>,
    /// What was just done, told once at the top.
    pub(crate) notice: Option<String>,
}

impl Frame {
    /// For a page without a past.
    pub(crate) fn now(visit: &Visit, part: &'static str, title: impl Into<String>) -> Self {
        let me = &visit.me;
        Self {
            title: title.into(),
            part,
            org: me.org_name.clone(),
            role: me.role.clone(),
            label: me.label.clone(),
            sees_people: me.sees_people,
            moment: None,
            notice: visit.notice(),
        }
    }

    /// For a page that can be seen as it was.
    pub(crate) fn of(visit: &Visit, part: &'static str, title: impl Into<String>) -> Self {
        Self { moment: Some(visit.moment.clone()), ..Self::now(visit, part, title) }
    }

    /// The navigation.
    pub(crate) fn parts(&self) -> &'static [Part] {
        PARTS
    }
}

/// A rendered page.
pub(crate) fn html(page: &impl Template) -> HttpResponse {
    match page.render() {
        Ok(text) => HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
            .body(text),
        Err(error) => {
            tracing::error!(%error, "a page of the console could not be rendered");
            HttpResponse::InternalServerError().body("the page could not be made")
        }
    }
}

/// Lets a form in only from our own pages: the browser says where it comes from, and nothing that
/// changes anything is a GET.
pub(crate) async fn guarded(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD);
    if !harmless && !is_ours(&request) {
        return Ok(request.into_response(Refusal::CrossSite.error_response()));
    }
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

/// By `Sec-Fetch-Site`, which every present browser sends and no page can set; else by `Origin`.
/// A caller that sends neither is no browser, and has no cookie that another site could use.
fn is_ours(request: &ServiceRequest) -> bool {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some(origin)) => {
            let host = header("host").unwrap_or_default();
            origin.split_once("://").is_some_and(|(_, from)| from == host)
        }
        (None, None) => true,
    }
}
