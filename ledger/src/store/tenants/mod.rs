//! Orgs and the API keys that speak for them.
//!
//! Nothing here is in the log: who may ask is not part of what is true. Orgs are the operator's
//! (relay role, across orgs); keys are each org's own (app role, under its row-level security).

mod keys;
mod orgs;
mod role;
mod secret;

pub use keys::{
    ApiKey, Credential, KeyRequest, MintedKey, find_key, keys_of, mint_key, note_use, revoke_key,
    rotate_key, verify,
};
pub use orgs::{Org, OrgStanding, close_org, find_org, orgs, reinstate_org, suspend_org};
pub use role::{Role, UnknownRole};
pub use secret::{PresentedKey, digest};
