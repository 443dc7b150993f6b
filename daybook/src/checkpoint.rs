//! A head that somebody kept: how far a log went, and its root.

use std::fmt;
use std::str::FromStr;

use data_encoding::HEXLOWER;
use ledger::values::OrgId;

/// The head of a log at some moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The last position.
    pub position: i64,
    /// RFC 6962 root over all leaves up to it.
    pub root: [u8; 32],
}

/// A head as it is given back, with its org where several are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldHead {
    /// Whose.
    pub org: Option<OrgId>,
    /// The head.
    pub head: Head,
}

impl fmt::Display for Head {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.position, HEXLOWER.encode(&self.root))
    }
}

impl FromStr for HeldHead {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let expected = "POSITION:ROOT or ORG/POSITION:ROOT is expected, as `verify` prints it";
        let (org, rest) = match text.split_once('/') {
            Some((org, rest)) => (Some(org.parse().map_err(|_| expected)?), rest),
            None => (None, text),
        };
        let (position, root) = rest.split_once(':').ok_or(expected)?;
        let position = position.parse().ok().filter(|position| *position >= 0).ok_or(expected)?;
        let root = HEXLOWER.decode(root.to_ascii_lowercase().as_bytes()).ok();
        let root = root.and_then(|root| root.try_into().ok()).ok_or(expected)?;
        Ok(Self { org, head: Head { position, root } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_reads_back_as_it_is_printed() {
        let head = Head { position: 12, root: [0xab; 32] };
        assert_eq!(head.to_string().parse(), Ok(HeldHead { org: None, head }));
        let org: OrgId = "00000000-0000-0000-0000-000000000007".parse().unwrap();
        assert_eq!(format!("{org}/{head}").parse(), Ok(HeldHead { org: Some(org), head }));
        for wrong in ["", "12", "12:ab", "-1:00", "x/12:00"] {
            assert!(wrong.parse::<HeldHead>().is_err(), "{wrong}");
        }
    }
}
