//! What each event means for a claim's row.

use ledger::{
    claim::{Acknowledged, ClaimEvent, Content, Standing, Status, Submitted},
    recorded::{LedgerEvent, Recorded},
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Given, PostedAnswer, Row,
    answers::{denied, listed, take_back, written},
    begin::begun,
};
use crate::{
    answers::closed,
    engine::{ReadModel, Word},
};

/// See the module.
pub struct Claims;

/// An event, and its envelope.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub(super) claim_id: Uuid,
    pub(super) at: OffsetDateTime,
    pub(super) position: i64,
    pub(super) sequence: i64,
    event: Box<ClaimEvent>,
}

impl ReadModel for Claims {
    const NAME: &'static str = "claims";
    const VERSION: i32 = 1;
    type Key = Uuid;
    type Change = Change;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        event_type.starts_with("billing.claim.")
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(Uuid, Change)>) {
        let LedgerEvent::Claim(happened) = &event.event else { return };
        let change = Change {
            claim_id: event.aggregate_id,
            at: event.recorded_at,
            position: event.position,
            sequence: event.sequence,
            event: Box::new(happened.clone()),
        };
        out.extend([(event.aggregate_id, change)]);
    }

    fn fold(row: &mut Option<Row>, change: Change) {
        if let (None, ClaimEvent::Drafted(drafted)) = (&row, change.event.as_ref()) {
            *row = Some(begun(&drafted.content, &change));
        }
        let row = row.as_mut().expect("a claim is drafted before anything else happens to it");
        row.updated_at = change.at;
        row.version = change.sequence;
        row.hear(*change.event);
    }
}

impl Row {
    fn hear(&mut self, event: ClaimEvent) {
        match event {
            ClaimEvent::Drafted(_) => {}
            ClaimEvent::Revised(revised) => self.says(&revised.content),
            ClaimEvent::Validated(validated) => {
                self.validated_on = Some(validated.validated_on);
                self.findings = Some(written(&validated.findings));
            }
            ClaimEvent::Submitted(submitted) => self.submitted(submitted),
            ClaimEvent::Acknowledged(heard) => self.acknowledged(heard),
            ClaimEvent::Adjudicated(answered) => {
                self.answer(|answers| answers.push(PostedAnswer::of(&answered)));
                self.answered_on = Some(answered.posted_on);
                self.learn(answered.key.payer_claim_number.as_ref());
                self.stands(&answered.standing);
            }
            ClaimEvent::Reversed(reversed) => {
                self.answer(|answers| take_back(answers, &reversed));
                self.answered_on = Some(reversed.posted_on);
                self.stands(&reversed.standing);
            }
            ClaimEvent::PatientBilled(billed) => self.stands(&billed.standing),
            ClaimEvent::WrittenOff(given) => {
                self.decide(|decisions| decisions.push(Given::of(&given)));
                self.stands(&given.standing);
            }
            ClaimEvent::WriteOffReversed(reversed) => {
                self.decide(|decisions| {
                    let id = reversed.write_off_id;
                    if let Some(given) = decisions.iter_mut().find(|it| it.write_off_id == id) {
                        given.reversed_on = Some(reversed.reversed_on);
                    }
                });
                self.stands(&reversed.standing);
            }
            ClaimEvent::PatientPaymentApplied(applied) => self.stands(&applied.standing),
            ClaimEvent::PatientPaymentWithdrawn(withdrawn) => self.stands(&withdrawn.standing),
            ClaimEvent::AppealFiled(filed) => {
                self.appeal_id = Some(filed.appeal_id);
                self.appeal_filed_on = Some(filed.filed_on);
                self.appeal_due_on = filed.due_on;
                self.appeal_outcome = None;
                self.status = Word(Status::Appealed);
            }
            ClaimEvent::AppealDecided(decided) => {
                self.appeal_outcome = Some(Word(decided.outcome));
                self.status = Word(decided.status);
            }
            ClaimEvent::Voided(voided) => {
                self.voided_on = Some(voided.voided_on);
                self.stands(&voided.standing);
            }
            ClaimEvent::Closed(closed) => {
                self.closed_on = Some(closed.closed_on);
                self.status = Word(Status::Closed);
            }
        }
    }

    /// What it says now; whoever looked it over looked at something else.
    pub(super) fn says(&mut self, content: &Content) {
        self.drafted_minor =
            content.lines.iter().fold(0, |sum, line| sum.saturating_add(line.charge.minor()));
        self.service_starts_on = content.lines.iter().map(|line| line.service_starts_on).min();
        self.service_ends_on = content.lines.iter().map(|line| line.service_ends_on).max();
        if self.submission == 0 {
            self.payer_id = content.payers.first().map(|payer| payer.payer_id.to_string());
        }
        self.patient_id = closed(&content.patient_id);
        self.content = serde_json::to_vec(content).expect("content is data");
        self.validated_on = None;
        self.findings = None;
    }

    fn submitted(&mut self, event: Submitted) {
        self.submission = i32::from(event.submission);
        self.frequency = Some(Word(event.frequency));
        self.payer_id = Some(event.payer_id.to_string());
        self.payer_order = Some(Word(event.payer_order));
        self.control_interchange = Some(event.control.interchange.to_string());
        self.control_group = Some(event.control.group.to_string());
        self.control_transaction = Some(event.control.transaction.to_string());
        self.digest = Some(event.digest.to_string());
        self.submitted_on = Some(event.submitted_on);
        self.acknowledgement = None;
        self.acknowledgement_reason = None;
        self.acknowledged_on = None;
        self.learn(event.payer_claim_number.as_ref());
        self.stands(&event.standing);
    }

    /// What comes late says less than what came before it.
    fn acknowledged(&mut self, event: Acknowledged) {
        self.learn(event.payer_claim_number.as_ref());
        if let Some(number) = &event.clearinghouse_number {
            self.clearinghouse_number = Some(number.to_string());
        }
        self.status = Word(event.status);
        let known = self.acknowledgement.map(|known| known.0.step());
        if known <= Some(event.notice.step()) {
            self.acknowledgement = Some(Word(event.notice));
            self.acknowledgement_reason = event.reason.as_ref().map(ToString::to_string);
            self.acknowledged_on = Some(event.received_on);
        }
    }

    fn learn(&mut self, number: Option<&ledger::values::Code>) {
        if let Some(number) = number {
            self.payer_claim_number = Some(number.to_string());
        }
    }

    fn answer(&mut self, change: impl FnOnce(&mut Vec<PostedAnswer>)) {
        let mut answers = listed(&self.answers);
        change(&mut answers);
        self.denied_minor = denied(&answers);
        self.answers = written(&answers);
    }

    fn decide(&mut self, change: impl FnOnce(&mut Vec<Given>)) {
        let mut decisions = listed(&self.write_offs);
        change(&mut decisions);
        self.write_offs = written(&decisions);
    }

    fn stands(&mut self, standing: &Standing) {
        self.status = Word(standing.status);
        self.charge_minor = standing.charge.minor();
        self.insurance_paid_minor = standing.insurance_paid.minor();
        self.adjusted_insurance_minor = standing.adjusted_insurance.minor();
        self.adjusted_patient_minor = standing.adjusted_patient.minor();
        self.patient_share_minor = standing.patient_share.minor();
        self.patient_paid_minor = standing.patient_paid.minor();
        self.insurance_balance_minor = standing.insurance_balance.minor();
        self.patient_balance_minor = standing.patient_balance.minor();
    }
}
