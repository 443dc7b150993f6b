//! Credit notes: documents with a number of their own that take back what was billed.

use std::collections::BTreeSet;

use time::Date;

use super::{
    CorrectionError, CreditLine, CreditNoteIssued, CreditNoteVoided, CreditScope, CreditedLine,
    Decision, Invoice, InvoiceError, IssueCreditNote, LinePart, Standing, Status, Taken,
    VoidCreditNote, Wanted, schedules, status_by_funds,
};
use crate::values::{Currency, Money};

/// The series a credit note issued on that day takes its number from: `CN-YYYYMM`.
pub(super) fn series(issued_on: Date) -> String {
    format!("CN-{:04}{:02}", issued_on.year(), u8::from(issued_on.month()))
}

impl Invoice {
    /// Takes back part or all of what was billed. It settles what is still owed; the rest, or
    /// all of it where that was asked, is the customer's credit.
    pub(super) fn issue_credit_note(&self, command: IssueCreditNote) -> Decision {
        let (opened, _) = self.begun()?;
        let credit_note_id = command.credit_note_id;
        if let Some(known) = self.credit_notes.get(&credit_note_id) {
            return if is_asked_by(&known.issued, &command) {
                Ok(vec![])
            } else {
                let total = known.issued.total;
                Err(CorrectionError::CreditNoteExists { credit_note_id, total }.into())
            };
        }
        let before = self.require_open()?;
        self.require_not_given_up()?;
        let issued = self.issued.as_ref().ok_or(InvoiceError::Unknown)?;
        let taken = self.to_credit(&command.scope, opened.currency)?;
        let money = |minor| Money::from_minor(minor, opened.currency);
        let total = money(taken.total());
        let applied =
            if command.leave_as_credit { money(0) } else { total.smaller(before.balance)? };
        let credited = total.minus(applied)?;
        let number = command.number.ok_or(InvoiceError::NumberMissing)?;
        let standing = self.after_credit_note(before, applied, credited, command.issued_on)?;
        let (taxes, components) = self.left.taxes_of(&taken, issued);
        let lines = taken.lines();
        let lines =
            lines.map(|(line_id, minor)| CreditedLine { amount: money(minor), line_id }).collect();
        let note = CreditNoteIssued {
            applied,
            components,
            credit_note_id,
            credited,
            issued_on: command.issued_on,
            items: self.cuts(&taken, opened.currency),
            lines,
            note: command.note,
            number: format!("{}-{number:05}", series(command.issued_on)),
            reason_code: command.reason_code,
            standing,
            tax: money(taken.tax()),
            taxes,
            total,
        };
        Ok(vec![note.into()])
    }

    /// What is owed shrinks by what was applied; what became credit is no longer paid here.
    fn after_credit_note(
        &self,
        before: Standing,
        applied: Money,
        credited: Money,
        today: Date,
    ) -> Result<Standing, InvoiceError> {
        let balance = before.balance.minus(applied)?;
        let paid = before.paid.minus(credited)?;
        let status = match before.status {
            _ if balance.is_zero() => Status::Paid,
            Status::Partial if !paid.is_positive() => {
                status_by_funds(before.status, balance, paid, self.due_on(), today)
            }
            status => status,
        };
        Ok(Standing { balance, credit: before.credit.plus(credited)?, paid, status })
    }

    /// What may still be credited, tax included: what was issued, less refunds, credit notes
    /// and what was lost in disputes.
    pub fn creditable(&self) -> Option<Money> {
        let minor = self.left.total().saturating_sub(self.lost_minor);
        Some(Money::from_minor(minor.max(0), self.currency()?))
    }

    /// Weighs up what a credit note takes.
    fn to_credit(&self, scope: &CreditScope, currency: Currency) -> Result<Taken, InvoiceError> {
        let creditable = self.creditable().unwrap_or(Money::zero(currency));
        if !creditable.is_positive() {
            return Err(CorrectionError::NothingToCredit.into());
        }
        let (mut taken, wanted) = match scope {
            CreditScope::Lines(lines) => self.lines_to_credit(lines, currency)?,
            CreditScope::Amount(amount) => {
                self.require_amount(currency, *amount)?;
                if amount.minus(creditable)?.is_positive() {
                    let asked = *amount;
                    return Err(CorrectionError::CreditNoteTooLarge { asked, creditable }.into());
                }
                self.amount_to_credit(*amount)?
            }
            CreditScope::Rest => self.amount_to_credit(creditable)?,
        };
        let asked = Money::from_minor(taken.total(), currency);
        if asked.minus(creditable)?.is_positive() {
            return Err(CorrectionError::CreditNoteTooLarge { asked, creditable }.into());
        }
        taken.schedules = self.unearned(&wanted)?;
        Ok(taken)
    }

