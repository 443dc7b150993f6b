//! Words that papers share.

use crate::invoice::ItemType;

/// Somebody with an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    /// The name; empty where it is not to be shown.
    pub name: String,
    /// The address, line by line; may be empty.
    pub address: Vec<String>,
}

/// Who writes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Issuer {
    /// Name and address.
    pub party: Party,
    /// How to reach them, in one line.
    pub contact: Option<String>,
}

/// What a line of a kind is called where it has no words of its own.
pub const fn item_text(item_type: ItemType) -> &'static str {
    match item_type {
        ItemType::PatientActivation => "Patient activation",
        ItemType::SetupFee => "Set-up fee",
        ItemType::Subscription => "Subscription",
        ItemType::OneOff => "One-off charge",
    }
}
