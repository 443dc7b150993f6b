//! Statements by commands: what the founder delegates, and what patients do.

use std::time::Duration;

use ledger::claim::claim_id;
use ledger::correspondence::{Message, STALE_AFTER};
use ledger::delegation::{Configure, DelegationCommand, delegation_id};
use ledger::invoice::PaymentMethod;
use ledger::patient_money::{order, record_payment};
use ledger::statement::{
    Authority, Carried, Channel, Contacts, Dispatch, History, Lifecycle, Pick, Purpose,
    RecordContacts, RecordDelivery, RecordPayment, Statement, StatementCommand, statement_of_claim,
};
use ledger::store::outbox::{Fate, Held, take};
use ledger::store::{Context, ExecuteError};
use ledger::values::StatementId;
use uuid::Uuid;

use super::act::{Actress, Trouble, actor, code};
use super::claims::account;
use super::people;
use super::step::{StatementDeed, Step};

/// Every way in which post leaves.
const WAYS: [&str; 4] = ["email", "letter", "portal", "sms"];
const LEASE: Duration = Duration::from_secs(60);
const PORTION: i64 = 20;

impl Actress<'_> {
    /// The founder lets the agent send up to 250.00, remind, and offer plans.
    pub(super) async fn delegate(&self, context: Context) -> Result<(), Trouble> {
        let currency = self.org.currency()?;
        let settings = Configure {
            ai_autonomous_approval_threshold: Some(self.org.money(25_000)?),
            auto_escalate_overdue: Some(true),
            auto_offer_payment_plans: Some(true),
            auto_send_statements: Some(true),
            enabled: Some(true),
            founder_user_id: Some(code("founder")?),
            ..Configure::nothing(currency)
        };
        let command = DelegationCommand::Configure(Box::new(settings));
        self.run(self.ledger.batch(context).then(delegation_id(self.id), command)).await
    }

    /// What happens to the statement of a claim that stands.
    pub(super) async fn statement(
        &self,
        context: Context,
        number: i64,
        deed: StatementDeed,
        step: &Step,
    ) -> Result<(), Trouble> {
        self.settle().await?;
        let mut id = statement_of_claim(self.id, claim_id(self.id, &account(number)?), 1);
        let (mut statement, version) = self.ledger.load::<Statement>(self.id, id).await?;
        while let Some(next) = statement.superseded_by() {
            (id, statement) = (next, self.ledger.load::<Statement>(self.id, next).await?.0);
        }
        let is_sent = statement.reached() >= Lifecycle::Sent;
        if version == 0 || (!is_sent && matches!(deed, StatementDeed::Pay(_))) {
            return Ok(());
        }
        match deed {
            StatementDeed::Contacts => {
                let contacts = self.contacts(&context, number).await?;
                let command = RecordContacts { contacts, recorded_on: step.on };
                let command = StatementCommand::RecordContacts(Box::new(command));
                order(self.ledger, context, id, command).await?;
            }
            StatementDeed::Send => {
                let dispatch = Dispatch {
                    by: Authority::founder(),
                    history: History::default(),
                    level: None,
                    pick: Pick::Best,
                    purpose: Purpose::Statement,
                    replaces: None,
                    sent_at: step.at,
                    sent_on: step.on,
                };
                let command = StatementCommand::Send(Box::new(dispatch));
                order(self.ledger, context, id, command).await?;
            }
            StatementDeed::Pay(percent) => {
                let Some(due) = statement.balance_due() else { return Ok(()) };
                let payment = RecordPayment {
                    amount: self.org.money((due.minor() * percent / 100).max(1))?,
                    method: PaymentMethod::Check,
                    payment_id: Uuid::new_v5(&id.uuid(), format!("pays:{percent}").as_bytes()),
                    received_on: step.on,
                    reference: None,
                };
                record_payment(self.ledger, context, id, payment).await?;
            }
        }
        Ok(())
    }

    /// The post of a day that is long gone went out then; what is recent leaves once the demo serves.
    pub(super) async fn posted(&self, step: &Step) -> Result<(), Trouble> {
        if self.ledger.clock().now() - step.at <= STALE_AFTER {
            return Ok(());
        }
        self.settle().await?;
        loop {
            let held = take(self.ledger, self.id, &WAYS, "demo", LEASE, PORTION).await;
            let held = held.map_err(ExecuteError::from)?;
            if held.is_empty() {
                return Ok(());
            }
            for one in held {
                self.delivered(&one).await?;
                one.settle(self.ledger, &Fate::Sent).await.map_err(ExecuteError::from)?;
            }
        }
    }

    async fn delivered(&self, held: &Held) -> Result<(), Trouble> {
        let Some(Message::Statement { channel, delivery, statement_id }) = &held.message else {
            return Ok(());
        };
        let stamp = || self.org.money(145);
        let cost = (*channel == Channel::PhysicalMail).then(stamp).transpose()?;
        let message_id = held.id.to_string().parse().ok();
        let at = held.occurred_at + Duration::from_secs(120);
        let carried = Carried::Taken { cost, message_id };
        let command = RecordDelivery { attempted_at: at, carried, delivery: *delivery };
        let name = format!("statement:{statement_id}:delivery:{delivery}:taken");
        let context = Context::named(self.ledger, self.id, actor(), &name).occurring_at(at);
        let id = StatementId::new(*statement_id);
        order(self.ledger, context, id, StatementCommand::RecordDelivery(command)).await?;
        Ok(())
    }

    /// Every third patient has no e-mail address; some addresses were heard wrongly, so that mail
    /// to them is a dead letter.
    async fn contacts(&self, context: &Context, number: i64) -> Result<Contacts, Trouble> {
        let index = people::of_claim(self.org, number);
        let foreign = people::patient_id(index);
        let subject = self.ledger.names().subject(self.id, "patient", &foreign);
        let name = people::name(self.org.seed, index);
        let email = match index % 3 {
            0 => None,
            _ => {
                let at = if number % 4 == 3 { ".at." } else { "@" };
                let address = format!("{}{at}patients.example", foreign.to_ascii_lowercase());
                Some(self.seal(context, subject, "contacts.email", &address).await?)
            }
        };
        let address = format!("{} Harbor Street\nPortsmouth, NH 03801", 10 + index);
        let address = self.seal(context, subject, "contacts.physical_address", &address).await?;
        let name = self.seal(context, subject, "contacts.name", &name).await?;
        let (name, physical_address) = (Some(name), Some(address));
        Ok(Contacts { email, name, physical_address, ..Contacts::default() })
    }
}