    fn amount_to_credit(&self, gross: Money) -> Result<(Taken, Vec<Wanted>), InvoiceError> {
        let taken = self.left.take_amount(gross.minor())?;
        let wanted =
            taken.items().map(|(item_type, minor)| Wanted { item_type, minor, place: None });
        let wanted = wanted.collect();
        Ok((taken, wanted))
    }

    /// One line after the other, so that none takes what another has taken already.
    fn lines_to_credit(
        &self,
        lines: &[CreditLine],
        currency: Currency,
    ) -> Result<(Taken, Vec<Wanted>), InvoiceError> {
        let (mut left, mut named) = (self.left.clone(), BTreeSet::new());
        let mut parts = Vec::with_capacity(lines.len());
        for line in lines {
            let line_id = line.line_id;
            let kept = self.lines.get(&line_id).ok_or(InvoiceError::LineUnknown { line_id })?;
            if !named.insert(line_id) {
                return Err(CorrectionError::LineTwice { line_id }.into());
            }
            let (item_type, rate) = (kept.item_type(), self.lines.rate_of(kept));
            let whole = LinePart { item_type, line_id, minor: kept.total().minor(), rate };
            let there = Money::from_minor(left.of_line(&whole), currency);
            let asked = line.amount.unwrap_or(there);
            if !there.is_positive() {
                return Err(CorrectionError::NothingToCredit.into());
            }
            self.require_amount(currency, asked)?;
            if asked.minus(there)?.is_positive() {
                let error = CorrectionError::LineCreditTooLarge { asked, left: there, line_id };
                return Err(error.into());
            }
            let part = LinePart { minor: asked.minor(), ..whole };
            left.take(&left.take_lines(&[part])?);
            parts.push(part);
        }
        if parts.is_empty() {
            return Err(CorrectionError::NothingToCredit.into());
        }
        let wanted = parts.iter().map(|part| self.wanted(part.line_id, part.minor));
        let wanted = wanted.flatten().collect();
        Ok((self.left.take_lines(&parts)?, wanted))
    }

    /// What a line that is taken back wants of the schedule it stands on.
    pub(super) fn wanted(&self, line_id: uuid::Uuid, minor: i64) -> Option<Wanted> {
        let (opened, issued) = (self.opened.as_ref()?, self.issued.as_ref()?);
        let line = self.lines.get(&line_id)?;
        let place = schedules::place_of(&issued.schedules, line, opened.period, issued.issued_on);
        Some(Wanted { item_type: line.item_type(), minor, place })
    }

    /// Voids a credit note: the exact mirror, as long as its credit is still there.
    pub(super) fn void_credit_note(&self, command: VoidCreditNote) -> Decision {
        let VoidCreditNote { credit_note_id, reason_code, voided_on } = command;
        self.begun()?;
        let known = self.credit_notes.get(&credit_note_id);
        let known = known.ok_or(CorrectionError::CreditNoteUnknown { credit_note_id })?;
        if known.voided {
            return Ok(vec![]);
        }
        let now = self.require_open()?;
        let note = known.issued.clone();
        let credit = now.credit.minus(note.credited)?;
        if credit.is_negative() {
            let error = CorrectionError::CreditUsed { credit: now.credit, needed: note.credited };
            return Err(error.into());
        }
        let after = Standing {
            balance: now.balance.plus(note.applied)?,
            credit,
            paid: now.paid.plus(note.credited)?,
            status: now.status,
        };
        let undo = self.undo.get(&credit_note_id);
        let voided = CreditNoteVoided {
            applied: note.applied,
            components: note.components,
            credit_note_id,
            credited: note.credited,
            items: note.items,
            number: note.number,
            reason_code,
            standing: self.undone(undo, after, voided_on),
            tax: note.tax,
            taxes: note.taxes,
            total: note.total,
            voided_on,
        };
        Ok(vec![voided.into()])
    }
}

/// Whether the command asks for this very credit note. An event does not tell a rest from an
/// amount; the amount is compared.
fn is_asked_by(known: &CreditNoteIssued, command: &IssueCreditNote) -> bool {
    let same = match &command.scope {
        CreditScope::Rest => known.lines.is_empty(),
        CreditScope::Amount(amount) => known.lines.is_empty() && known.total == *amount,
        CreditScope::Lines(lines) => {
            let is_known = |line: &CreditLine| {
                known.lines.iter().any(|other| {
                    other.line_id == line.line_id
                        && line.amount.is_none_or(|amount| amount == other.amount)
                })
            };
            known.lines.len() == lines.len() && lines.iter().all(is_known)
        }
    };
    let left = known.applied.is_zero() || !command.leave_as_credit;
    same && left && known.reason_code == command.reason_code
}
