//! Commands that correct what was billed or settled, and that earn what was billed ahead.

use ledger::{
    Decider,
    invoice::{
        CancelRefund, CreditLine, CreditScope, HandBackPayment, Interruption, Invoice,
        InvoiceCommand, IssueCreditNote, LoseDispute, OpenDispute, RecognizeRevenue, RegainCredit,
        ReturnCredit, ReverseWriteOff, TakeOverPayment, VoidCreditNote, WinDispute,
    },
    store::account_id,
    subscription::{RegainHeldPayment, ReleaseHeldPayment, Subscription, SubscriptionCommand},
    values::InvoiceId,
};
use time::Duration;

use super::{
    World, id,
    invoices::{payment_id, refund_id},
    sealed, usd,
};

impl World {
    pub(super) fn correction_step(&mut self, what: u8, which: u8, amount: u16) {
        let invoice = InvoiceId::new(id(1, u128::from(which)));
        match what % 14 {
            11 => self.return_credit(which, amount),
            12 => self.take_over(invoice, amount),
            13 => self.hand_back(invoice, amount),
            _ => {
                let command = self.correction(what % 14, which, amount);
                self.give(|world| &mut world.invoices, invoice, command);
            }
        }
    }

    fn correction(&self, what: u8, which: u8, amount: u16) -> InvoiceCommand {
        let today = self.today();
        let reason_code = "mistake".parse().unwrap();
        let credit_note_id = id(6, u128::from(which) * 100 + u128::from(amount % 3));
        let dispute_id = id(8, u128::from(which));
        let minor = i64::from(amount);
        match what {
            0..=2 => InvoiceCommand::IssueCreditNote(IssueCreditNote {
                credit_note_id,
                issued_on: today,
                leave_as_credit: amount.is_multiple_of(4),
                note: Some(sealed("note")),
                number: None,
                reason_code,
                scope: match what {
                    0 => CreditScope::Amount(usd(minor)),
                    1 => CreditScope::Rest,
                    _ => CreditScope::Lines(vec![CreditLine {
                        amount: amount.is_multiple_of(2).then(|| usd(minor / 3 + 1)),
                        line_id: id(3, u128::from(which) * 100_000 + u128::from(amount % 7)),
                    }]),
                },
            }),
            3 => InvoiceCommand::VoidCreditNote(VoidCreditNote {
                credit_note_id,
                reason_code,
                voided_on: today,
            }),
            4 => InvoiceCommand::OpenDispute(OpenDispute {
                amount: usd(minor % 900 + 1),
                dispute_id,
                fee: usd(minor % 3 * 500),
                opened_on: today,
                payment_id: payment_id(which, amount),
                reason_code,
            }),
            5 => InvoiceCommand::WinDispute(WinDispute {
                closed_on: today,
                dispute_id,
                fee_returned: usd(minor % 3 * 500),
            }),
            6 => InvoiceCommand::LoseDispute(LoseDispute { closed_on: today, dispute_id }),
            7 => InvoiceCommand::CancelRefund(CancelRefund {
                canceled_on: today,
                reason_code,
                refund_id: refund_id(which, amount),
            }),
            8 => InvoiceCommand::ReverseWriteOff(ReverseWriteOff {
                note: None,
                reason_code,
                reversed_on: today,
            }),
            _ => InvoiceCommand::RecognizeRevenue(RecognizeRevenue {
                ends_on: amount.is_multiple_of(9).then_some(today),
                pauses: vec![Interruption {
                    from: today - Duration::days(i64::from(amount % 20)),
                    through: today - Duration::days(i64::from(amount % 11)),
                }],
                through: today,
            }),
        }
    }

    fn state(&self, id: InvoiceId) -> Invoice {
        self.invoices.get(&id.uuid()).map(|(state, _)| state.clone()).unwrap_or_default()
    }

    fn account_state(&self) -> Subscription {
        let account = account_id(self.org).uuid();
        self.account.get(&account).map(|(state, _)| state.clone()).unwrap_or_default()
    }

    fn return_credit(&mut self, which: u8, amount: u16) {
        let to = InvoiceId::new(id(1, u128::from(which)));
        let from = InvoiceId::new(id(1, u128::from((which + 1) % 6)));
        let (amount, returned_on) = (usd(i64::from(amount)), self.today());
        let reason_code = "mistake".parse().unwrap();
        let back =
            InvoiceCommand::ReturnCredit(ReturnCredit { amount, reason_code, returned_on, to });
        let regain = InvoiceCommand::RegainCredit(RegainCredit { amount, from });
        if self.may(&self.state(from), &back) && self.may(&self.state(to), &regain) {
            self.give(|world| &mut world.invoices, from, back);
            self.give(|world| &mut world.invoices, to, regain);
        }
    }

    fn take_over(&mut self, invoice: InvoiceId, amount: u16) {
        let payment_id = id(7, u128::from(amount % 5));
        let account = self.account_state();
        let Ok(held) = account.held_payment(payment_id).cloned() else { return };
        let today = self.today();
        let release = SubscriptionCommand::ReleaseHeldPayment(ReleaseHeldPayment {
            payment_id,
            released_on: today,
            to: invoice.uuid(),
        });
        let take = InvoiceCommand::TakeOverPayment(TakeOverPayment {
            amount: held.amount,
            method: held.method,
            payment_id,
            received_on: held.received_on,
            taken_over_on: today,
        });
        // Both or none, and not once more what was done before.
        let decided = account.decide(release.clone()).is_ok_and(|events| !events.is_empty());
        if decided && self.may(&self.state(invoice), &take) {
            self.give(|world| &mut world.account, account_id(world_org(self)), release);
            self.give(|world| &mut world.invoices, invoice, take);
        }
    }

    fn hand_back(&mut self, invoice: InvoiceId, amount: u16) {
        let payment_id = id(7, u128::from(amount % 5));
        let account = self.account_state();
        let Ok(held) = account.held_payment(payment_id).cloned() else { return };
        let (today, reason_code) = (self.today(), "wrong_invoice".parse().unwrap());
        let back = InvoiceCommand::HandBackPayment(HandBackPayment {
            handed_back_on: today,
            payment_id,
            reason_code,
        });
        let regain = SubscriptionCommand::RegainHeldPayment(RegainHeldPayment {
            amount: held.amount,
            from: invoice.uuid(),
            payment_id,
            reason_code: "wrong_invoice".parse().unwrap(),
            regained_on: today,
        });
        let decided = account.decide(regain.clone()).is_ok_and(|events| !events.is_empty());
        if decided && self.may(&self.state(invoice), &back) {
            self.give(|world| &mut world.invoices, invoice, back);
            self.give(|world| &mut world.account, account_id(world_org(self)), regain);
        }
    }

    /// Whether a command decides something that the books take.
    fn may(&self, state: &Invoice, command: &InvoiceCommand) -> bool {
        state.decide(command.clone()).is_ok_and(|events| {
            !events.is_empty() && events.into_iter().all(|event| self.admits(&event.into()))
        })
    }
}

fn world_org(world: &World) -> ledger::values::OrgId {
    world.org
}
