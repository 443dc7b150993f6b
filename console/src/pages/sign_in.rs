//! In with a key, and out again.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, time::Duration},
    http::{StatusCode, header},
    web::{Form, Query},
};
use askama::Template;
use serde::Deserialize;

use crate::{
    ROOT,
    page::html,
    refusal::Refusal,
    session::{Session, cookie},
    show,
    visit::{whoami, within},
};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn<'a> {
    then: &'a str,
    notice: Option<&'a str>,
    wrong: Option<&'a str>,
}

/// Where to go afterwards, and what the page before has to say.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    then: String,
    #[serde(default)]
    notice: String,
}

/// The form.
#[derive(Deserialize)]
pub(crate) struct Entered {
    #[serde(default)]
    key: String,
    #[serde(default)]
    then: String,
}

/// `GET /console/sign-in`
pub(crate) async fn show(asked: Query<Asked>) -> HttpResponse {
    html(&SignIn { then: ours(&asked.then), notice: show::notice(&asked.notice), wrong: None })
}

/// `POST /console/sign-in`
pub(crate) async fn enter(
    request: HttpRequest,
    form: Form<Entered>,
) -> Result<HttpResponse, Refusal> {
    let Entered { key, then } = form.into_inner();
    let (key, then) = (key.trim(), ours(&then));
    let within = within(&request)?;
    let wrong = match whoami(&request, &within, key).await {
        Ok(_) => {
            let state = within.state();
            let session = Session::begin(key.to_owned(), state.now());
            let sealed = session.seal(&state.session_key());
            let sealed = sealed.ok_or_else(|| Refusal::failed(&"a session cannot be sealed"))?;
            return Ok(HttpResponse::SeeOther()
                .cookie(cookie(sealed, by_tls(&request)))
                .insert_header((header::LOCATION, then))
                .finish());
        }
        Err(Refusal::Said { status: StatusCode::UNAUTHORIZED, .. }) => {
            "This key opens nothing here. Was it copied whole, and is it still valid?".to_owned()
        }
        Err(Refusal::Said { problem, .. }) => problem.detail,
        Err(refusal) => return Err(refusal),
    };
    let mut page = html(&SignIn { then, notice: None, wrong: Some(&wrong) });
    *page.status_mut() = StatusCode::UNAUTHORIZED;
    Ok(page)
}

/// `POST /console/sign-out`
pub(crate) async fn leave(request: HttpRequest) -> HttpResponse {
    let mut gone: Cookie<'static> = cookie(String::new(), by_tls(&request));
    gone.set_max_age(Duration::ZERO);
    HttpResponse::SeeOther()
        .cookie(gone)
        .insert_header((header::LOCATION, format!("{ROOT}/sign-in?notice=signed-out")))
        .finish()
}

/// An address of our own, or the overview: nobody is sent elsewhere.
fn ours(then: &str) -> &str {
    let below = then.strip_prefix(ROOT).unwrap_or_default();
    let plain = then.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let sign = below.starts_with("/sign-");
    if plain && !sign && (below.starts_with('/') || below.starts_with('?')) { then } else { ROOT }
}

/// Whether the browser came by TLS, which ends at a proxy. Saying so falsely only withholds the
/// cookie from the one who says it.
fn by_tls(request: &HttpRequest) -> bool {
    request.connection_info().scheme() == "https"
}

#[cfg(test)]
mod tests {
    use super::ours;

    #[test]
    fn after_signing_in_one_lands_in_the_console_and_nowhere_else() {
        for kept in ["/console/invoices", "/console/invoices?status=paid", "/console?x=1"] {
            assert_eq!(ours(kept), kept);
        }
        for other in [
            "",
            "//evil.example",
            "https://evil.example",
            "/console.evil.example",
            "/console@evil.example",
            "/consolex",
            "/console/sign-out",
            "/console/a\\b",
            "/console/a\r\nb",
            "/v1/events",
        ] {
            assert_eq!(ours(other), "/console", "{other}");
        }
    }
}
