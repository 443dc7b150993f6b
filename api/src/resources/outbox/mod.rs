//! `/v1/admin/outbox`: messages that did not leave the house (contract S2.18).

mod dead_letter;
mod replay;
mod view;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) use dead_letter::{Place, dead, place};
pub(crate) use view::MessageView;

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(dead_letter::dead_letter, dead_letter::__path_dead_letter),
        endpoint!(dead_letter::export_dead_letter, dead_letter::__path_export_dead_letter),
        endpoint!(replay::replay_export, replay::__path_replay_export),
        endpoint!(replay::replay, replay::__path_replay),
    ]
}
