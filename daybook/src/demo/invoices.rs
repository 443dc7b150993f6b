//! What happens to invoices in an invented history.

use ledger::cycles::issue_on;
use ledger::invoice::{
    AddLine, ApplyCredit, BillingPeriod, Cancel, CreateRefund, FailRefund, Invoice, InvoiceCommand,
    InvoiceType, ItemType, MarkOverdue, MarkSent, Open, PaymentState, Reconcile, RecordPayment,
    ReleaseCredit, ReportPaid, ReversePayment, SettleRefund, WriteOff, monthly_invoice_id,
    setup_fee_invoice_id,
};
use ledger::store::{Context, account_id};
use ledger::subscription::Subscription;
use ledger::values::{InvoiceId, Money, OrgId};
use time::{Date, Duration};
use uuid::Uuid;

use super::act::{Actress, Trouble, code};
use super::step::{Arrived, Deed, Pay, Share, Step, Which};

/// What single charges are for.
const SERVICES: [&str; 6] = [
    "Custom orthotics",
    "Records transfer",
    "Extended consultation",
    "Home visit",
    "Replacement splint",
    "Workshop place",
];

impl Actress<'_> {
    /// Does one deed.
    pub(super) async fn invoice(
        &self,
        context: Context,
        which: Which,
        deed: &Deed,
        step: &Step,
    ) -> Result<(), Trouble> {
        let id = invoice_id(self.id, which);
        let command = match deed {
            Deed::Draft(prices) => return self.draft(context, which, prices, step).await,
            Deed::Issue => return self.issue(context, id, step).await,
            Deed::MoveCredit(to) => return self.move_credit(context, id, *to, step).await,
            Deed::Pay(pay) => self.pay(&context, id, *pay, step).await?,
            Deed::Correct(correction) => self.correction(id, correction, step).await?,
            Deed::Refund(number, percent) => self.refund(id, *number, *percent, step).await?,
            Deed::RefundCredit(number) => self.refund_credit(id, *number, step).await?,
            Deed::Send => InvoiceCommand::MarkSent(MarkSent { sent_at: step.at }),
            Deed::Overdue => InvoiceCommand::MarkOverdue(MarkOverdue { today: step.on }),
            Deed::ReportPaid => InvoiceCommand::ReportPaid(ReportPaid { reported_on: step.on }),
            Deed::Reverse(number) => InvoiceCommand::ReversePayment(ReversePayment {
                payment_id: part(id, "payment", *number),
                reason_code: code("returned_by_bank")?,
                reversed_on: step.on,
            }),
            Deed::Reconcile => InvoiceCommand::Reconcile(Reconcile { today: step.on }),
            Deed::SettleRefund(number) => InvoiceCommand::SettleRefund(SettleRefund {
                refund_id: part(id, "refund", *number),
                settled_on: step.on,
            }),
            Deed::FailRefund(number) => InvoiceCommand::FailRefund(FailRefund {
                failed_on: step.on,
                refund_id: part(id, "refund", *number),
            }),
            Deed::WriteOff(reason) => InvoiceCommand::WriteOff(WriteOff {
                note: None,
                reason_code: code(reason)?,
                written_off_on: step.on,
            }),
            Deed::Cancel(reason) => {
                InvoiceCommand::Cancel(Cancel { canceled_on: step.on, reason_code: code(reason)? })
            }
        };
        self.run(self.ledger.batch(context).then(id, command)).await
    }

    /// A draft with its lines, in one append.
    async fn draft(
        &self,
        context: Context,
        which: Which,
        prices: &[i64],
        step: &Step,
    ) -> Result<(), Trouble> {
        let id = invoice_id(self.id, which);
        let (account, _) = self.ledger.load::<Subscription>(self.id, account_id(self.id)).await?;
        let (tax_rate, _) = account.tax_on(step.on);
        let item_type = match which {
            Which::SetupFee => ItemType::SetupFee,
            Which::Plan(_) => ItemType::Subscription,
            Which::OneOff(_) | Which::Monthly(_) => ItemType::OneOff,
        };
        let setup = item_type == ItemType::SetupFee;
        let customer = match which {
            Which::OneOff(number) => Some(format!("C-{}", 200 + number)),
            Which::SetupFee | Which::Plan(_) | Which::Monthly(_) => None,
        };
        // A plan is paid a year ahead.
        let covers = (item_type == ItemType::Subscription).then(|| BillingPeriod {
            ends_on: step.on.checked_add(Duration::days(365)).unwrap_or(Date::MAX),
            starts_on: step.on,
        });
        let customer_id = match &customer {
            Some(customer) => {
                let subject = self.ledger.names().subject(self.id, "customer", customer);
                Some(self.seal(&context, subject, "customer_id", customer).await?)
            }
            None => None,
        };
        let open = Open {
            currency: self.org.currency()?,
            customer_id,
            invoice_type: if setup { InvoiceType::SetupFee } else { InvoiceType::OneOff },
            payment_terms_days: 30,
            period: None,
            rounding: account.rounding(),
        };
        let prices = if setup { vec![self.org.setup_fee()?.minor()] } else { prices.to_vec() };
        let mut lines = Vec::new();
        for (number, minor) in (0_i64..).zip(prices) {
            let description = match &customer {
                Some(customer) => {
                    let subject = self.ledger.names().subject(self.id, "customer", customer);
                    let index = usize::try_from(minor + number).unwrap_or(0) % SERVICES.len();
                    // A field of its own for each line: no two seals of a command share one.
                    let field = format!("description.{number}");
                    Some(self.seal(&context, subject, &field, SERVICES[index]).await?)
                }
                None => None,
            };
            lines.push(AddLine {
                charge: None,
                covers,
                description,
                item_type,
                line_id: part(id, "line", number),
                open: Some(open.clone()),
                quantity: 1,
                rate_configured: true,
                service_on: step.on,
                tax_rate,
                unit_price: self.org.money(minor)?,
            });
        }
        let batch = self.ledger.batch(context).then(id, InvoiceCommand::Open(open));
        let add = |batch: ledger::store::Batch, line| batch.then(id, InvoiceCommand::AddLine(line));
        self.run(lines.into_iter().fold(batch, add)).await
    }

    async fn issue(&self, context: Context, id: InvoiceId, step: &Step) -> Result<(), Trouble> {
        let on = step.on;
        let batch = self.ledger.batch(context).then_from::<Invoice, Subscription>(
            id,
            account_id(self.id),
            move |account| Ok(issue_on(account, on)),
        );
        self.run(batch).await
    }

    async fn pay(
        &self,
        context: &Context,
        id: InvoiceId,
        pay: Pay,
        step: &Step,
    ) -> Result<InvoiceCommand, Trouble> {
        let (invoice, _) = self.ledger.load::<Invoice>(self.id, id).await?;
        let total = invoice.totals().map_or(0, |totals| totals.total.minor());
        let rest = invoice.balance().map_or(0, Money::minor);
        let minor = match pay.share {
            Share::All => total,
            Share::Percent(percent) => total * percent / 100,
            Share::Rest => rest,
            Share::TooMuch => total + total / 3,
        };
        let (state, reason_code) = match pay.state {
            Arrived::NotYet => (PaymentState::Pending, None),
            Arrived::Yes => (PaymentState::Succeeded, None),
            Arrived::No(reason) => (PaymentState::Failed, Some(code(reason)?)),
        };
        let subject = self.ledger.names().subject(self.id, "org", &self.id.to_string());
        // As the provider would call it; others have numbers of their own.
        let reference = match pay.method {
            ledger::invoice::PaymentMethod::Stripe => {
                format!("ch_{}_{}", id.uuid().simple(), pay.number)
            }
            _ => format!("REF-{}-{}", &id.to_string()[..8], pay.number),
        };
        let reference = self.seal(context, subject, "reference", &reference).await?;
        Ok(InvoiceCommand::RecordPayment(RecordPayment {
            amount: self.org.money(minor.max(1))?,
            method: pay.method,
            payment_id: part(id, "payment", pay.number),
            reason_code,
            received_on: step.on,
            reference: Some(reference),
            state,
        }))
    }

    async fn refund(
        &self,
        id: InvoiceId,
        number: i64,
        percent: i64,
        step: &Step,
    ) -> Result<InvoiceCommand, Trouble> {
        let (invoice, _) = self.ledger.load::<Invoice>(self.id, id).await?;
        let payment = invoice.payment(part(id, "payment", number));
        let minor = payment.map_or(0, |payment| payment.amount.minor()) * percent / 100;
        Ok(self.create_refund(id, number, minor, "service_not_rendered", step)?)
    }

    async fn refund_credit(
        &self,
        id: InvoiceId,
        number: i64,
        step: &Step,
    ) -> Result<InvoiceCommand, Trouble> {
        let (invoice, _) = self.ledger.load::<Invoice>(self.id, id).await?;
        let minor = invoice.credit().map_or(0, Money::minor);
        Ok(self.create_refund(id, number, minor, "overpaid", step)?)
    }

    fn create_refund(
        &self,
        id: InvoiceId,
        number: i64,
        minor: i64,
        reason: &str,
        step: &Step,
    ) -> anyhow::Result<InvoiceCommand> {
        Ok(InvoiceCommand::CreateRefund(CreateRefund {
            amount: self.org.money(minor)?,
            created_on: step.on,
            payment_id: part(id, "payment", number),
            reason_code: code(reason)?,
            refund_id: part(id, "refund", number),
        }))
    }

    /// As much of the credit as the other invoice can take, in one append.
    async fn move_credit(
        &self,
        context: Context,
        from: InvoiceId,
        to: Which,
        step: &Step,
    ) -> Result<(), Trouble> {
        let to = invoice_id(self.id, to);
        let (source, _) = self.ledger.load::<Invoice>(self.id, from).await?;
        let (target, _) = self.ledger.load::<Invoice>(self.id, to).await?;
        let minor = source.credit().map_or(0, Money::minor);
        let amount = self.org.money(minor.min(target.balance().map_or(0, Money::minor)))?;
        if !amount.is_positive() {
            return Ok(());
        }
        let release = InvoiceCommand::ReleaseCredit(ReleaseCredit { amount, to });
        let apply = ApplyCredit { amount, applied_on: step.on, from };
        let batch = self.ledger.batch(context).then(from, release);
        self.run(batch.then(to, InvoiceCommand::ApplyCredit(apply))).await
    }
}

pub(super) fn invoice_id(org: OrgId, which: Which) -> InvoiceId {
    match which {
        Which::Monthly(cycle) => monthly_invoice_id(org, cycle),
        Which::SetupFee => setup_fee_invoice_id(org),
        Which::OneOff(number) => InvoiceId::derived(org, "invoice", &format!("demo:{number}")),
        Which::Plan(year) => InvoiceId::derived(org, "invoice", &format!("demo:plan:{year}")),
    }
}

/// A payment, refund or line of an invoice.
pub(super) fn part(invoice: InvoiceId, what: &str, number: i64) -> Uuid {
    Uuid::new_v5(&invoice.uuid(), format!("{what}:{number}").as_bytes())
}
