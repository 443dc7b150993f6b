//! Claims by commands: what a clinic's clearing house and payers would answer.

use ledger::claim::{
    Acknowledge, ClaimCommand, Content, Coverage, Draft, Frequency, LineRule, Notice, PayerOrder,
    ServiceLine, Submit, WriteOff, WriteOffKind, claim_id,
};
use ledger::remittance::{
    Adjustment, AdviceStatus, Group, PaymentKey, Receive, RemittanceCommand, RemittedClaim,
    remittance_id,
};
use ledger::store::Context;
use ledger::values::{ClaimId, Code, Units};
use rust_decimal::Decimal;
use time::Date;
use uuid::Uuid;

use super::act::{Actress, Trouble, code};
use super::people;
use super::step::{Answered, ClaimDeed, Step};

/// The one payer of the history, and what is charged for.
const PAYER: &str = "60054";
const PROCEDURES: [&str; 4] = ["99213", "97110", "97140", "99203"];

impl Actress<'_> {
    pub(super) async fn claim(
        &self,
        context: Context,
        number: i64,
        deed: ClaimDeed,
        step: &Step,
    ) -> Result<(), Trouble> {
        let id = claim_id(self.id, &account(number)?);
        let command = match deed {
            ClaimDeed::Draft => {
                let content = self.content(&context, number, id, step.on).await?;
                ClaimCommand::Draft(Draft { content })
            }
            // Under the org's own numbers.
            ClaimDeed::Submit(_) => ClaimCommand::Submit(Submit {
                control: None,
                digest: None,
                frequency: Frequency::Original,
                number: None,
                payer_claim_number: None,
                payer_order: PayerOrder::Primary,
                submitted_on: step.on,
            }),
            ClaimDeed::Acknowledge(submission, notice) => ClaimCommand::Acknowledge(Acknowledge {
                clearinghouse_number: None,
                notice,
                payer_claim_number: Some(payers_number(number)?),
                reason: (notice != Notice::Accepted).then(|| code("21")).transpose()?,
                received_on: step.on,
                submission,
            }),
            ClaimDeed::Answer(answered) => {
                return self.remit(context, number, answered, step.on).await;
            }
            ClaimDeed::WriteOff => {
                self.settle().await?;
                ClaimCommand::WriteOff(WriteOff {
                    amount: self.org.money(charged(number))?,
                    kind: WriteOffKind::PayerReduction,
                    note: None,
                    reason_code: code("not_worth_an_appeal")?,
                    write_off_id: Uuid::new_v5(&id.uuid(), b"write-off"),
                    written_off_on: step.on,
                })
            }
        };
        self.run(self.ledger.batch(context).then(id, command)).await
    }

    async fn content(
        &self,
        context: &Context,
        number: i64,
        id: ClaimId,
        on: Date,
    ) -> Result<Content, Trouble> {
        let index = people::of_claim(self.org, number);
        let foreign = people::patient_id(index);
        let names = self.ledger.names();
        let subject = names.subject(self.id, "patient", &foreign);
        let member = format!("W{:09}", 100_000 + index);
        let seal = async |field: &str, plain: &str| self.seal(context, subject, field, plain).await;
        Ok(Content {
            account: account(number)?,
            billing_npi: "1234567893".parse().ok(),
            currency: self.org.currency()?,
            diagnoses: vec![seal("diagnoses.0", "M545").await?],
            lines: vec![ServiceLine {
                charge: self.org.money(charged(number))?,
                diagnosis_pointers: vec![1],
                line_id: Uuid::new_v5(&id.uuid(), b"line:0"),
                modifiers: Vec::new(),
                place_of_service: None,
                prior_auth_id: None,
                procedure: code(PROCEDURES[usize::try_from(number % 4).unwrap_or(0)])?,
                service_ends_on: on,
                service_starts_on: on,
                units: Units::try_from(Decimal::ONE).map_err(anyhow::Error::from)?,
            }],
            patient: names.anonymous_ref(self.id, &foreign),
            patient_id: seal("patient_id", &foreign).await?,
            payers: vec![Coverage {
                filing_code: code("CI")?,
                member_id: Some(seal("payers.0.member_id", &member).await?),
                payer_id: code(PAYER)?,
            }],
            place_of_service: Some(code("11")?),
            rendering_npi: None,
        })
    }

    /// A payment for one claim.
    async fn remit(
        &self,
        context: Context,
        number: i64,
        answered: Answered,
        on: Date,
    ) -> Result<(), Trouble> {
        self.settle().await?;
        let charge = charged(number);
        let first = Figures::of(charge, Answered::Paid);
        let right = Figures::of(charge, answered);
        let mut claims = vec![self.advice(number, &right, false)?];
        let mut total = right.paid();
        if answered == Answered::Corrected {
            // The payer takes the first answer back and gives the right one in one payment.
            claims.insert(0, self.advice(number, &first, true)?);
            total -= first.paid();
        }
        let trace = format!("EFT{number:05}{answered:?}").to_ascii_uppercase();
        let payment = PaymentKey { payer_id: code(PAYER)?, trace: code(&trace)? };
        let id = remittance_id(self.id, &payment);
        let command = RemittanceCommand::Receive(Receive {
            claims,
            lines: LineRule::Refuse,
            method: code("ACH")?,
            paid: self.org.money(total)?,
            paid_on: on,
            payment,
            posted_on: on,
            provider_adjustments: Vec::new(),
        });
        self.run(self.ledger.batch(context).then(id, command)).await?;
        // A payment ahead of its claim is parked before the claim comes, every time.
        Ok(self.settle().await?)
    }

    fn advice(&self, number: i64, figures: &Figures, back: bool) -> Result<RemittedClaim, Trouble> {
        let sign = if back { -1 } else { 1 };
        let money = |minor: i64| self.org.money(sign * minor);
        let reasons = [
            (Group::Co, "45", figures.contractual),
            (Group::Pr, "2", figures.patient),
            (Group::Co, "50", figures.denied),
        ];
        let mut adjustments = Vec::new();
        for (group, reason, minor) in reasons.into_iter().filter(|(_, _, minor)| *minor != 0) {
            let (amount, reason) = (money(minor)?, code(reason)?);
            adjustments.push(Adjustment { amount, group, quantity: None, reason });
        }
        Ok(RemittedClaim {
            account: account(number)?,
            adjustments,
            charge: money(figures.charge)?,
            lines: Vec::new(),
            paid: money(figures.paid())?,
            patient_responsibility: (!back).then(|| money(figures.patient)).transpose()?,
            payer_claim_number: Some(payers_number(number)?),
            status: match (back, figures.denied) {
                (true, _) => AdviceStatus::Reversal,
                (false, 0) => AdviceStatus::Primary,
                (false, _) => AdviceStatus::Denied,
            },
        })
    }
}

/// What the payer says of a charge, in minor units.
struct Figures {
    charge: i64,
    contractual: i64,
    patient: i64,
    denied: i64,
}

impl Figures {
    const fn of(charge: i64, answered: Answered) -> Self {
        let (contractual, patient, denied) = match answered {
            Answered::Denied => (0, 0, charge),
            Answered::Corrected => (charge / 10, charge / 4, 0),
            Answered::Paid => (charge / 5, charge / 4, 0),
        };
        Self { charge, contractual, patient, denied }
    }

    const fn paid(&self) -> i64 {
        self.charge - self.contractual - self.patient - self.denied
    }
}

/// CLM01.
pub(super) fn account(number: i64) -> anyhow::Result<Code> {
    code(&format!("HP{number:05}"))
}

fn payers_number(number: i64) -> anyhow::Result<Code> {
    code(&format!("PCN{number:06}"))
}

/// Between 60 and 1,540: some patients owe more than the agent may ask for by itself.
const fn charged(number: i64) -> i64 {
    6_000 + number * 7_300 % 148_000
}
