use ledger::{
    books::{BooksEvent, EntryKind, EntryLine, EntryPosted, PeriodClosed, PeriodReopened, Side},
    journal::Account,
};

use super::{code, day, id, sealed, usd};

pub(super) fn events() -> Vec<BooksEvent> {
    let line = |account, side| EntryLine { account, amount: usd(10_000), side };
    let posted = EntryPosted {
        business_on: day(1, 31),
        entry_id: id(0x91),
        kind: EntryKind::Reversal,
        lines: vec![line(Account::Cash, Side::Debit), line(Account::StripeClearing, Side::Credit)],
        note: Some(sealed("note")),
        reason_code: code("wrong_payout"),
        reference: Some(sealed("reference")),
        reverses: Some(id(0x90)),
    };
    vec![
        PeriodClosed {
            closed_through: day(2, 28),
            note: Some(sealed("note")),
            previous: Some(day(1, 31)),
        }
        .into(),
        PeriodReopened {
            closed_through: Some(day(1, 31)),
            reason_code: code("late_invoice"),
            was: day(2, 28),
        }
        .into(),
        posted.into(),
    ]
}
