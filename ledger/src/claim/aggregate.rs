//! What a claim remembers, and how it hears its own history.

use std::collections::{BTreeMap, BTreeSet};

use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::{
    ClaimCommand, ClaimError, ClaimEvent, ControlNumbers, Decision, Finding, Frequency, LineDraw,
    Notice, PayerOrder, PostingKey, Standing, Status, WriteOffKind, contract::TakenOff,
    outline::Outline, submitting::SERIES,
};
use crate::{
    decide::Decider,
    values::{Code, Money},
};

/// One claim.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The appeal that is open.
    pub(super) appeal: Option<Uuid>,
    pub(super) appeals: BTreeSet<Uuid>,
    /// What lines have taken from authorizations.
    pub(super) drawn: Vec<LineDraw>,
    pub(super) filing: Option<Filing>,
    /// Of the content, sealed parts included.
    pub(super) fingerprint: String,
    pub(super) outline: Option<Outline>,
    /// Expects no further payer.
    pub(super) patient_billed: bool,
    pub(super) payer_claim_numbers: BTreeMap<PayerOrder, Code>,
    pub(super) payments: BTreeMap<Uuid, PatientMoney>,
    pub(super) posted: Vec<Posted>,
    pub(super) reversals: BTreeSet<PostingKey>,
    pub(super) standing: Option<Standing>,
    pub(super) validated: Option<Vec<Finding>>,
    pub(super) withdrawals: BTreeSet<Uuid>,
    pub(super) write_offs: BTreeMap<Uuid, Kept>,
}

/// The latest submission.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Filing {
    pub(super) answered: bool,
    pub(super) control: ControlNumbers,
    pub(super) digest: Code,
    pub(super) frequency: Frequency,
    pub(super) notices: BTreeSet<Notice>,
    pub(super) payer_order: PayerOrder,
    pub(super) submission: u16,
}

/// An answer that was posted; amounts in minor units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Posted {
    pub(super) charge: i64,
    pub(super) contractual: i64,
    pub(super) key: PostingKey,
    /// What the payer takes off by contract, and where.
    pub(super) lines: Vec<TakenOff>,
    pub(super) open: i64,
    pub(super) order: PayerOrder,
    pub(super) paid: i64,
    pub(super) paid_on: Date,
    pub(super) patient: i64,
    pub(super) prior: i64,
    pub(super) reversed: bool,
}

/// The patient's money on the claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PatientMoney {
    pub(super) amount: Money,
    pub(super) withdrawn: Money,
}

/// A write-off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) amount: Money,
    pub(super) kind: WriteOffKind,
    pub(super) reversed: bool,
}

impl Decider for Claim {
    fn decide(&self, command: ClaimCommand) -> Decision {
        match command {
            ClaimCommand::Draft(command) => self.draft(command),
            ClaimCommand::Revise(command) => self.revise(command),
            ClaimCommand::Validate(command) => self.validate(command),
            ClaimCommand::Submit(command) => self.submit(command),
            ClaimCommand::Acknowledge(command) => self.acknowledge(command),
            ClaimCommand::Adjudicate(command) => self.adjudicate(command),
            ClaimCommand::BillPatient(command) => self.bill_patient(command),
            ClaimCommand::WriteOff(command) => self.write_off(command),
            ClaimCommand::ReverseWriteOff(command) => self.reverse_write_off(command),
            ClaimCommand::ApplyPatientPayment(command) => self.apply_patient_payment(command),
            ClaimCommand::WithdrawPatientPayment(command) => self.withdraw_patient_payment(command),
            ClaimCommand::FileAppeal(command) => self.file_appeal(command),
            ClaimCommand::DecideAppeal(command) => self.decide_appeal(command),
            ClaimCommand::Void(command) => self.void(command),
            ClaimCommand::Close(command) => self.close(command),
        }
    }

    fn series(command: &ClaimCommand) -> Option<String> {
        let ClaimCommand::Submit(command) = command else { return None };
        command.control.is_none().then(|| SERIES.to_owned())
    }

    fn assign_number(command: &mut ClaimCommand, number: i64) {
        if let ClaimCommand::Submit(command) = command {
            command.number = Some(number);
        }
    }

    fn weight(&self) -> usize {
        1024 + self.outline.as_ref().map_or(0, Outline::weight)
            + self.posted.iter().map(|posted| 256 + posted.lines.len() * 48).sum::<usize>()
            + self.reversals.len() * 192
            + (self.payments.len() + self.withdrawals.len() + self.write_offs.len()) * 96
            + self.drawn.len() * 80
    }
}

impl Aggregate for Claim {
    const TYPE: &'static str = "claim";
    type Command = ClaimCommand;
    type Event = ClaimEvent;
    type Error = ClaimError;
    type Services = ();

    async fn handle(
        &mut self,
        command: ClaimCommand,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), ClaimError> {
        for event in self.decide(command)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: ClaimEvent) {
        match event {
            ClaimEvent::Drafted(event) => {
                self.standing = Some(Standing::none(event.content.currency, Status::Draft));
                self.hear_content(&event.content);
            }
            ClaimEvent::Revised(event) => self.hear_content(&event.content),
            ClaimEvent::Validated(event) => self.validated = Some(event.findings),
            ClaimEvent::Submitted(event) => self.hear_submitted(event),
            ClaimEvent::Acknowledged(event) => self.hear_acknowledged(event),
            ClaimEvent::Adjudicated(event) => self.hear_adjudicated(event),
            ClaimEvent::Reversed(event) => self.hear_reversed(event),
            ClaimEvent::PatientBilled(event) => {
                self.patient_billed = true;
                self.standing = Some(event.standing);
            }
            ClaimEvent::WrittenOff(event) => {
                let kept = Kept { amount: event.amount, kind: event.kind, reversed: false };
                self.write_offs.insert(event.write_off_id, kept);
                self.standing = Some(event.standing);
            }
            ClaimEvent::WriteOffReversed(event) => {
                let kept = Kept { amount: event.amount, kind: event.kind, reversed: true };
                self.write_offs.insert(event.write_off_id, kept);
                self.standing = Some(event.standing);
            }
            ClaimEvent::PatientPaymentApplied(event) => {
                let withdrawn = Money::zero(event.amount.currency());
                let money = PatientMoney { amount: event.amount, withdrawn };
                self.payments.insert(event.payment_id, money);
                self.standing = Some(event.standing);
            }
            ClaimEvent::PatientPaymentWithdrawn(event) => {
                if let Some(money) = self.payments.get_mut(&event.payment_id) {
                    money.withdrawn = event.amount_in_all;
                }
                self.withdrawals.insert(event.withdrawal_id);
                self.standing = Some(event.standing);
            }
            ClaimEvent::AppealFiled(event) => {
                self.appeal = Some(event.appeal_id);
                self.appeals.insert(event.appeal_id);
                self.set_status(Status::Appealed);
            }
            ClaimEvent::AppealDecided(event) => {
                self.appeal = None;
                self.set_status(event.status);
            }
            ClaimEvent::Voided(event) => {
                self.drawn.clear();
                self.standing = Some(event.standing);
            }
            ClaimEvent::Closed(_) => self.set_status(Status::Closed),
        }
    }
}
