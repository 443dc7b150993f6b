//! `/v1/proofs`: signed checkpoints of the log, proofs for whoever holds one,
//! and bundles for whoever holds nothing but a key.

mod bundle;
mod checkpoint;
mod consistency;
mod inclusion;
mod keys;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(bundle::bundle, bundle::__path_bundle),
        endpoint!(checkpoint::checkpoint, checkpoint::__path_checkpoint),
        endpoint!(consistency::consistency, consistency::__path_consistency),
        endpoint!(inclusion::inclusion, inclusion::__path_inclusion),
        endpoint!(keys::keys, keys::__path_keys),
    ]
}

/// Hashes on the wire, as the RFCs and checkpoints write them.
fn base64(hashes: &[[u8; 32]]) -> Vec<String> {
    hashes.iter().map(|hash| data_encoding::BASE64.encode(hash)).collect()
}
