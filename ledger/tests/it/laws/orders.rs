//! Everything that can be ordered of one invoice.

use ledger::{
    invoice::*,
    values::{Money, Rate},
};
use proptest::prelude::*;
use time::Date;
use uuid::Uuid;

use crate::store::support::{line, usd};

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// One of each, more or less; payments, refunds, disputes and credit notes of few names, so that
/// they meet.
pub(crate) fn any_order(
    day: BoxedStrategy<Date>,
    money: BoxedStrategy<Money>,
) -> impl Strategy<Value = InvoiceCommand> {
    let names = (11..13_u128, 21..23_u128);
    (0..22_u8, names, day, money, any::<bool>()).prop_map(
        |(what, (payment, name), on, amount, flag)| {
            order(what, id(payment), id(name), on, amount, flag)
        },
    )
}

fn order(
    what: u8,
    payment_id: Uuid,
    name: Uuid,
    on: Date,
    amount: Money,
    flag: bool,
) -> InvoiceCommand {
    let reason_code = "test".parse().unwrap();
    match what {
        0 => line(name.as_u128()),
        1..=3 => InvoiceCommand::Issue(Issue {
            configured_rate: Rate::ZERO,
            issued_on: on,
            jurisdiction: None,
            number: None,
        }),
        4..=6 => InvoiceCommand::RecordPayment(RecordPayment {
            amount,
            method: PaymentMethod::Stripe,
            payment_id,
            reason_code: None,
            received_on: on,
            reference: None,
            state: PaymentState::Succeeded,
        }),
        7 => InvoiceCommand::ReversePayment(ReversePayment {
            payment_id,
            reason_code,
            reversed_on: on,
        }),
        8 => InvoiceCommand::CreateRefund(CreateRefund {
            amount,
            created_on: on,
            payment_id,
            reason_code,
            refund_id: name,
        }),
        9 => InvoiceCommand::SettleRefund(SettleRefund { refund_id: name, settled_on: on }),
        10 => InvoiceCommand::FailRefund(FailRefund { failed_on: on, refund_id: name }),
        11 => InvoiceCommand::CancelRefund(CancelRefund {
            canceled_on: on,
            reason_code,
            refund_id: name,
        }),
        12 | 13 => InvoiceCommand::IssueCreditNote(IssueCreditNote {
            credit_note_id: name,
            issued_on: on,
            leave_as_credit: flag,
            note: None,
            number: None,
            reason_code,
            scope: CreditScope::Amount(amount),
        }),
        14 => InvoiceCommand::VoidCreditNote(VoidCreditNote {
            credit_note_id: name,
            reason_code,
            voided_on: on,
        }),
        15 => InvoiceCommand::OpenDispute(OpenDispute {
            amount,
            dispute_id: name,
            fee: usd(15),
            opened_on: on,
            payment_id,
            reason_code,
        }),
        16 => InvoiceCommand::WinDispute(WinDispute {
            closed_on: on,
            dispute_id: name,
            fee_returned: usd(15),
        }),
        17 => InvoiceCommand::LoseDispute(LoseDispute { closed_on: on, dispute_id: name }),
        18 | 19 => InvoiceCommand::RecognizeRevenue(RecognizeRevenue {
            ends_on: None,
            pauses: vec![],
            through: on,
        }),
        20 if flag => InvoiceCommand::Cancel(Cancel { canceled_on: on, reason_code }),
        20 => InvoiceCommand::WriteOff(WriteOff { note: None, reason_code, written_off_on: on }),
        _ => InvoiceCommand::ReverseWriteOff(ReverseWriteOff {
            note: None,
            reason_code,
            reversed_on: on,
        }),
    }
}
