//! Roles.

use std::{fmt, str::FromStr};

/// What a credential may do; `api`'s table of routes says what that is.
///
/// Viewer < dispatcher < finance < admin < owner; auditor and integration stand beside them.
///
/// - **Source:** contract S2.28.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A program of the org's own: facts in, events out.
    Integration,
    /// Reads everything about money and proof, changes nothing.
    Auditor,
    /// Reads.
    Viewer,
    /// Also plans work and activates patients.
    Dispatcher,
    /// Also moves money. `accountant` is an alias.
    Finance,
    /// Also manages the account and its keys.
    Admin,
    /// Everything.
    Owner,
}

/// Not a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a role is owner, admin, finance, dispatcher, viewer, auditor or integration")]
pub struct UnknownRole;

impl Role {
    /// Every role, the mightiest first.
    pub const ALL: [Self; 7] = [
        Self::Owner,
        Self::Admin,
        Self::Finance,
        Self::Dispatcher,
        Self::Viewer,
        Self::Auditor,
        Self::Integration,
    ];

    /// As stored and as said on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Finance => "finance",
            Self::Dispatcher => "dispatcher",
            Self::Viewer => "viewer",
            Self::Auditor => "auditor",
            Self::Integration => "integration",
        }
    }

    /// Whether a holder of this role may hand out `other`: nobody makes a key that can do more
    /// than their own, and only owners make owners.
    pub const fn may_grant(self, other: Self) -> bool {
        match self {
            Self::Owner => true,
            Self::Admin => !matches!(other, Self::Owner),
            Self::Finance | Self::Dispatcher | Self::Viewer | Self::Auditor | Self::Integration => {
                false
            }
        }
    }

    /// Whether people, not programs, usually hold it.
    pub const fn is_a_persons(self) -> bool {
        !matches!(self, Self::Integration)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    /// In any case; `accountant` means finance.
    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        let lower = text.to_ascii_lowercase();
        if lower == "accountant" {
            return Ok(Self::Finance);
        }
        Self::ALL.into_iter().find(|role| role.as_str() == lower).ok_or(UnknownRole)
    }
}

#[cfg(test)]
mod tests {
    use super::Role;

    #[test]
    fn every_role_reads_back_from_its_name_and_accountant_is_finance() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
            assert_eq!(role.as_str().to_uppercase().parse(), Ok(role));
        }
        assert_eq!("accountant".parse(), Ok(Role::Finance));
        assert!("root".parse::<Role>().is_err());
    }

    #[test]
    fn an_admin_never_hands_out_the_owners_role() {
        assert!(Role::Owner.may_grant(Role::Owner));
        assert!(!Role::Admin.may_grant(Role::Owner));
        assert!(Role::ALL.into_iter().all(|role| !Role::Finance.may_grant(role)));
    }
}
