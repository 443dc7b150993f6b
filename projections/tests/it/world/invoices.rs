//! Commands to invoices.

use ledger::{
    invoice::{
        AddLine, ApplyCredit, Cancel, CreateRefund, FailRefund, Import, InvoiceCommand,
        InvoiceType, Issue, ItemType, LinkProvider, MarkOverdue, MarkSent, Open, PaymentMethod,
        PaymentState, RecalculateTotals, Reconcile, RecordPayment, ReleaseCredit, RemoveLine,
        ReportPaid, ReversePayment, SettleRefund, WriteOff,
    },
    values::{Currency, InvoiceId, Rate, Rounding},
};
use time::Duration;
use uuid::Uuid;

use super::{World, id, sealed, usd};

pub(super) fn method(number: u16) -> PaymentMethod {
    if number.is_multiple_of(2) { PaymentMethod::Stripe } else { PaymentMethod::BankTransfer }
}

fn item_type(number: u16) -> ItemType {
    match number % 4 {
        0 => ItemType::PatientActivation,
        1 => ItemType::SetupFee,
        2 => ItemType::Subscription,
        _ => ItemType::OneOff,
    }
}

fn rate(number: u16) -> Rate {
    ["0", "0.05", "0.13", "0.14975"][usize::from(number % 4)].parse().unwrap()
}

impl World {
    pub(super) fn invoice_step(&mut self, what: u8, which: u8, amount: u16) {
        let invoice = InvoiceId::new(id(1, u128::from(which)));
        let other = InvoiceId::new(id(1, u128::from((which + 1) % 6)));
        if what % 25 == 24 {
            // Two streams, as the store would append them: both or none.
            let amount = usd(i64::from(amount));
            let state = |world: &Self, id: InvoiceId| {
                world.invoices.get(&id.uuid()).map(|(state, _)| state.clone())
            };
            let release = InvoiceCommand::ReleaseCredit(ReleaseCredit { amount, to: other });
            let applied_on = self.today();
            let apply =
                InvoiceCommand::ApplyCredit(ApplyCredit { amount, applied_on, from: invoice });
            let decides = |state: Option<ledger::invoice::Invoice>, command: &InvoiceCommand| {
                state.is_some_and(|state| ledger::Decider::decide(&state, command.clone()).is_ok())
            };
            let one = decides(state(self, invoice), &release);
            if one && decides(state(self, other), &apply) {
                self.give(|world| &mut world.invoices, invoice, release);
                self.give(|world| &mut world.invoices, other, apply);
            }
            return;
        }
        let command = self.invoice_command(what, which, amount);
        self.give(|world| &mut world.invoices, invoice, command);
    }

    fn open(&self) -> Open {
        Open {
            currency: Currency::USD,
            customer_id: Some(sealed("customer_id")),
            invoice_type: InvoiceType::OneOff,
            payment_terms_days: 3,
            period: None,
            rounding: Rounding::default(),
        }
    }

    fn line(&self, which: u8, amount: u16) -> AddLine {
        AddLine {
            charge: None,
            covers: None,
            description: None,
            item_type: item_type(amount),
            line_id: id(3, u128::from(which) * 100_000 + u128::from(amount % 7)),
            open: Some(self.open()),
            quantity: i64::from(amount % 3) + 1,
            rate_configured: amount.is_multiple_of(2),
            service_on: self.today(),
            tax_rate: rate(amount),
            unit_price: usd(i64::from(amount)),
        }
    }

    fn import(&self, which: u8, amount: u16) -> Import {
        let today = self.today();
        let (subtotal, tax) = (usd(i64::from(amount)), usd(i64::from(amount / 8)));
        Import {
            balance: usd(i64::from(amount / 2) + 1),
            customer_id: Some(sealed("customer_id")),
            due_on: today,
            import: id(10, 1),
            imported_on: today,
            issued_on: today - Duration::days(i64::from(amount % 40)),
            line_id: id(3, u128::from(which) * 100_000 + 99),
            number: format!("OLD-{which}-{amount}"),
            rounding: Rounding::default(),
            subtotal,
            tax,
        }
    }

