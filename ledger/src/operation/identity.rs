//! Which stream a thing has.

use super::Kind;
use crate::{
    store::Names,
    values::{OperationId, OrgId},
};

/// The stream of a thing: the same for the same org, kind and foreign id. It is keyed, because a
/// foreign id may be somebody's address.
pub fn operation_id(names: &Names, org: OrgId, kind: Kind, foreign_id: &str) -> OperationId {
    OperationId::new(names.blind(org, &format!("operation {kind}"), foreign_id))
}
