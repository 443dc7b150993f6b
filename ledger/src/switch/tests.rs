use super::*;
use crate::{import::Digest, values::Code};

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

fn forced(differences: i64) -> Forced {
    Forced {
        differences,
        digest: Digest([9; 32]),
        model: code("invoices"),
        position: 41,
        reason_code: code("projector_fixed"),
        slot: code("b"),
    }
}

#[test]
fn a_forced_switch_is_kept_once() {
    let mut switch = Switch::default();
    let events = switch.decide(SwitchCommand::Force(forced(2))).unwrap();
    assert_eq!(events, vec![SwitchEvent::from(forced(2))]);
    events.into_iter().for_each(|event| switch.apply(event));
    assert_eq!(switch.last(), Some(&forced(2)));
    assert_eq!(switch.decide(SwitchCommand::Force(forced(2))), Ok(vec![]));
    assert_eq!(switch.decide(SwitchCommand::Force(forced(3))).unwrap().len(), 1);
}

#[test]
fn where_nothing_differs_nothing_is_forced() {
    let refused = Switch::default().decide(SwitchCommand::Force(forced(0))).unwrap_err();
    assert_eq!(refused.code(), "switch.nothing_differs");
}
