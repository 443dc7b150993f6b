//! What is at hand while one message is worked off.

use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    invoice::{Invoice, InvoiceCommand, LinkProvider},
    recorded::Actor,
    store::{
        Context, ExecuteError, Ledger, StoreError, account_id,
        inbox::{InboxStatus, Link, NewLink, find_links, link, link_amount},
    },
    subscription::Subscription,
    values::{InvoiceId, Money, OrgId, Sealed},
};

/// What came of trying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Came {
    pub(super) status: InboxStatus,
    pub(super) invoice_id: Option<Uuid>,
    /// The payment that was recorded, if one was.
    pub(super) payment_id: Option<Uuid>,
    pub(super) error: Option<String>,
}

impl Came {
    pub(super) fn done(invoice_id: Uuid) -> Self {
        let status = InboxStatus::Processed;
        Self { status, invoice_id: Some(invoice_id), payment_id: None, error: None }
    }

    pub(super) fn taken(invoice_id: Uuid, payment_id: Uuid) -> Self {
        Self { payment_id: Some(payment_id), ..Self::done(invoice_id) }
    }

    pub(super) fn to(status: InboxStatus, invoice_id: Option<Uuid>, error: &str) -> Self {
        Self { status, invoice_id, payment_id: None, error: Some(error.to_owned()) }
    }

    pub(super) fn ignored() -> Self {
        Self { status: InboxStatus::Ignored, invoice_id: None, payment_id: None, error: None }
    }
}

/// One message of one org, and the ledger to tell.
pub(super) struct Desk<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) org: OrgId,
    pub(super) provider: &'a str,
    /// The provider's id of the event.
    pub(super) event: &'a str,
    /// When the provider says it happened.
    pub(super) at: OffsetDateTime,
}

impl Desk<'_> {
    /// The envelope of one step; the same step of the same message is the same command.
    pub(super) fn context(&self, step: &str) -> Context {
        let name = format!("{}:{}:{step}", self.provider, self.event);
        self.named(&name)
    }

    fn named(&self, name: &str) -> Context {
        let actor = Actor(format!("webhook:{}", self.provider));
        Context::named(self.ledger, self.org, actor, name).occurring_at(self.at)
    }

    /// The day it happened, in the org's zone.
    pub(super) async fn day(&self) -> Result<Date, ExecuteError> {
        let (account, _) = self.ledger.load::<Subscription>(self.org, account_id(self.org)).await?;
        let day = account.cycle_rule().and_then(|rule| rule.local_day(self.at).ok());
        Ok(day.unwrap_or(self.at.date()))
    }

    /// The name of a provider's object.
    pub(super) fn name(&self, id: &str) -> Uuid {
        self.ledger.names().blind(self.org, &format!("{}.object", self.provider), id)
    }

    /// The payment of a provider's invoice.
    pub(super) fn payment_of(&self, provider_invoice: &str) -> Uuid {
        self.ledger.names().blind(self.org, &format!("{}.payment", self.provider), provider_invoice)
    }

    /// The link of the first of these objects that is known, those with a payment first.
    pub(super) async fn linked(&self, ids: &[String]) -> Result<Option<Link>, StoreError> {
        let names: Vec<Uuid> = ids.iter().map(|id| self.name(id)).collect();
        let links = find_links(self.ledger, self.org, self.provider, &names).await?;
        let with_payment = links.iter().find(|link| link.payment_id.is_some());
        Ok(with_payment.or(links.first()).copied())
    }

    /// Remembers what objects are to us.
    pub(super) async fn remember(
        &self,
        ids: &[String],
        invoice_id: Uuid,
        payment_id: Option<Uuid>,
    ) -> Result<(), StoreError> {
        for id in ids {
            let known = Link { object_ref: self.name(id), invoice_id, payment_id };
            let new = NewLink { provider: self.provider, link: known };
            link(self.ledger, self.org, new).await?;
        }
        Ok(())
    }

    fn amount_name(&self, amount: Money) -> Uuid {
        self.name(&format!("amount:{}:{}", amount.currency(), amount.minor()))
    }

    /// Remembers a payment by its amount, as long as nothing better is known of it.
    pub(super) async fn remember_amount(
        &self,
        amount: Money,
        invoice_id: Uuid,
        payment_id: Uuid,
    ) -> Result<(), StoreError> {
        let object_ref = self.amount_name(amount);
        let known = Link { object_ref, invoice_id, payment_id: Some(payment_id) };
        link_amount(self.ledger, self.org, NewLink { provider: self.provider, link: known }).await
    }

    /// The one payment that had this amount, if there was exactly one.
    pub(super) async fn by_amount(&self, amount: Money) -> Result<Option<Link>, StoreError> {
        let names = [self.amount_name(amount)];
        let links = find_links(self.ledger, self.org, self.provider, &names).await?;
        Ok(links.into_iter().find(|link| link.payment_id.is_some()))
    }

    /// Ties our invoice to the provider's, once.
    pub(super) async fn tie(
        &self,
        invoice_id: Uuid,
        provider_invoice: &str,
    ) -> Result<(), ExecuteError> {
        let name = format!("{}:tie:{}", self.provider, self.name(provider_invoice));
        let context = self.named(&name);
        let sealed = self.seal(&context, "provider_invoice_id", provider_invoice).await?;
        let command = InvoiceCommand::LinkProvider(LinkProvider { provider_invoice_id: sealed });
        let id = InvoiceId::new(invoice_id);
        self.ledger.execute::<Invoice>(&context, id, command).await?;
        self.remember(&[provider_invoice.to_owned()], invoice_id, None).await?;
        Ok(())
    }

    /// Seals a reference for the org: it is the org's own data.
    pub(super) async fn seal(
        &self,
        context: &Context,
        field: &str,
        plain: &str,
    ) -> Result<Sealed<String>, StoreError> {
        let subject = self.ledger.names().subject(self.org, "org", &self.org.to_string());
        self.ledger.keyring().seal(context, subject, field, plain).await
    }
}
