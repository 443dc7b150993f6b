//! One surface, many names: the source documents' prefixes all mean `/v1` (contract, "Paths").

use std::borrow::Cow;

/// Prefixes in the order they are tried, whole segments each.
const ALIASES: [&str; 2] = ["/api/v1", "/api"];

/// The canonical form of a request's path, or `None` where there is nothing by rule: empty, `.`
/// and `..` segments, an encoded slash or dot, and a second prefix.
///
/// It never guesses what a strange path may have meant: two spellings of one route would let a
/// guard see one and the router the other.
pub fn canonical(path: &str) -> Option<Cow<'_, str>> {
    if path == "/" {
        return Some(Cow::Borrowed(path));
    }
    if !is_plain(path) {
        return None;
    }
    for alias in ALIASES {
        if let Some(rest) = after(path, alias) {
            return (!has_prefix(rest)).then(|| Cow::Owned(format!("/v1{rest}")));
        }
    }
    // The portal's links say `/client/…`; its segment stays.
    if let Some(rest) = after(path, "/client") {
        return (!has_prefix(rest) && after(rest, "/client").is_none())
            .then(|| Cow::Owned(format!("/v1{path}")));
    }
    match after(path, "/v1") {
        Some(rest) if has_prefix(rest) => None,
        _ => Some(Cow::Borrowed(path)),
    }
}

/// What follows a prefix that ends where a segment ends.
fn after<'a>(path: &'a str, prefix: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(prefix)?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

fn has_prefix(rest: &str) -> bool {
    ["/api", "/v1"].into_iter().any(|prefix| after(rest, prefix).is_some())
}

/// Segments that are neither empty nor dots, nothing encoded that a second decoding would turn
/// into a slash, a backslash or a dot.
fn is_plain(path: &str) -> bool {
    let Some(segments) = path.strip_prefix('/') else { return false };
    let dots = |segment: &str| segment == "." || segment == "..";
    let encoded = ["%2e", "%2f", "%5c", "%25", "%00"];
    let lower = path.to_ascii_lowercase();
    !segments.split('/').any(|segment| segment.is_empty() || dots(segment))
        && !encoded.into_iter().any(|code| lower.contains(code))
        && !path.contains('\\')
}

#[cfg(test)]
mod tests {
    use super::canonical;

    fn is(path: &str, expected: &str) {
        assert_eq!(canonical(path).as_deref(), Some(expected), "{path}");
    }

    #[test]
    fn every_prefix_of_the_source_documents_means_v1() {
        is("/v1/billing/status", "/v1/billing/status");
        is("/api/v1/billing/status", "/v1/billing/status");
        is("/api/billing/status", "/v1/billing/status");
        is("/api/pms/appointments", "/v1/pms/appointments");
        is("/client/login/request", "/v1/client/login/request");
        is("/api/client/login/request", "/v1/client/login/request");
        is("/v1/client/login/request", "/v1/client/login/request");
    }

    #[test]
    fn a_prefix_ends_where_a_segment_ends() {
        is("/apiary/x", "/apiary/x");
        is("/api/v12/x", "/v1/v12/x");
        is("/clients", "/clients");
        is("/healthz", "/healthz");
        is("/", "/");
    }

    #[test]
    fn a_second_prefix_is_nothing() {
        for path in [
            "/api/api/billing/status",
            "/api/v1/v1/billing/status",
            "/api/v1/api/billing/status",
            "/v1/v1/billing/status",
            "/v1/api/billing/status",
            "/client/client/login",
            "/client/v1/login",
        ] {
            assert_eq!(canonical(path), None, "{path}");
        }
    }

    #[test]
    fn a_path_that_could_be_read_in_two_ways_is_nothing() {
        for path in [
            "//v1/billing/status",
            "/v1//billing/status",
            "/v1/billing/status/",
            "/v1/./billing/status",
            "/v1/admin/../billing/status",
            "/v1/billing%2fstatus",
            "/v1/billing%2Fstatus",
            "/v1/%2e%2e/billing",
            "/v1/%252e/billing",
            "/v1\\billing",
            "v1/billing",
            "*",
            "",
        ] {
            assert_eq!(canonical(path), None, "{path}");
        }
    }
}
