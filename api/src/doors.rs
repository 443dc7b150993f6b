//! From where somebody may come in: pages of other origins, and networks for the admin routes.

use std::{net::IpAddr, str::FromStr};

/// From where somebody may come in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Doors {
    /// Pages that may call from a browser (`CORS_ORIGINS`); none unless said otherwise.
    pub origins: Vec<Origin>,
    /// Networks that may use `/v1/admin` and `/v1/iam` (`ADMIN_IP_ALLOWLIST_CIDRS`); all while
    /// empty. The connection's own address counts: behind a proxy, that is the proxy's.
    pub admin_networks: Vec<Network>,
}

impl Doors {
    /// Whether pages of this origin may call.
    pub(crate) fn opens_to(&self, origin: &str) -> bool {
        self.origins.iter().any(|one| match one {
            Origin::Any => true,
            Origin::Exactly(text) => text == origin,
        })
    }

    /// Whether an admin route may be used from there.
    pub(crate) fn admits(&self, pattern: &str, from: Option<IpAddr>) -> bool {
        let guarded = ["/v1/admin/", "/v1/iam/"].iter().any(|start| pattern.starts_with(start));
        if !guarded || self.admin_networks.is_empty() {
            return true;
        }
        from.is_some_and(|from| self.admin_networks.iter().any(|network| network.holds(from)))
    }
}

/// An origin as browsers say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Any page at all.
    Any,
    /// This one: scheme, host, and port unless it is the usual one.
    Exactly(String),
}

/// Not what was expected; the caller knows what was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this cannot be read")]
pub struct Unreadable;

impl FromStr for Origin {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        if text == "*" {
            return Ok(Self::Any);
        }
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let host = rest.ok_or(Unreadable)?;
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let good = |byte: u8| plain(byte) || matches!(byte, b'.' | b'-' | b':' | b'[' | b']');
        if host.is_empty() || !host.bytes().all(good) {
            return Err(Unreadable);
        }
        Ok(Self::Exactly(text.to_owned()))
    }
}

/// A network: an address, and how many of its bits all of its addresses share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u32,
}

impl Network {
    fn holds(self, other: IpAddr) -> bool {
        // ::ffff:192.0.2.1 is 192.0.2.1, however the listener was opened.
        match (self.address, other.to_canonical()) {
            (IpAddr::V4(ours), IpAddr::V4(other)) => {
                same(u32::from(ours) ^ u32::from(other), 32 - self.bits)
            }
            (IpAddr::V6(ours), IpAddr::V6(other)) => {
                let differs = u128::from(ours) ^ u128::from(other);
                differs.checked_shr(128 - self.bits).unwrap_or(0) == 0
            }
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}

/// Whether nothing differs above the last `free` bits.
fn same(differs: u32, free: u32) -> bool {
    differs.checked_shr(free).unwrap_or(0) == 0
}

impl FromStr for Network {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| Unreadable)?;
        let all = if address.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            Some(bits) => bits.parse().ok().filter(|bits| *bits <= all).ok_or(Unreadable)?,
            None => all,
        };
        Ok(Self { address, bits })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(text: &str) -> Network {
        text.parse().unwrap()
    }

    #[test]
    fn a_network_holds_the_addresses_that_share_its_bits() {
        let holds = |text: &str, address: &str| network(text).holds(address.parse().unwrap());
        assert!(holds("10.1.0.0/16", "10.1.255.7") && !holds("10.1.0.0/16", "10.2.0.1"));
        assert!(holds("192.0.2.1", "192.0.2.1") && !holds("192.0.2.1", "192.0.2.2"));
        assert!(holds("192.0.2.0/24", "::ffff:192.0.2.9"));
        assert!(holds("0.0.0.0/0", "203.0.113.5") && !holds("0.0.0.0/0", "2001:db8::1"));
        assert!(holds("::/0", "2001:db8::1") && holds("2001:db8::/32", "2001:db8:7::1"));
        assert!(!holds("2001:db8::/32", "2001:db9::1") && !holds("::1", "::2"));
    }

    #[test]
    fn what_is_no_network_and_no_origin_is_refused() {
        for text in ["10.0.0.0/33", "10.0.0/8", "::/129", "office", "10.0.0.0/", "/8"] {
            assert_eq!(text.parse::<Network>(), Err(Unreadable), "{text}");
        }
        for text in ["example.org", "https://", "https://a/b", "https://A", "ftp://a", "null"] {
            assert_eq!(text.parse::<Origin>(), Err(Unreadable), "{text}");
        }
        assert!("http://127.0.0.1:5173".parse::<Origin>().is_ok());
    }

    #[test]
    fn only_admin_routes_are_held_to_the_networks() {
        let doors = Doors { admin_networks: vec![network("10.0.0.0/8")], ..Doors::default() };
        let (inside, outside) = ("10.7.7.7".parse().ok(), "192.0.2.1".parse().ok());
        assert!(doors.admits("/v1/admin/keys", inside) && !doors.admits("/v1/admin/keys", outside));
        assert!(!doors.admits("/v1/admin/keys", None), "an address that nobody knows is outside");
        assert!(doors.admits("/v1/billing/status", outside));
        assert!(Doors::default().admits("/v1/admin/keys", outside));
    }
}
