//! Sending a claim, and hearing whether it was taken in.

use super::{
    Acknowledge, Acknowledged, Claim, ClaimError, ControlNumbers, Decision, Finding, Frequency,
    LineDraw, Notice, Problem, Status, Submit, Submitted, Voided,
    aggregate::Filing,
    notice::{Proof, Step},
    outline::Outline,
    standing::Change,
};
use crate::values::{Code, Money};

/// Control numbers have nine digits; after the last one they begin again.
const MOST_CONTROL: i64 = 999_999_999;

/// The series of our own control numbers, one per org for good.
pub(super) const SERIES: &str = "CTL";

/// The caller's numbers, or ours: each submission is an interchange with one group and one
/// transaction, so that one number does for all three.
///
/// - **Source:** X12: ISA13 has nine digits, GS06 one to nine, ST02 four to nine.
fn numbers(command: &Submit) -> Result<ControlNumbers, ClaimError> {
    if let Some(control) = &command.control {
        return Ok(control.clone());
    }
    let number = command.number.filter(|number| *number > 0).ok_or(ClaimError::NumberMissing)?;
    let number = (number - 1) % MOST_CONTROL + 1;
    let code = |text: String| text.parse::<Code>().map_err(|_| ClaimError::NumberMissing);
    Ok(ControlNumbers {
        group: code(number.to_string())?,
        interchange: code(format!("{number:09}"))?,
        transaction: code(format!("{number:04}"))?,
    })
}

/// `CTL-NNNNN`, where the numbers are ours.
fn own_number(command: &Submit) -> Option<String> {
    let number = command.number.filter(|_| command.control.is_none())?;
    Some(format!("{SERIES}-{number:05}"))
}

impl Claim {
    pub(super) fn submit(&self, command: Submit) -> Decision {
        let outline = self.known()?;
        let control = numbers(&command)?;
        let digest = self.sent(&command, &control)?;
        if let Some(filing) = &self.filing
            && filing.control == control
        {
            let same = (&filing.digest, filing.frequency, filing.payer_order)
                == (&digest, command.frequency, command.payer_order);
            let submission = filing.submission;
            return if same { Ok(vec![]) } else { Err(ClaimError::ControlReused { submission }) };
        }
        self.may_submit(&command)?;
        let number = command
            .payer_claim_number
            .as_ref()
            .or_else(|| self.payer_claim_numbers.get(&command.payer_order));
        let payer_id = self.ready(outline, &command, number)?;
        let standing = self.standing()?;
        let charge = match command.frequency {
            Frequency::Original | Frequency::Replacement => outline.charge()?,
            Frequency::Void => standing.charge,
        };
        let charge_change = charge.minus(standing.charge)?;
        let change = Change { charge: charge_change.minor(), ..Change::default() };
        let (draws, given_back) = self.redrawn(outline);
        let last = self.filing.as_ref().map_or(0, |filing| filing.submission);
        Ok(vec![
            Submitted {
                account: outline.account.clone(),
                charge,
                charge_change,
                control,
                digest,
                draws,
                frequency: command.frequency,
                given_back,
                number: own_number(&command),
                payer_claim_number: number.cloned(),
                payer_id,
                payer_order: command.payer_order,
                standing: standing.after(change, Status::Submitted)?,
                submission: last.saturating_add(1),
                submitted_on: command.submitted_on,
            }
            .into(),
        ])
    }

    fn sent(&self, command: &Submit, control: &ControlNumbers) -> Result<Code, ClaimError> {
        let own = || self.digest_of(control, command.frequency, command.payer_order);
        command.digest.clone().or_else(own).ok_or(ClaimError::Unknown)
    }

    /// What the lines take that they had not taken, and what they no longer take.
    fn redrawn(&self, outline: &Outline) -> (Vec<LineDraw>, Vec<LineDraw>) {
        let wanted = outline.draws();
        let new = wanted.iter().filter(|draw| !self.drawn.contains(draw)).copied().collect();
        let gone = self.drawn.iter().filter(|draw| !wanted.contains(draw)).copied().collect();
        (new, gone)
    }

