//! The draft becomes a document: number, due date, tax snapshot; then it goes out.

use time::{Date, Duration};

use super::{
    Decision, Invoice, InvoiceError, Issue, Issued, LinkProvider, MarkSent, ProviderLinked, Sent,
    Status, TaxSnapshot, TotalsRecalculated, schedules,
};
use crate::tax::components as components_of;

/// The series an invoice issued on that day takes its number from: `INV-YYYYMM`.
pub(super) fn series(issued_on: Date) -> String {
    format!("INV-{:04}{:02}", issued_on.year(), u8::from(issued_on.month()))
}

impl Invoice {
    /// Gives it its number and fixes its taxes.
    pub(super) fn issue(&self, command: Issue) -> Decision {
        let (opened, standing) = self.begun()?;
        if standing.status == Status::Canceled {
            return Err(InvoiceError::NotDraft { status: standing.status });
        }
        if self.issued.is_some() {
            return Ok(vec![]);
        }
        if self.lines.is_empty() {
            return Err(InvoiceError::NothingToIssue);
        }
        let number = command.number.ok_or(InvoiceError::NumberMissing)?;
        let due_on = command
            .issued_on
            .checked_add(Duration::days(i64::from(opened.payment_terms_days)))
            .ok_or(InvoiceError::DateOutOfRange)?;

        let (currency, rounding) = (opened.currency, opened.rounding);
        let mut events = Vec::new();
        let rerated = self.lines.sums().rerated(command.configured_rate);
        let sums = rerated.as_ref().unwrap_or(self.lines.sums());
        let totals = sums.totals(currency, rounding)?;
        if rerated.is_some() {
            let configured_rate = command.configured_rate;
            events.push(TotalsRecalculated { configured_rate, totals }.into());
        }
        let taxes = sums.taxes(currency, rounding)?;
        let jurisdiction = command.jurisdiction;
        let mut components = Vec::with_capacity(taxes.len());
        for tax in &taxes {
            components.extend(components_of(jurisdiction.as_ref(), command.issued_on, tax)?);
        }
        let tax = TaxSnapshot { components, jurisdiction, rounding, taxes };
        let issued = Issued {
            due_on,
            issued_on: command.issued_on,
            items: sums.items(currency),
            number: format!("{}-{number:05}", series(command.issued_on)),
            schedules: schedules::of_lines(&self.lines, opened, command.issued_on)?,
            tax,
            totals,
        };
        events.push(issued.into());
        Ok(events)
    }

    /// Notes that it went out; once.
    pub(super) fn mark_sent(&self, MarkSent { sent_at }: MarkSent) -> Decision {
        self.require_open()?;
        if self.sent_at.is_some() {
            return Ok(vec![]);
        }
        Ok(vec![Sent { sent_at }.into()])
    }

    /// Links it to the provider's invoice; the last link counts.
    pub(super) fn link_provider(&self, command: LinkProvider) -> Decision {
        self.begun()?;
        let LinkProvider { provider_invoice_id } = command;
        if self.provider_invoice_id.as_ref() == Some(&provider_invoice_id) {
            return Ok(vec![]);
        }
        Ok(vec![ProviderLinked { provider_invoice_id }.into()])
    }
}
