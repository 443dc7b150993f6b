//! An open invoice of another system is taken over: it keeps its number, its dates and its taxes,
//! and from then on behaves as any other. What was paid before is known as a sum only, so it can
//! be neither refunded nor reversed here.

use rust_decimal::RoundingStrategy;
use time::Date;
use uuid::Uuid;

use super::{
    Decision, Imported, Invoice, InvoiceError, InvoiceType, Issued, ItemTotal, ItemType, Line,
    Opened, Standing, Status, TaxOfRate, TaxSnapshot, Totals, status_by_funds,
};
use crate::values::{Money, Rate, Rounding, Sealed};

/// See [`InvoiceCommand::Import`](super::InvoiceCommand::Import).
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// Still owed, above zero.
    pub balance: Money,
    /// The other system's id of the customer.
    pub customer_id: Option<Sealed<String>>,
    /// When payment is due.
    pub due_on: Date,
    /// The import that it belongs to.
    pub import: Uuid,
    /// The day its balance is taken over.
    pub imported_on: Date,
    /// The day the other system issued it.
    pub issued_on: Date,
    /// Identifies the one line.
    pub line_id: Uuid,
    /// The other system's number.
    pub number: String,
    /// How its tax is rounded from now on.
    pub rounding: Rounding,
    /// Net of tax.
    pub subtotal: Money,
    /// Its tax.
    pub tax: Money,
}

/// The longest number another system may have given.
pub const MOST_NUMBER_CHARS: usize = 40;

/// Whether a text can be another system's document number: letters, digits and `-./_#`, one digit
/// at least, and not of a form that Daybook gives out itself.
pub fn is_foreign_number(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-./_#".contains(&byte);
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let ours = ["INV-", "CN-"].into_iter().any(|series| {
        text.strip_prefix(series).and_then(|rest| rest.split_once('-')).is_some_and(
            |(month, number)| {
                let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
                month.len() == 6 && digits(month) && !number.is_empty() && digits(number)
            },
        )
    });
    text.bytes().all(plain) && has_digit && !ours && text.len() <= MOST_NUMBER_CHARS
}

impl Invoice {
    /// Takes it over. The same invoice again changes nothing.
    pub(super) fn import(&self, command: Import) -> Decision {
        let event = taken_over(command)?;
        if self.opened.is_none() {
            return Ok(vec![event.into()]);
        }
        if self.imported == Some(event.standing) && self.issued == Some(issued(&event)) {
            return Ok(vec![]);
        }
        Err(InvoiceError::Exists { status: self.status() })
    }

    pub(super) fn hear_imported(&mut self, event: Imported) {
        let days = (event.due_on - event.issued_on).whole_days();
        self.opened = Some(Opened {
            currency: event.totals.total.currency(),
            customer_id: event.customer_id.clone(),
            invoice_type: InvoiceType::OneOff,
            payment_terms_days: u16::try_from(days).unwrap_or(0),
            period: None,
            rounding: event.rounding,
        });
        self.hear_issued(issued(&event));
        self.imported = Some(event.standing);
        self.standing = Some(event.standing);
        self.lines.add(event.line);
    }
}

fn taken_over(command: Import) -> Result<Imported, InvoiceError> {
    let Import { balance, subtotal, tax, .. } = command;
    let total = subtotal.plus(tax)?;
    let paid = total.minus(balance)?;
    let fits = !subtotal.is_negative() && !tax.is_negative() && !paid.is_negative();
    if !fits || !balance.is_positive() || (subtotal.is_zero() && !tax.is_zero()) {
        return Err(InvoiceError::ImportUneven { balance, subtotal, tax });
    }
    if !is_foreign_number(&command.number) {
        return Err(InvoiceError::NumberOfOurs);
    }
    if command.due_on < command.issued_on || command.imported_on < command.issued_on {
        return Err(InvoiceError::DateOutOfRange);
    }
    let zero = Money::zero(total.currency());
    let rate = effective_rate(subtotal, tax)?;
    let taxed = !tax.is_zero();
    let (due, today) = (Some(command.due_on), command.imported_on);
    let status = status_by_funds(Status::Sent, balance, paid, due, today);
    let line = Line {
        charge: None,
        covers: None,
        description: None,
        item_type: ItemType::OneOff,
        line_id: command.line_id,
        quantity: 1,
        rate_configured: false,
        service_on: command.issued_on,
        tax_rate: rate,
        total_price: subtotal,
        unit_price: subtotal,
    };
    let taxes = if taxed { vec![TaxOfRate { base: subtotal, rate, tax }] } else { Vec::new() };
    let taxable_subtotal = if taxed { subtotal } else { zero };
    Ok(Imported {
        customer_id: command.customer_id,
        due_on: command.due_on,
        import: command.import,
        imported_on: command.imported_on,
        issued_on: command.issued_on,
        line,
        number: command.number,
        rounding: command.rounding,
        standing: Standing { balance, credit: zero, paid, status },
        tax: TaxSnapshot {
            components: Vec::new(),
            jurisdiction: None,
            rounding: command.rounding,
            taxes,
        },
        totals: Totals { subtotal, tax, taxable_subtotal, total },
    })
}

/// What the tax comes to as a rate, six decimal places; the tax itself stays as given.
fn effective_rate(subtotal: Money, tax: Money) -> Result<Rate, InvoiceError> {
    if tax.is_zero() {
        return Ok(Rate::ZERO);
    }
    let exact = tax.decimal().checked_div(subtotal.decimal());
    let exact = exact.ok_or(InvoiceError::AmountOutOfRange)?;
    // Half away from zero, as effective rates of reports are (contract S2.14).
    let rate = exact.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero);
    Rate::try_from(rate).map_err(|_| InvoiceError::ImportUneven { balance: tax, subtotal, tax })
}

fn issued(event: &Imported) -> Issued {
    Issued {
        due_on: event.due_on,
        issued_on: event.issued_on,
        items: vec![ItemTotal { amount: event.totals.subtotal, item_type: event.line.item_type }],
        number: event.number.clone(),
        schedules: Vec::new(),
        tax: event.tax.clone(),
        totals: event.totals,
    }
}
