use ledger::{
    exception::{Assigned, ExceptionEvent, Raised, Reopened, Resolution, Resolved},
    reconciliation::{Between, Class, Item, Side},
};

use super::{code, day, id, sealed, usd};

pub(super) fn events() -> Vec<ExceptionEvent> {
    let raised = Raised {
        between: Between::LogAndProvider,
        class: Class::Amount,
        happened_on: day(2, 3),
        invoice_id: Some(id(0x11)),
        item: Item::Payment,
        key: id(0x61),
        movement_id: Some(id(0x21)),
        noticed_on: day(2, 9),
        ours: Side::of(usd(21_000)).dated(day(2, 3)).standing("settled"),
        owner: code("finance"),
        provider: code("stripe"),
        provider_id: Some(sealed("provider_id")),
        run_id: id(0x62),
        theirs: Side::of(usd(20_000)).dated(day(2, 4)).standing("available"),
    };
    let resolved = Resolved {
        note: Some(sealed("note")),
        reason_code: code("charged_short"),
        resolution: Resolution::Corrected,
        resolved_on: day(2, 11),
        run_id: Some(id(0x63)),
    };
    vec![
        raised.into(),
        Assigned { assigned_on: day(2, 10), owner: code("treasury"), previous: code("finance") }
            .into(),
        resolved.into(),
        Reopened {
            reason_code: code("found_again"),
            reopened_on: day(2, 12),
            run_id: Some(id(0x64)),
        }
        .into(),
    ]
}
