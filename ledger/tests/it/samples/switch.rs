use ledger::import::Digest;
use ledger::switch::{Forced, SwitchEvent};

use super::code;

pub(super) fn events() -> Vec<SwitchEvent> {
    let forced = Forced {
        differences: 3,
        digest: Digest([0x3c; 32]),
        model: code("invoices"),
        position: 41,
        reason_code: code("projector_fixed"),
        slot: code("b"),
    };
    vec![forced.into()]
}
