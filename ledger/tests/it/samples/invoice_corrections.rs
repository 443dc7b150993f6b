use ledger::{
    invoice::{
        CreditNoteIssued, CreditNoteVoided, CreditRegained, CreditReturned, CreditedLine,
        DisputeLost, DisputeOpened, DisputeWon, InvoiceEvent, ItemType, PaymentHandedBack,
        PaymentMethod, PaymentTakenOver, Recognized, RefundCanceled, RevenueRecognized, Status,
        WriteOffReversed,
    },
    values::InvoiceId,
};

use super::{
    code, day, id,
    invoice::{components, cuts, standing, taxes},
    sealed, usd,
};

fn correcting() -> Vec<InvoiceEvent> {
    let note = CreditNoteIssued {
        applied: usd(126),
        components: components(),
        credit_note_id: id(0x51),
        credited: usd(100),
        issued_on: day(3, 10),
        items: cuts(),
        lines: vec![CreditedLine { amount: usd(200), line_id: id(0x31) }],
        note: Some(sealed("note")),
        number: "CN-202603-00001".to_owned(),
        reason_code: code("billed_twice"),
        standing: standing(0, 0, 100, Status::Paid),
        tax: usd(26),
        taxes: taxes(),
        total: usd(226),
    };
    let voided = CreditNoteVoided {
        applied: usd(126),
        components: components(),
        credit_note_id: id(0x51),
        credited: usd(100),
        items: cuts(),
        number: "CN-202603-00001".to_owned(),
        reason_code: code("mistake"),
        standing: standing(126, 100, 0, Status::Partial),
        tax: usd(26),
        taxes: taxes(),
        total: usd(226),
        voided_on: day(3, 11),
    };
    let returned = CreditReturned {
        amount: usd(24),
        reason_code: code("mistake"),
        returned_on: day(3, 12),
        standing: standing(226, 0, 0, Status::Sent),
        to: InvoiceId::new(id(0x11)),
    };
    let regained = CreditRegained {
        amount: usd(24),
        from: InvoiceId::new(id(0x12)),
        standing: standing(0, 226, 24, Status::Paid),
    };
    let canceled = RefundCanceled {
        amount: usd(250),
        components: components(),
        taxes: taxes(),
        canceled_on: day(3, 9),
        from_credit: usd(24),
        items: cuts(),
        payment_id: id(0x21),
        reason_code: code("mistake"),
        refund_id: id(0x41),
        standing: standing(0, 226, 24, Status::Paid),
        tax: usd(26),
    };
    let reversed = WriteOffReversed {
        amount: usd(226),
        note: Some(sealed("note")),
        reason_code: code("customer_pays"),
        reversed_on: day(10, 1),
        standing: standing(226, 0, 0, Status::Overdue),
    };
    vec![
        note.into(),
        voided.into(),
        returned.into(),
        regained.into(),
        canceled.into(),
        reversed.into(),
    ]
}

fn disputing() -> Vec<InvoiceEvent> {
    let (amount, dispute_id, payment_id) = (usd(250), id(0x61), id(0x21));
    let opened = DisputeOpened {
        amount,
        dispute_id,
        fee: usd(1500),
        from_applied: usd(226),
        from_credit: usd(24),
        method: PaymentMethod::Stripe,
        opened_on: day(4, 1),
        payment_id,
        reason_code: code("fraudulent"),
        standing: standing(226, 0, 0, Status::Overdue),
    };
    let won = DisputeWon {
        amount,
        applied: usd(226),
        closed_on: day(5, 1),
        credited: usd(24),
        dispute_id,
        fee: usd(1500),
        method: PaymentMethod::Stripe,
        payment_id,
        standing: standing(0, 226, 24, Status::Paid),
    };
    let lost = DisputeLost {
        amount,
        closed_on: day(5, 1),
        dispute_id,
        loss: usd(226),
        payment_id,
        standing: standing(0, 0, 0, Status::Failed),
    };
    vec![opened.into(), won.into(), lost.into()]
}

fn taking_over() -> Vec<InvoiceEvent> {
    let (amount, payment_id) = (usd(250), id(0x23));
    let taken = PaymentTakenOver {
        amount,
        applied: usd(226),
        credited: usd(24),
        method: PaymentMethod::BankTransfer,
        payment_id,
        received_on: day(3, 4),
        standing: standing(0, 226, 24, Status::Paid),
        taken_over_on: day(3, 6),
    };
    let back = PaymentHandedBack {
        amount,
        from_applied: usd(226),
        from_credit: usd(24),
        handed_back_on: day(3, 7),
        payment_id,
        reason_code: code("wrong_invoice"),
        standing: standing(226, 0, 0, Status::Sent),
    };
    vec![taken.into(), back.into()]
}

fn earning() -> Vec<InvoiceEvent> {
    let earned = Recognized {
        amount: usd(100),
        cumulative: usd(150),
        deferred: usd(50),
        elapsed: 21,
        item_type: ItemType::Subscription,
        schedule: 0,
    };
    vec![RevenueRecognized { earned: vec![earned], through: day(2, 22) }.into()]
}

pub(super) fn events() -> Vec<InvoiceEvent> {
    [correcting(), disputing(), taking_over(), earning()].concat()
}
