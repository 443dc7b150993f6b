//! Statements of patients, under a delegation that the founder changes.

use ledger::{
    delegation::{Configure, DelegationCommand, Terms, delegation_id},
    invoice::PaymentMethod,
    statement::{
        AcceptPlan, Authority, By, CancelPlan, Carried, Charge, Contacts, DeclinePlan, Dispatch,
        Escalate, Finalize, Generate, History, MissInstalments, OfferPlan, Override, Parts, Pick,
        Purpose, RecordBounce, RecordDelivered, RecordDelivery, RecordOpened, RecordPayment,
        Release, ReversePayment, ScheduleFailover, StatementCommand, Supersede, Void, plan_id,
    },
    values::{AnonymousRef, Currency, StatementId},
};
use time::Duration;

use super::{World, id, sealed, usd};

impl World {
    pub(super) fn delegation_step(&mut self, amount: u16) {
        let threshold = usd(i64::from(amount) * 100);
        let configure = Configure {
            ai_autonomous_approval_threshold: Some(threshold),
            auto_escalate_overdue: Some(true),
            auto_offer_payment_plans: Some(amount.is_multiple_of(2)),
            auto_send_statements: Some(true),
            enabled: Some(true),
            failover_delay_hours: Some(amount % 3),
            payment_plan_min_balance: Some(usd(100)),
            ..Configure::nothing(Currency::USD)
        };
        let command = DelegationCommand::Configure(Box::new(configure));
        self.give(|world| &mut world.delegations, delegation_id(self.org), command);
    }

    fn terms(&self) -> Terms {
        let known = self.delegations.get(&delegation_id(self.org).uuid());
        known.map_or_else(Terms::default, |(known, _)| known.terms(Currency::USD))
    }

    pub(super) fn statement_step(&mut self, what: u8, which: u8, amount: u16) {
        // Several after each other: a new one takes the place of what is over.
        let round = u128::from(amount % 4);
        let statement = StatementId::new(id(16, u128::from(which) * 10 + round));
        let by = if amount.is_multiple_of(3) { By::Founder } else { By::Agent };
        let by = Authority::of(by, self.terms());
        let command = match what % 12 {
            0 => self.generate(by, which, amount),
            1..=3 => self.sending(by, what % 12, amount),
            4..=6 => self.hearing(amount),
            7 | 8 => self.collecting(by, statement, amount),
            _ => self.paying(by, amount),
        };
        self.give(|world| &mut world.statements, statement, command);
    }

    fn generate(&self, by: Authority, which: u8, amount: u16) -> StatementCommand {
        let today = self.today();
        let total = usd(i64::from(amount) * 100 + 1);
        let charge = Charge {
            amount: total,
            description: Some(sealed("charges.0.description")),
            procedure: None,
            service_on: today,
        };
        StatementCommand::Generate(Box::new(Generate {
            by,
            call_id: None,
            charges: vec![charge],
            claim_id: None,
            contacts: Contacts {
                email: Some(sealed("contacts.email")),
                physical_address: Some(sealed("contacts.physical_address")),
                ..Contacts::default()
            },
            due_on: today,
            generated_on: today,
            number: None,
            parts: Parts {
                adjustments: usd(0),
                insurance_paid: usd(0),
                insurance_pending: usd(0),
                patient_paid: usd(0),
                total_charges: total,
            },
            patient: AnonymousRef(format!("anon_{which}")),
            patient_id: sealed("patient_id"),
            supersedes: None,
        }))
    }

    fn sending(&self, by: Authority, what: u8, amount: u16) -> StatementCommand {
        let (sent_at, sent_on) = (self.now, self.today());
        match what {
            1 => StatementCommand::Finalize(Finalize { by, finalized_on: sent_on }),
            2 => StatementCommand::Release(Release { by, released_on: sent_on }),
            _ => StatementCommand::Send(Box::new(Dispatch {
                by,
                history: History::default(),
                level: None,
                pick: Pick::Best,
                purpose: match amount % 4 {
                    0 => Purpose::Failover,
                    1 => Purpose::Resend,
                    _ => Purpose::Statement,
                },
                replaces: Some(amount % 3),
                sent_at,
                sent_on,
            })),
        }
    }

    fn hearing(&self, amount: u16) -> StatementCommand {
        let (at, delivery) = (self.now, amount % 3 + 1);
        let failure_code = "hard_bounce".parse().unwrap();
        match amount / 4 % 7 {
            0 | 1 => {
                let cost = Some(usd(120));
                let carried = Carried::Taken { cost, message_id: None };
                StatementCommand::RecordDelivery(RecordDelivery {
                    attempted_at: at,
                    carried,
                    delivery,
                })
            }
            2 => StatementCommand::RecordDelivery(RecordDelivery {
                attempted_at: at,
                carried: Carried::Failed(failure_code),
                delivery,
            }),
            3 => StatementCommand::RecordDelivered(RecordDelivered { delivered_at: at, delivery }),
            4 => StatementCommand::RecordOpened(RecordOpened { delivery, opened_at: at }),
            5 => StatementCommand::RecordBounce(RecordBounce {
                bounced_at: at,
                delivery,
                failure_code,
            }),
            _ => StatementCommand::ScheduleFailover(ScheduleFailover {
                by: Authority::of(By::Agent, self.terms()),
                delivery,
                failed_at: at,
            }),
        }
    }

    fn collecting(&self, by: Authority, of: StatementId, amount: u16) -> StatementCommand {
        let today = self.today();
        let open = self.statements.get(&of.uuid()).and_then(|(state, _)| state.open_plan());
        let open = open.map_or(id(17, 1), |(plan, _)| plan);
        match amount / 4 % 7 {
            0 | 1 => StatementCommand::Escalate(Escalate {
                by,
                // As if it were late already.
                escalated_on: today + Duration::days(40),
                level: 1,
                plan_id: plan_id(of, 1),
            }),
            2 => StatementCommand::OfferPlan(OfferPlan {
                by,
                first_due_on: today + Duration::days(10),
                months: 2,
                offered_on: today,
                plan_id: id(17, u128::from(amount)),
            }),
            3 => StatementCommand::AcceptPlan(AcceptPlan { accepted_on: today, plan_id: open }),
            4 => StatementCommand::DeclinePlan(DeclinePlan { declined_on: today, plan_id: open }),
            5 => StatementCommand::MissInstalments(MissInstalments {
                today: today + Duration::days(11),
            }),
            _ => StatementCommand::CancelPlan(CancelPlan {
                by,
                canceled_on: today,
                plan_id: open,
                reason_code: "asked".parse().unwrap(),
            }),
        }
    }

    fn paying(&self, by: Authority, amount: u16) -> StatementCommand {
        let today = self.today();
        let payment_id = id(18, u128::from(amount % 5));
        let reason_code = "mistake".parse().unwrap();
        match amount / 4 % 8 {
            0 => StatementCommand::ReversePayment(ReversePayment {
                payment_id,
                reason_code,
                reversed_on: today,
            }),
            1 => StatementCommand::Override(Override {
                by,
                overridden_on: today,
                reason: sealed("reason"),
            }),
            2 => StatementCommand::Void(Void { by, reason_code, voided_on: today }),
            3 => StatementCommand::Supersede(Supersede {
                superseded_by: StatementId::new(id(16, 999)),
                superseded_on: today,
            }),
            _ => StatementCommand::RecordPayment(RecordPayment {
                amount: usd(i64::from(amount) * 20),
                method: PaymentMethod::Check,
                payment_id,
                received_on: today,
                reference: None,
            }),
        }
    }
}