    /// The payer's id, if the claim has no findings.
    fn ready(
        &self,
        outline: &Outline,
        command: &Submit,
        number: Option<&Code>,
    ) -> Result<Code, ClaimError> {
        let mut findings = outline.findings(command.submitted_on);
        let mut found = |problem| findings.push(Finding { line: None, problem });
        if command.frequency != Frequency::Original && number.is_none() {
            found(Problem::PayerClaimNumberMissing);
        }
        let payer = outline.payers.get(command.payer_order.index());
        if payer.is_none() && !outline.payers.is_empty() {
            found(Problem::PayerMissing);
        }
        match payer {
            Some(payer) if findings.is_empty() => Ok(payer.payer_id.clone()),
            _ => Err(ClaimError::NotValid { findings }),
        }
    }

    fn may_submit(&self, command: &Submit) -> Result<(), ClaimError> {
        let (frequency, status) = (command.frequency, self.status());
        let known_to_payer = self.payer_claim_numbers.contains_key(&command.payer_order);
        let may = match (frequency, status) {
            (Frequency::Original, Status::Adjudicated) => {
                self.last_answerer().is_none_or(|last| last < command.payer_order)
            }
            (
                Frequency::Original,
                Status::Draft | Status::Rejected | Status::Denied | Status::Reversed,
            )
            | (
                Frequency::Replacement | Frequency::Void,
                Status::Accepted | Status::Adjudicated | Status::Denied | Status::Reversed,
            ) => true,
            (Frequency::Replacement | Frequency::Void, Status::Rejected) => known_to_payer,
            _ => false,
        };
        if !may {
            return Err(ClaimError::NotReady { frequency, status });
        }
        let write_off = self.write_offs.iter().find(|(_, kept)| !kept.reversed);
        match write_off {
            Some((id, _)) if frequency == Frequency::Void => {
                Err(ClaimError::WriteOffStands { write_off_id: *id })
            }
            _ => Ok(()),
        }
    }

    /// A later step proves the earlier ones, so what comes late, twice or out of order changes
    /// nothing: the furthest step reached and the furthest refusal decide.
    pub(super) fn acknowledge(&self, command: Acknowledge) -> Decision {
        self.known()?;
        let filing = self.filing.as_ref().ok_or(ClaimError::NotSubmitted)?;
        let (asked, last) = (command.submission, filing.submission);
        if asked > last || asked == 0 {
            return Err(ClaimError::UnknownSubmission { asked, last });
        }
        if asked < last || filing.notices.contains(&command.notice) {
            return Ok(vec![]);
        }
        let status = self.status_with(filing, command.notice);
        let acknowledged = Acknowledged {
            clearinghouse_number: command.clearinghouse_number,
            notice: command.notice,
            payer_claim_number: command.payer_claim_number,
            reason: command.reason,
            received_on: command.received_on,
            status,
            submission: asked,
        };
        let mut events = vec![acknowledged.into()];
        if filing.frequency == Frequency::Void
            && status == Status::Accepted
            && !self.has_standing_answer()
        {
            events.push(self.voided(None, command.received_on)?.into());
        }
        Ok(events)
    }

    fn status_with(&self, filing: &Filing, notice: Notice) -> Status {
        let is_filing = matches!(
            self.status(),
            Status::Submitted | Status::Received | Status::Accepted | Status::Rejected
        );
        if filing.answered || !is_filing {
            return self.status();
        }
        let (mut reached, mut stopped) = (None, None);
        for notice in filing.notices.iter().chain([&notice]) {
            match notice.proof() {
                Proof::Reached(step) => reached = reached.max(Some(step)),
                Proof::Stopped(step) => stopped = stopped.max(Some(step)),
            }
        }
        if stopped.is_some() && stopped >= reached {
            return Status::Rejected;
        }
        match reached {
            Some(Step::Accepted) => Status::Accepted,
            Some(Step::Received) => Status::Received,
            Some(Step::Interchange | Step::Syntax) | None => Status::Submitted,
        }
    }

    /// The claim falls away, and its charge with it.
    pub(super) fn voided(
        &self,
        reason_code: Option<Code>,
        voided_on: time::Date,
    ) -> Result<Voided, ClaimError> {
        self.voided_from(self.standing()?, reason_code, voided_on)
    }

    /// As [`Self::voided`], from figures that an event before in the same decision left.
    pub(super) fn voided_from(
        &self,
        standing: super::Standing,
        reason_code: Option<Code>,
        voided_on: time::Date,
    ) -> Result<Voided, ClaimError> {
        let charge_change: Money = standing.charge.negated()?;
        let change = Change { charge: charge_change.minor(), ..Change::default() };
        Ok(Voided {
            charge_change,
            given_back: self.drawn.clone(),
            reason_code,
            standing: standing.after(change, Status::Voided)?,
            voided_on,
        })
    }
}
