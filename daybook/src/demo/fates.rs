//! What becomes of an issued invoice: as many ways as there are in real books.

use ledger::invoice::PaymentMethod;

use super::dice::Dice;
use super::step::{Arrived, Correction, Deed, Pay, Share, Which};

/// How people pay, the usual ways more often.
const METHODS: [PaymentMethod; 8] = [
    PaymentMethod::Stripe,
    PaymentMethod::Stripe,
    PaymentMethod::Stripe,
    PaymentMethod::BankTransfer,
    PaymentMethod::BankTransfer,
    PaymentMethod::Check,
    PaymentMethod::Card,
    PaymentMethod::Cash,
];

/// The day after the due date of invoices that are due in thirty days.
const LATE: i64 = 31;

/// Days after issue, and what happens then. `next` is where credit may go.
pub(super) fn fate(dice: &mut Dice, next: Option<Which>) -> Vec<(i64, Deed)> {
    let method = *dice.one_of(&METHODS);
    let day = dice.between(2, 24);
    let pay = |number, share| Deed::Pay(Pay { number, share, method, state: Arrived::Yes });
    match dice.between(1, 100) {
        1..=32 => vec![(day, pay(1, Share::All))],
        33..=44 => corrected(dice.between(1, 6), day),
        45..=52 => announced(day, method),
        53..=62 => vec![(LATE, Deed::Overdue), (LATE + day, pay(1, Share::All))],
        63..=69 => failed_first(day, method),
        70..=76 => vec![(day, pay(1, Share::Percent(60))), (day + 5, pay(2, Share::Rest))],
        77..=80 => vec![(day, pay(1, Share::Percent(40))), (LATE, Deed::Overdue)],
        81..=84 => overpaid(day, pay(1, Share::TooMuch), next),
        85..=88 => refunded(day, pay(1, Share::All), dice.between(1, 10)),
        89..=91 => vec![(LATE, Deed::Overdue), (LATE + 75, Deed::WriteOff("uncollectible"))],
        92..=93 => vec![(day, Deed::ReportPaid)],
        94..=95 => reversed(day, pay(1, Share::All), false),
        96 => reversed(day, pay(1, Share::All), true),
        97 => vec![(1, Deed::Cancel("issued_in_error"))],
        _ => vec![(LATE, Deed::Overdue)],
    }
}

/// What was billed turns out wrong, or the bank takes the money back.
fn corrected(how: i64, day: i64) -> Vec<(i64, Deed)> {
    let pay = |share| {
        let (method, state) = (PaymentMethod::Stripe, Arrived::Yes);
        Deed::Pay(Pay { number: 1, share, method, state })
    };
    let note = |percent| Deed::Correct(Correction::CreditNote { number: 1, percent });
    let correct = Deed::Correct;
    match how {
        1 => vec![(day, note(25)), (day + 3, pay(Share::Rest))],
        2 => vec![(day, pay(Share::All)), (day + 4, note(20))],
        3 => vec![
            (day, note(100)),
            (day + 1, correct(Correction::VoidCreditNote(1))),
            (day + 5, pay(Share::All)),
        ],
        4 => vec![
            (day, pay(Share::All)),
            (day + 12, correct(Correction::OpenDispute)),
            (day + 40, correct(Correction::WinDispute)),
        ],
        5 => vec![
            (day, pay(Share::All)),
            (day + 12, correct(Correction::OpenDispute)),
            (day + 40, correct(Correction::LoseDispute)),
        ],
        _ => vec![
            (LATE, Deed::Overdue),
            (LATE + 30, Deed::WriteOff("uncollectible")),
            (LATE + 50, correct(Correction::ReverseWriteOff)),
            (LATE + 52, pay(Share::Rest)),
        ],
    }
}

fn announced(day: i64, method: PaymentMethod) -> Vec<(i64, Deed)> {
    let pay = |state| Deed::Pay(Pay { number: 1, share: Share::All, method, state });
    vec![(day, pay(Arrived::NotYet)), (day + 3, pay(Arrived::Yes))]
}

fn failed_first(day: i64, method: PaymentMethod) -> Vec<(i64, Deed)> {
    let pay = |number, state| Deed::Pay(Pay { number, share: Share::All, method, state });
    let refused = Arrived::No("card_declined");
    vec![(day, pay(1, refused)), (day + 2, pay(2, refused)), (day + 4, pay(3, Arrived::Yes))]
}

/// The credit moves to the next invoice, or goes back.
fn overpaid(day: i64, pay: Deed, next: Option<Which>) -> Vec<(i64, Deed)> {
    match next {
        Some(next) => vec![(day, pay), (day + 1, Deed::MoveCredit(next))],
        None => {
            vec![(day, pay), (day + 6, Deed::RefundCredit(1)), (day + 8, Deed::SettleRefund(1))]
        }
    }
}

fn refunded(day: i64, pay: Deed, luck: i64) -> Vec<(i64, Deed)> {
    let end = match luck {
        1..=6 => Deed::SettleRefund(1),
        7..=8 => Deed::FailRefund(1),
        _ => Deed::Correct(Correction::CancelRefund(1)),
    };
    vec![(day, pay), (day + 8, Deed::Refund(1, 30)), (day + 10, end)]
}

/// Paid, then the money went back: finance finds a mismatch, unless somebody reconciles.
fn reversed(day: i64, pay: Deed, reconciled: bool) -> Vec<(i64, Deed)> {
    let mut deeds = vec![(day, pay), (day + 9, Deed::Reverse(1))];
    if reconciled {
        deeds.push((LATE + 20, Deed::Reconcile));
    }
    deeds
}
