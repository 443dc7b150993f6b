//! Corrections and books in an invented history.

use ledger::books::{BooksCommand, ClosePeriod, EntryKind, EntryLine, PostEntry, Side, books_id};
use ledger::earning::Earning;
use ledger::invoice::{
    CancelRefund, CreditScope, Invoice, InvoiceCommand, IssueCreditNote, LoseDispute, OpenDispute,
    ReverseWriteOff, TakeOverPayment, VoidCreditNote, WinDispute,
};
use ledger::journal::Account;
use ledger::store::{Context, account_id};
use ledger::subscription::{
    ReleaseHeldPayment, ReturnHeldPayment, Subscription, SubscriptionCommand,
};
use ledger::values::{InvoiceId, Money};
use projections::engine::Snapshot;
use projections::journal::{Entries, Period, account_balances};
use time::Date;
use uuid::Uuid;

use super::act::{Actress, Trouble, actor, code};
use super::invoices::{invoice_id, part};
use super::step::{Correction, Step, Which};

impl Actress<'_> {
    /// The order that corrects an invoice.
    pub(super) async fn correction(
        &self,
        id: InvoiceId,
        correction: &Correction,
        step: &Step,
    ) -> Result<InvoiceCommand, Trouble> {
        Ok(match correction {
            Correction::CreditNote { number, percent } => {
                let (invoice, _) = self.ledger.load::<Invoice>(self.id, id).await?;
                let total = invoice.totals().map_or(0, |totals| totals.total.minor());
                let scope = match percent {
                    100 => CreditScope::Rest,
                    percent => CreditScope::Amount(self.org.money((total * percent / 100).max(1))?),
                };
                InvoiceCommand::IssueCreditNote(IssueCreditNote {
                    credit_note_id: part(id, "credit_note", *number),
                    issued_on: step.on,
                    leave_as_credit: false,
                    note: None,
                    number: None,
                    reason_code: code("service_complaint")?,
                    scope,
                })
            }
            Correction::VoidCreditNote(number) => InvoiceCommand::VoidCreditNote(VoidCreditNote {
                credit_note_id: part(id, "credit_note", *number),
                reason_code: code("granted_by_mistake")?,
                voided_on: step.on,
            }),
            Correction::CancelRefund(number) => InvoiceCommand::CancelRefund(CancelRefund {
                canceled_on: step.on,
                reason_code: code("customer_changed_mind")?,
                refund_id: part(id, "refund", *number),
            }),
            Correction::ReverseWriteOff => InvoiceCommand::ReverseWriteOff(ReverseWriteOff {
                note: None,
                reason_code: code("debtor_found")?,
                reversed_on: step.on,
            }),
            Correction::OpenDispute => self.open_dispute(id, step).await?,
            Correction::WinDispute => InvoiceCommand::WinDispute(WinDispute {
                closed_on: step.on,
                dispute_id: part(id, "dispute", 1),
                fee_returned: self.org.money(0)?,
            }),
            Correction::LoseDispute => InvoiceCommand::LoseDispute(LoseDispute {
                closed_on: step.on,
                dispute_id: part(id, "dispute", 1),
            }),
        })
    }

    async fn open_dispute(&self, id: InvoiceId, step: &Step) -> Result<InvoiceCommand, Trouble> {
        let payment_id = part(id, "payment", 1);
        let (invoice, _) = self.ledger.load::<Invoice>(self.id, id).await?;
        let zero = self.org.money(0)?;
        let amount = invoice.payment(payment_id).map_or(zero, |payment| payment.amount);
        Ok(InvoiceCommand::OpenDispute(OpenDispute {
            amount,
            dispute_id: part(id, "dispute", 1),
            fee: self.org.money(1_500)?,
            opened_on: step.on,
            payment_id,
            reason_code: code("product_not_received")?,
        }))
    }

    /// A held payment finds its invoice, or goes back to whom it came from.
    pub(super) async fn resolve_held(
        &self,
        context: Context,
        number: i64,
        to: Option<Which>,
        step: &Step,
    ) -> Result<(), Trouble> {
        let payment_id = self.held(number);
        let (account, _) = self.ledger.load::<Subscription>(self.id, account_id(self.id)).await?;
        let Ok(held) = account.held_payment(payment_id) else { return Ok(()) };
        let Some(to) = to.map(|which| invoice_id(self.id, which)) else {
            let back = ReturnHeldPayment {
                amount: held.amount,
                method: held.method,
                payment_id,
                reason_code: code("payer_unknown")?,
                returned_on: step.on,
            };
            return self.account(context, SubscriptionCommand::ReturnHeldPayment(back)).await;
        };
        let release = ReleaseHeldPayment { payment_id, released_on: step.on, to: to.uuid() };
        let take_over = TakeOverPayment {
            amount: held.amount,
            method: held.method,
            payment_id,
            received_on: held.received_on,
            taken_over_on: step.on,
        };
        let batch = self
            .ledger
            .batch(context)
            .then(account_id(self.id), SubscriptionCommand::ReleaseHeldPayment(release))
            .then(to, InvoiceCommand::TakeOverPayment(take_over));
        self.run(batch).await
    }

    /// A held payment of this history.
    pub(super) fn held(&self, number: i64) -> Uuid {
        Uuid::new_v5(&self.id.0, format!("demo:held-payment:{number}").as_bytes())
    }

    /// Earns what was billed ahead, through a day.
    pub(super) async fn recognize(&self, through: Date, step: &Step) -> Result<(), Trouble> {
        let mut ahead = vec![invoice_id(self.id, Which::SetupFee)];
        ahead.extend((1..=2).map(|year| invoice_id(self.id, Which::Plan(year))));
        let mut issued = Vec::new();
        for id in ahead {
            let (invoice, _) = self.ledger.load::<Invoice>(self.id, id).await?;
            issued.extend(invoice.number().map(|_| id));
        }
        let earning = Earning::new(self.ledger, self.id, actor(), through);
        Ok(earning.occurring_at(step.at).earn(&issued).await?)
    }

    /// Closes the books through a month's last day.
    pub(super) async fn close(
        &self,
        context: Context,
        through: Date,
        step: &Step,
    ) -> Result<(), Trouble> {
        let close = ClosePeriod { note: None, through, today: step.on };
        let command = BooksCommand::ClosePeriod(close);
        self.run(self.ledger.batch(context).then(books_id(self.id), command)).await
    }

    /// Stripe pays out what it holds, less its fee.
    pub(super) async fn payout(&self, context: Context, step: &Step) -> Result<(), Trouble> {
        self.settle().await?;
        let snapshot = Snapshot::open(self.ledger.app_pool(), self.id).await;
        let snapshot = snapshot.map_err(anyhow::Error::from)?;
        let balances = account_balances(&snapshot, Period::default(), Entries::All).await;
        let balances = balances.map_err(anyhow::Error::from)?;
        snapshot.close().await.map_err(anyhow::Error::from)?;
        let at_stripe = balances.iter().find(|balance| {
            balance.account == Account::StripeClearing
                && Some(balance.debit.currency()) == self.org.currency().ok()
        });
        let gross = at_stripe.map_or(0, |balance| balance.balance.minor());
        if gross < 100 {
            return Ok(());
        }
        let fee = gross * 29 / 1_000;
        let lines = vec![
            self.line(Account::Cash, Side::Debit, gross - fee)?,
            self.line(Account::ProcessingFees, Side::Debit, fee)?,
            self.line(Account::StripeClearing, Side::Credit, gross)?,
        ];
        self.entry(context, EntryKind::Payout, lines, "payout", step).await
    }

    /// The month's estimate of what will not come in.
    pub(super) async fn allowance(&self, context: Context, step: &Step) -> Result<(), Trouble> {
        let minor = self.org.charge_minor / 4;
        let lines = vec![
            self.line(Account::CreditLossExpense, Side::Debit, minor)?,
            self.line(Account::CreditLossAllowance, Side::Credit, minor)?,
        ];
        self.entry(context, EntryKind::Allowance, lines, "period_end_estimate", step).await
    }

    fn line(&self, account: Account, side: Side, minor: i64) -> anyhow::Result<EntryLine> {
        let amount: Money = self.org.money(minor)?;
        Ok(EntryLine { account, amount, side })
    }

    async fn entry(
        &self,
        context: Context,
        kind: EntryKind,
        lines: Vec<EntryLine>,
        reason: &str,
        step: &Step,
    ) -> Result<(), Trouble> {
        let entry_id = Uuid::new_v5(&self.id.0, format!("demo:{reason}:{}", step.on).as_bytes());
        let reference = match kind {
            EntryKind::Payout => {
                let subject = self.ledger.names().subject(self.id, "org", &self.id.to_string());
                let name = format!("po_{}", entry_id.simple());
                Some(self.seal(&context, subject, "reference", &name).await?)
            }
            _ => None,
        };
        let entry = PostEntry {
            business_on: step.on,
            entry_id,
            kind,
            lines,
            note: None,
            reason_code: code(reason)?,
            reference,
        };
        let command = BooksCommand::PostEntry(entry);
        self.run(self.ledger.batch(context).then(books_id(self.id), command)).await
    }
}
