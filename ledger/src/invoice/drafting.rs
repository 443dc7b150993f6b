//! While it is a draft: begin it, put lines on it, take them off, work its tax out anew.

use super::{
    AddLine, BillingPeriod, Decision, Invoice, InvoiceError, InvoiceType, Line, LineAdded,
    LineRemoved, Open, Opened, RecalculateTotals, RemoveLine, Status, TotalsRecalculated,
    lines::KeptLine,
};

/// The most of a thing that one line may charge for.
const MOST_QUANTITY: i64 = 1_000_000;
/// The most tax rates on one invoice, so that its totals stay cheap.
const MOST_RATES: usize = 32;
/// The longest time to pay, in days.
const MOST_PAYMENT_TERMS_DAYS: u16 = 365;

impl Invoice {
    /// Begins the draft.
    pub(super) fn open(&self, command: Open) -> Decision {
        let asked = begin(command)?;
        match &self.opened {
            None => Ok(vec![asked.into()]),
            Some(opened) if says_the_same(opened, &asked) => Ok(vec![]),
            Some(_) => Err(InvoiceError::Exists { status: self.status() }),
        }
    }

    /// Puts a line on the draft.
    pub(super) fn add_line(&self, command: AddLine) -> Decision {
        if command.charge.as_ref().is_some_and(|charge| self.lines.has_charge(charge)) {
            return Ok(vec![]);
        }
        if let Some(kept) = self.lines.get(&command.line_id) {
            return if kept.is_asked_by(&command) {
                Ok(vec![])
            } else {
                Err(InvoiceError::LineExists { line_id: command.line_id })
            };
        }
        if self.lines.was_removed(&command.line_id) {
            return Err(InvoiceError::LineTakenOff { line_id: command.line_id });
        }
        let mut events = Vec::new();
        let (currency, rounding) = match (&self.opened, &command.open) {
            (Some(opened), _) => (opened.currency, opened.rounding),
            (None, Some(open)) => {
                events.push(begin(open.clone())?.into());
                (open.currency, open.rounding)
            }
            (None, None) => return Err(InvoiceError::Unknown),
        };
        self.require_draft()?;
        check_line(&command, currency)?;

        let total_price = command.unit_price.times(command.quantity)?;
        let mut sums = self.lines.sums().clone();
        if command.rate_configured
            && let Some(rerated) = sums.rerated(command.tax_rate)
        {
            let totals = rerated.totals(currency, rounding)?;
            let configured_rate = command.tax_rate;
            events.push(TotalsRecalculated { configured_rate, totals }.into());
            sums = rerated;
        }
        let sums = sums.with(&KeptLine::of(&command, total_price))?;
        if sums.rates() > MOST_RATES {
            return Err(InvoiceError::TooManyRates { most: MOST_RATES });
        }
        let totals = sums.totals(currency, rounding)?;
        let line = Line {
            charge: command.charge,
            covers: command.covers,
            description: command.description,
            item_type: command.item_type,
            line_id: command.line_id,
            quantity: command.quantity,
            rate_configured: command.rate_configured,
            service_on: command.service_on,
            tax_rate: command.tax_rate,
            total_price,
            unit_price: command.unit_price,
        };
        events.push(LineAdded { line, totals }.into());
        Ok(events)
    }

    /// Takes a line off the draft.
    pub(super) fn remove_line(&self, RemoveLine { line_id }: RemoveLine) -> Decision {
        let (opened, _) = self.begun()?;
        if self.lines.was_removed(&line_id) {
            return Ok(vec![]);
        }
        self.require_draft()?;
        let line = self.lines.get(&line_id).ok_or(InvoiceError::LineUnknown { line_id })?;
        let sums = self.lines.sums().without(line)?;
        let totals = sums.totals(opened.currency, opened.rounding)?;
        Ok(vec![LineRemoved { line_id, totals }.into()])
    }

    /// Works the draft's tax out from its lines and the configured rate.
    pub(super) fn recalculate(&self, command: RecalculateTotals) -> Decision {
        let (opened, _) = self.begun()?;
        self.require_draft()?;
        let configured_rate = command.configured_rate;
        match self.lines.sums().rerated(configured_rate) {
            None => Ok(vec![]),
            Some(sums) => {
                let totals = sums.totals(opened.currency, opened.rounding)?;
                Ok(vec![TotalsRecalculated { configured_rate, totals }.into()])
            }
        }
    }

    fn require_draft(&self) -> Result<(), InvoiceError> {
        match self.status() {
            Status::Draft => Ok(()),
            status => Err(InvoiceError::NotDraft { status }),
        }
    }
}

/// Checks what an invoice is begun with.
fn begin(open: Open) -> Result<Opened, InvoiceError> {
    match open.period {
        None if open.invoice_type == InvoiceType::Monthly => {
            return Err(InvoiceError::PeriodNeeded);
        }
        Some(period) => require_days(period)?,
        None => {}
    }
    if open.payment_terms_days > MOST_PAYMENT_TERMS_DAYS {
        return Err(InvoiceError::PaymentTermsTooLong {
            days: open.payment_terms_days,
            most_days: MOST_PAYMENT_TERMS_DAYS,
        });
    }
    Ok(Opened {
        currency: open.currency,
        customer_id: open.customer_id,
        invoice_type: open.invoice_type,
        payment_terms_days: open.payment_terms_days,
        period: open.period,
        rounding: open.rounding,
    })
}

fn require_days(period: BillingPeriod) -> Result<(), InvoiceError> {
    let BillingPeriod { ends_on, starts_on } = period;
    if ends_on > starts_on { Ok(()) } else { Err(InvoiceError::PeriodEmpty { ends_on, starts_on }) }
}

/// Sealed text cannot be compared; whose it is can.
fn says_the_same(one: &Opened, other: &Opened) -> bool {
    let customer = |opened: &Opened| opened.customer_id.as_ref().map(|sealed| sealed.subject);
    one.currency == other.currency
        && customer(one) == customer(other)
        && one.invoice_type == other.invoice_type
        && one.payment_terms_days == other.payment_terms_days
        && one.period == other.period
        && one.rounding == other.rounding
}

fn check_line(command: &AddLine, currency: crate::values::Currency) -> Result<(), InvoiceError> {
    let AddLine { covers, quantity, unit_price, .. } = *command;
    covers.map_or(Ok(()), require_days)?;
    if !(1..=MOST_QUANTITY).contains(&quantity) {
        return Err(InvoiceError::QuantityOutOfRange { most: MOST_QUANTITY, quantity });
    }
    if unit_price.currency() != currency {
        return Err(InvoiceError::CurrencyMismatch {
            given: unit_price.currency(),
            invoice: currency,
        });
    }
    if unit_price.is_negative() {
        return Err(InvoiceError::PriceNegative { unit_price });
    }
    Ok(())
}
