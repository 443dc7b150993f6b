//! Orders that correct, dispute and earn.

use super::*;

pub(super) fn reason() -> crate::values::Code {
    "mistake".parse().unwrap()
}

/// A plan's fee, billed ahead.
pub(super) fn plan(number: u128, unit_minor: i64, tax_rate: &str) -> AddLine {
    AddLine { item_type: ItemType::Subscription, ..line(number, 1, unit_minor, tax_rate) }
}

/// The days from one up to but without another, both of January 2026.
pub(super) fn covering(starts: i64, ends: i64) -> Option<BillingPeriod> {
    Some(BillingPeriod { ends_on: january(ends), starts_on: january(starts) })
}

pub(super) fn note_of(number: u128, scope: CreditScope) -> IssueCreditNote {
    IssueCreditNote {
        credit_note_id: id(number),
        issued_on: january(38),
        leave_as_credit: false,
        note: None,
        number: Some(3),
        reason_code: reason(),
        scope,
    }
}

pub(super) fn note(number: u128, scope: CreditScope) -> InvoiceCommand {
    InvoiceCommand::IssueCreditNote(note_of(number, scope))
}

pub(super) fn credit_line(line: u128, minor: Option<i64>) -> CreditLine {
    CreditLine { amount: minor.map(usd), line_id: id(line) }
}

pub(super) fn void(number: u128) -> InvoiceCommand {
    InvoiceCommand::VoidCreditNote(VoidCreditNote {
        credit_note_id: id(number),
        reason_code: reason(),
        voided_on: january(39),
    })
}

pub(super) fn dispute(number: u128, payment: u128, minor: i64) -> InvoiceCommand {
    InvoiceCommand::OpenDispute(OpenDispute {
        amount: usd(minor),
        dispute_id: id(number),
        fee: usd(15),
        opened_on: january(42),
        payment_id: id(payment),
        reason_code: "fraudulent".parse().unwrap(),
    })
}

pub(super) fn win(number: u128) -> InvoiceCommand {
    let (closed_on, dispute_id) = (january(43), id(number));
    InvoiceCommand::WinDispute(WinDispute { closed_on, dispute_id, fee_returned: usd(0) })
}

pub(super) fn lose(number: u128) -> InvoiceCommand {
    InvoiceCommand::LoseDispute(LoseDispute { closed_on: january(43), dispute_id: id(number) })
}

pub(super) fn take_over(number: u128, minor: i64) -> InvoiceCommand {
    InvoiceCommand::TakeOverPayment(TakeOverPayment {
        amount: usd(minor),
        method: PaymentMethod::BankTransfer,
        payment_id: id(number),
        received_on: january(33),
        taken_over_on: january(35),
    })
}

pub(super) fn hand_back(number: u128) -> InvoiceCommand {
    InvoiceCommand::HandBackPayment(HandBackPayment {
        handed_back_on: january(36),
        payment_id: id(number),
        reason_code: reason(),
    })
}

pub(super) fn cancel_refund(number: u128) -> InvoiceCommand {
    InvoiceCommand::CancelRefund(CancelRefund {
        canceled_on: january(41),
        reason_code: reason(),
        refund_id: id(number),
    })
}

pub(super) fn reverse_write_off() -> InvoiceCommand {
    InvoiceCommand::ReverseWriteOff(ReverseWriteOff {
        note: None,
        reason_code: reason(),
        reversed_on: january(61),
    })
}

pub(super) fn recognize(through: Date) -> InvoiceCommand {
    let pauses = Vec::new();
    InvoiceCommand::RecognizeRevenue(RecognizeRevenue { ends_on: None, pauses, through })
}
