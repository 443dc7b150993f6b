//! What stands on an invoice.

use time::Date;

use super::{Issuer, Party};
use crate::values::{Money, Rate};

/// What an invoice's paper says across its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    /// Not issued; its figures may still change.
    Draft,
    /// Something is owed.
    Open,
    /// Nothing is owed any more.
    Settled,
    /// It was voided.
    Void,
}

/// Lines of an invoice that are alike, as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceRow {
    /// What it is for.
    pub text: String,
    /// First and last day it is about, where they are not the invoice's.
    pub days: Option<(Date, Date)>,
    /// How many.
    pub quantity: i64,
    /// The price of one.
    pub unit_price: Money,
    /// All of them.
    pub amount: Money,
}

/// One tax by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxRow {
    /// `GST`, `QST`, …
    pub name: String,
    /// Its rate.
    pub rate: Rate,
    /// What it is taken on.
    pub base: Money,
    /// The tax.
    pub tax: Money,
}

/// An invoice as it is handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceDocument {
    /// Who asks for the money.
    pub issuer: Issuer,
    /// Who is asked.
    pub customer: Party,
    /// The customer's own name for itself, where it has one.
    pub customer_id: Option<String>,
    /// Its number; none before it is issued.
    pub number: Option<String>,
    /// How it stands.
    pub stamp: Stamp,
    /// The day it was issued.
    pub issued_on: Option<Date>,
    /// When payment is due.
    pub due_on: Option<Date>,
    /// First and last day it covers.
    pub period: Option<(Date, Date)>,
    /// Days from issue to due date.
    pub terms_days: u16,
    /// What is billed.
    pub rows: Vec<InvoiceRow>,
    /// Rows beyond those that a paper can bear: how many, and what they come to.
    pub unlisted: Option<(usize, Money)>,
    /// Sum of the lines.
    pub subtotal: Money,
    /// Taxes by name and rate.
    pub taxes: Vec<TaxRow>,
    /// Subtotal and taxes.
    pub total: Money,
    /// What else was taken off: credit notes, and what was lost in disputes.
    pub credited: Money,
    /// Paid so far.
    pub paid: Money,
    /// Given up.
    pub written_off: Money,
    /// Still owed.
    pub balance: Money,
}
