//! What an account may use, by where it stands.

use super::{Status, Subscription};

/// Something that an account in good standing may use.
///
/// - **Source:** contract S2.4 ("entitlements gated").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entitlement {
    /// Patients are activated and charges are added.
    PatientActivation,
    /// Statements are written and sent without anybody's word (sole-biller mode).
    AutonomousBilling,
    /// Money that comes in is taken. Nothing takes this away.
    Payments,
    /// What is there is read and exported. Nothing takes it away.
    Records,
}

impl Entitlement {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::PatientActivation, Self::AutonomousBilling, Self::Payments, Self::Records];

    /// The word that answers use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::PatientActivation => "patient_activation",
            Self::AutonomousBilling => "autonomous_billing",
            Self::Payments => "payments",
            Self::Records => "records",
        }
    }
}

/// What an account with this status may use.
///
/// Whoever is past due goes on billing; what acts by itself waits until the debt is paid. A pause
/// stops new charges besides. Money is taken and records stay readable whatever happens.
pub const fn entitlements(status: Status) -> &'static [Entitlement] {
    match status {
        Status::Active | Status::Trialing => &Entitlement::ALL,
        Status::PastDue => {
            &[Entitlement::PatientActivation, Entitlement::Payments, Entitlement::Records]
        }
        Status::Paused | Status::Inactive | Status::Canceled => {
            &[Entitlement::Payments, Entitlement::Records]
        }
    }
}

impl Subscription {
    /// Whether this account may use something now.
    pub fn is_entitled_to(&self, entitlement: Entitlement) -> bool {
        entitlements(self.status()).contains(&entitlement)
    }
}
