//! Commands to the account and to patients.

use ledger::{
    patient_activation::{
        Activate, BillCycle, ChargeTerms, CycleTerms, Deactivate, PatientActivationCommand,
    },
    store::account_id,
    subscription::{
        ConfigureTax, HoldPayment, HoldReason, Limits, Open, Pause, Prices, Resume,
        SubscriptionCommand,
    },
    values::{AnonymousRef, Currency, CycleRule, PatientActivationId, Rate, Rounding},
};

use time::OffsetDateTime;

use super::{World, id, sealed, usd};

/// An account as usual.
pub(crate) fn opening(opened_at: OffsetDateTime) -> SubscriptionCommand {
    SubscriptionCommand::Open(Open {
        auto_issue: false,
        contact_email: Some(sealed("contact_email")),
        currency: Currency::USD,
        cycle: CycleRule::new(1, "UTC".parse().unwrap()).unwrap(),
        limits: Limits::default(),
        opened_at,
        payment_terms_days: 14,
        plan: "standard".parse().unwrap(),
        prices: Prices { activation_fee: usd(200), setup_fee: usd(9_900) },
        rounding: Rounding::default(),
    })
}

impl World {
    pub(super) fn open_account(&mut self) {
        self.account_command(opening(self.now));
    }

    fn account_command(&mut self, command: SubscriptionCommand) {
        let id = account_id(self.org);
        self.give(|world| &mut world.account, id, command);
    }

    pub(super) fn account_step(&mut self, what: u8, which: u8, amount: u16) {
        let now = self.now;
        let patient = PatientActivationId::new(id(2, u128::from(which)));
        let mut patient_command =
            |command| self.give(|world| &mut world.patients, patient, command);
        match what % 9 {
            0..=2 => {
                let activate = Activate {
                    activated_at: now,
                    billing: terms(now.date()),
                    name: Some(sealed("name")),
                    patient: AnonymousRef(format!("anon_{which:016}")),
                    patient_id: sealed("patient_id"),
                };
                patient_command(PatientActivationCommand::Activate(activate));
            }
            3 => {
                let deactivate = Deactivate { deactivated_at: now };
                patient_command(PatientActivationCommand::Deactivate(deactivate));
            }
            4 => {
                let bill = BillCycle { active_at: now, billing: terms(now.date()) };
                patient_command(PatientActivationCommand::BillCycle(bill));
            }
            5 => {
                let held = HoldPayment {
                    amount: usd(i64::from(amount)),
                    invoice_id: Some(id(1, u128::from(which))),
                    method: super::invoices::method(amount),
                    payment_id: id(7, u128::from(amount % 5)),
                    reason: HoldReason::UnknownInvoice,
                    received_on: now.date(),
                };
                self.account_command(SubscriptionCommand::HoldPayment(held));
            }
            6 => {
                let rate = ["0.05", "0.13", "0.14975"][usize::from(amount % 3)];
                let jurisdiction = ["CA-ON", "CA-QC"][usize::from(amount % 2)];
                let configure = ConfigureTax {
                    jurisdiction: jurisdiction.parse().unwrap(),
                    rate: rate.parse().unwrap(),
                    valid_from: now.date(),
                };
                self.account_command(SubscriptionCommand::ConfigureTax(configure));
            }
            7 => {
                let reason_code = "season".parse().unwrap();
                let pause = Pause { paused_at: now, reason_code };
                self.account_command(SubscriptionCommand::Pause(pause));
            }
            _ => {
                let resume = Resume { reason_code: None, resumed_at: now };
                self.account_command(SubscriptionCommand::Resume(resume));
            }
        }
    }
}

fn terms(day: time::Date) -> CycleTerms {
    let rule = CycleRule::new(1, "UTC".parse().unwrap()).unwrap();
    let cycle = rule.cycle_of(day).unwrap();
    let terms = ChargeTerms {
        currency: Currency::USD,
        fee: usd(200),
        payment_terms_days: 14,
        period_ends_on: cycle.ends_on,
        period_starts_on: cycle.starts_on,
        rounding: Rounding::default(),
        tax_rate: "0.05".parse::<Rate>().unwrap(),
    };
    CycleTerms { cycle, terms }
}