    fn payment(&self, which: u8, amount: u16, state: PaymentState) -> RecordPayment {
        let number = amount % 4;
        RecordPayment {
            amount: usd(i64::from(number) * 700 + 300),
            method: method(number),
            payment_id: payment_id(which, amount),
            reason_code: None,
            received_on: self.today(),
            reference: Some(sealed("reference")),
            state,
        }
    }

    fn invoice_command(&self, what: u8, which: u8, amount: u16) -> InvoiceCommand {
        let today = self.today();
        let reason_code = "goodwill".parse().unwrap();
        let refund_id = refund_id(which, amount);
        match what % 25 {
            0 if amount.is_multiple_of(3) => InvoiceCommand::Import(self.import(which, amount)),
            0..=3 => InvoiceCommand::AddLine(self.line(which, amount)),
            4 => InvoiceCommand::RemoveLine(RemoveLine {
                line_id: id(3, u128::from(which) * 100_000 + u128::from(amount % 7)),
            }),
            5 => InvoiceCommand::RecalculateTotals(RecalculateTotals {
                configured_rate: rate(amount),
            }),
            6..=8 => InvoiceCommand::Issue(Issue {
                configured_rate: rate(amount),
                issued_on: today,
                jurisdiction: Some(["CA-ON", "CA-QC"][usize::from(amount % 2)].parse().unwrap()),
                number: None,
            }),
            9 => InvoiceCommand::MarkSent(MarkSent { sent_at: self.now }),
            10..=12 => {
                InvoiceCommand::RecordPayment(self.payment(which, amount, PaymentState::Succeeded))
            }
            13 => InvoiceCommand::RecordPayment(self.payment(which, amount, PaymentState::Pending)),
            14 => InvoiceCommand::RecordPayment(self.payment(which, amount, PaymentState::Failed)),
            15 => InvoiceCommand::ReversePayment(ReversePayment {
                payment_id: payment_id(which, amount),
                reason_code,
                reversed_on: today,
            }),
            16 => InvoiceCommand::ReportPaid(ReportPaid { reported_on: today }),
            17 => InvoiceCommand::Reconcile(Reconcile { today }),
            18 => InvoiceCommand::MarkOverdue(MarkOverdue { today }),
            19 => InvoiceCommand::CreateRefund(CreateRefund {
                amount: usd(i64::from(amount % 400) + 1),
                created_on: today,
                payment_id: payment_id(which, amount),
                reason_code,
                refund_id,
            }),
            20 => InvoiceCommand::SettleRefund(SettleRefund { refund_id, settled_on: today }),
            21 => InvoiceCommand::FailRefund(FailRefund { failed_on: today, refund_id }),
            22 if amount.is_multiple_of(3) => InvoiceCommand::WriteOff(WriteOff {
                note: Some(sealed("note")),
                reason_code,
                written_off_on: today,
            }),
            22 => InvoiceCommand::LinkProvider(LinkProvider {
                provider_invoice_id: sealed("provider_invoice_id"),
            }),
            _ => InvoiceCommand::Cancel(Cancel { canceled_on: today, reason_code }),
        }
    }
}

pub(super) fn refund_id(which: u8, amount: u16) -> Uuid {
    id(5, u128::from(which) * 100 + u128::from(amount % 2))
}

pub(super) fn payment_id(which: u8, amount: u16) -> Uuid {
    id(4, u128::from(which) * 100 + u128::from(amount % 4))
}

impl World {
    /// One line, beginning its draft when there is none.
    pub(crate) fn line_on(&self, which: u8) -> InvoiceCommand {
        InvoiceCommand::AddLine(self.line(which, 200))
    }
}
