//! Where the collector is, and what it is told with every request.

use std::net::IpAddr;

use data_encoding::HEXLOWER_PERMISSIVE;
use http::{HeaderMap, HeaderName, HeaderValue, Uri};

/// What the standard says is appended to the endpoint.
const TRACES: &str = "/v1/traces";

/// Where spans go. Unlike exports they hold no personal data, and collectors stand beside the
/// services that they serve: http is good enough, and so is an address at home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectorAddress {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) secure: bool,
    pub(super) authority: String,
    pub(super) path: String,
}

/// Why something is no collector's address, or no header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadCollector {
    /// Not a URL with a host.
    #[error("a URL such as http://collector:4318 is expected")]
    Malformed,
    /// A user or a password in the URL would stand in logs.
    #[error("a URL without a user is expected")]
    User,
    /// Not `name=value`.
    #[error("`name=value`, comma separated, is expected")]
    Header,
}

impl CollectorAddress {
    /// Reads the endpoint; the path of traces is appended to it.
    ///
    /// # Errors
    ///
    /// [`BadCollector`].
    pub fn read(url: &str) -> Result<Self, BadCollector> {
        let uri: Uri = url.parse().map_err(|_| BadCollector::Malformed)?;
        let authority = uri.authority().ok_or(BadCollector::Malformed)?;
        if authority.as_str().contains('@') {
            return Err(BadCollector::User);
        }
        let secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(BadCollector::Malformed),
        };
        let host = authority.host().trim_matches(['[', ']']).to_owned();
        if host.is_empty() || uri.query().is_some() {
            return Err(BadCollector::Malformed);
        }
        let port = authority.port_u16().unwrap_or(if secure { 443 } else { 80 });
        let path = format!("{}{TRACES}", uri.path().trim_end_matches('/'));
        Ok(Self { host, port, secure, authority: authority.to_string(), path })
    }

    /// Whether others on the way could read what is sent.
    pub fn is_open(&self) -> bool {
        let local = self.host.parse().is_ok_and(|address: IpAddr| address.is_loopback());
        !self.secure && !local && self.host != "localhost"
    }
}

/// Headers of every request; one may hold a secret.
#[derive(Clone, Default)]
pub struct Headers(pub(super) HeaderMap);

impl Headers {
    /// Reads `name=value,…`, values percent-encoded.
    ///
    /// # Errors
    ///
    /// [`BadCollector::Header`].
    pub fn read(text: &str) -> Result<Self, BadCollector> {
        let mut headers = HeaderMap::new();
        for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').ok_or(BadCollector::Header)?;
            let name: HeaderName = name.trim().parse().map_err(|_| BadCollector::Header)?;
            let value = decoded(value.trim()).ok_or(BadCollector::Header)?;
            let value = HeaderValue::from_bytes(&value).map_err(|_| BadCollector::Header)?;
            headers.append(name, value);
        }
        Ok(Self(headers))
    }
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if *first == b'%' {
            bytes.extend(HEXLOWER_PERMISSIVE.decode(after.get(..2)?).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_traces_is_appended_to_the_endpoint() {
        let read = |url: &str| CollectorAddress::read(url).unwrap();
        let plain = read("http://127.0.0.1:4318");
        assert_eq!((plain.path.as_str(), plain.port, plain.is_open()), ("/v1/traces", 4318, false));
        let far = read("https://otlp.example.org/tenants/7/");
        assert_eq!((far.path.as_str(), far.port), ("/tenants/7/v1/traces", 443));
        assert!(!far.is_open() && read("http://collector:4318").is_open());
        for (url, why) in [
            ("collector:4318", BadCollector::Malformed),
            ("grpc://collector:4317", BadCollector::Malformed),
            ("http://collector/?x=1", BadCollector::Malformed),
            ("https://u:p@collector", BadCollector::User),
        ] {
            assert_eq!(CollectorAddress::read(url).unwrap_err(), why, "{url}");
        }
    }

    #[test]
    fn headers_are_percent_decoded_and_bad_ones_refused() {
        let headers = Headers::read("Authorization=Bearer%20a=b, x-scope=7").unwrap().0;
        assert_eq!(headers["authorization"], "Bearer a=b");
        assert_eq!(headers["x-scope"], "7");
        for bad in ["x", "a b=1", "x=%2", "x=%zz", "x=%0a"] {
            assert!(Headers::read(bad).is_err(), "{bad}");
        }
    }
}
