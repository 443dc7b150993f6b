//! Query strings and paths.

use actix_web::ResponseError;
use api::body::Params;

/// A query string: cursors, positions, days, words.
///
/// # Panics
///
/// When a wrong query is called our fault, when a parameter that nobody asked for passes, or when
/// a percent-encoded text is another one once read.
pub fn query(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut params = Params::parse(&text);
    let _cursor = params.text("cursor");
    let limit = params.integer("limit", 50, 1, 200);
    assert!((1..=200).contains(&limit), "{limit} of {text:?}");
    let _day = params.day("from");
    let _instant = params.instant("as_of");
    let _flag = params.flag("proofs");
    let _word = params.word("status", &[("open", ()), ("closed", ())]);
    let _words = params.words("type", &[("open", ()), ("closed", ())]);
    let _position = params.parsed::<i64>("as_of_position", "a position is expected");
    if let Err(error) = params.finish() {
        assert!(error.status_code().is_client_error(), "{error:?}");
    }

    let encoded: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let mut params = Params::parse(&format!("cursor={encoded}"));
    let read = params.text("cursor").unwrap_or_default();
    assert_eq!(read, text, "once encoded");
    assert!(params.finish().is_ok(), "{text:?} cannot be encoded");
    assert!(Params::parse(&format!("unasked={encoded}")).finish().is_err(), "nobody asked");
}

/// A path.
///
/// # Panics
///
/// When what is left of it has another spelling, or one that a router could read in two ways.
pub fn path(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Some(canonical) = api::canonical(&text) else { return };
    assert_eq!(api::canonical(&canonical).as_deref(), Some(&*canonical), "of {text:?}");
    if canonical == "/" {
        return;
    }
    let mut segments = canonical.split('/');
    assert_eq!(segments.next(), Some(""), "{canonical:?} of {text:?}");
    let first = segments.clone().next();
    assert!(!matches!(first, Some("api" | "client")), "{canonical:?} of {text:?}");
    for segment in segments {
        let clear = !matches!(segment, "" | "." | "..") && !segment.contains('\\');
        assert!(clear, "{canonical:?} of {text:?}");
    }
    let lower = canonical.to_lowercase();
    for hidden in ["%00", "%25", "%2e", "%2f", "%5c"] {
        assert!(!lower.contains(hidden), "{canonical:?} of {text:?}");
    }
}
