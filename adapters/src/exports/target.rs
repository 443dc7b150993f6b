//! Where exports may go.

use std::net::IpAddr;

use http::Uri;

/// A place that exports may go to.
#[derive(Debug, Clone)]
pub struct Target {
    pub(super) uri: Uri,
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) secure: bool,
    local: bool,
}

/// Why exports may not go there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadTarget {
    /// Not a URL with a host.
    #[error("a URL such as https://books.example.org/import is expected")]
    Malformed,
    /// A user or a password in the URL would stand in logs.
    #[error("a URL without a user is expected")]
    User,
    /// In the clear, and not to this machine.
    #[error("https is expected, except to this machine")]
    Insecure,
    /// The host is not among those that are allowed.
    #[error("the host is not in EXPORT_WEBHOOK_ALLOWED_HOSTS")]
    NotAllowed,
}

impl Target {
    /// Reads a URL; its host must be one of `allowed`, unless that is empty.
    ///
    /// # Errors
    ///
    /// [`BadTarget`].
    pub fn read(url: &str, allowed: &[String]) -> Result<Self, BadTarget> {
        let uri: Uri = url.parse().map_err(|_| BadTarget::Malformed)?;
        let authority = uri.authority().ok_or(BadTarget::Malformed)?;
        if authority.as_str().contains('@') {
            return Err(BadTarget::User);
        }
        let secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(BadTarget::Malformed),
        };
        let host = authority.host().trim_matches(['[', ']']).to_ascii_lowercase();
        if host.is_empty() {
            return Err(BadTarget::Malformed);
        }
        let local =
            host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback());
        if !secure && !local {
            return Err(BadTarget::Insecure);
        }
        if !allowed.is_empty() && !allowed.iter().any(|one| one.eq_ignore_ascii_case(&host)) {
            return Err(BadTarget::NotAllowed);
        }
        let port = authority.port_u16().unwrap_or(if secure { 443 } else { 80 });
        Ok(Self { host, port, secure, local, uri })
    }

    /// Whether an address that the host's name stands for may be connected to: never one that
    /// only this machine or its network's own services answer, unless this machine was named.
    pub(super) fn admits(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        let link_local = match address {
            IpAddr::V4(four) => four.is_link_local() || four.is_broadcast(),
            IpAddr::V6(six) => six.is_unicast_link_local(),
        };
        let nobody = address.is_unspecified() || address.is_multicast() || link_local;
        !nobody && address.is_loopback() == self.local
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_go_to_listed_hosts_only_and_not_in_the_clear() {
        let allowed = ["books.example.org".to_owned()];
        let refused = |url: &str| Target::read(url, &allowed).unwrap_err();
        assert!(Target::read("https://Books.example.org/in?x=1", &allowed).is_ok());
        assert_eq!(refused("https://evil.example.org/in"), BadTarget::NotAllowed);
        assert_eq!(refused("http://books.example.org/in"), BadTarget::Insecure);
        assert_eq!(refused("https://u:p@books.example.org/in"), BadTarget::User);
        assert_eq!(refused("ftp://books.example.org"), BadTarget::Malformed);
        assert_eq!(refused("/in"), BadTarget::Malformed);
        assert!(Target::read("http://127.0.0.1:8080/in", &[]).is_ok());
    }

    #[test]
    fn a_name_that_leads_home_or_to_the_clouds_own_services_is_refused() {
        let far = Target::read("https://books.example.org/in", &[]).unwrap();
        let near = Target::read("http://localhost/in", &[]).unwrap();
        for (address, from_far) in [
            ("127.0.0.1", false),
            ("::1", false),
            ("::ffff:127.0.0.1", false),
            ("169.254.169.254", false),
            ("fe80::1", false),
            ("0.0.0.0", false),
            ("203.0.113.7", true),
            ("10.1.2.3", true),
        ] {
            let address: IpAddr = address.parse().unwrap();
            assert_eq!(far.admits(address), from_far, "{address}");
        }
        assert!(near.admits("127.0.0.1".parse().unwrap()));
        assert!(!near.admits("203.0.113.7".parse().unwrap()));
    }
}
