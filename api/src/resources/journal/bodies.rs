//! What is said of entries that are made by hand.

use ledger::{
    books::{EntryLine, Side},
    journal::Account,
    values::{Code, Currency},
};
use serde_json::value::RawValue;
use time::Date;
use utoipa::ToSchema;

use crate::{
    body::{Amount, Fields, FromBody, Wrong, code, currency, day, one_of, text},
    error::ApiError,
};

/// Which way an allowance goes.
const DIRECTIONS: &[(&str, bool)] = &[("raise", false), ("release", true)];

/// One line: on the left, or on the right.
#[derive(Debug, ToSchema)]
pub(crate) struct EntryLineBody {
    /// Number in the chart of accounts.
    #[schema(value_type = String, example = "5000")]
    account: Account,
    /// How much on the left, above zero; not with `credit`.
    #[schema(value_type = Option<String>, example = "10.00")]
    debit: Option<Amount>,
    /// How much on the right, above zero; not with `debit`.
    #[schema(value_type = Option<String>)]
    credit: Option<Amount>,
    /// The account's currency unless said otherwise.
    #[schema(value_type = Option<String>)]
    currency: Option<Currency>,
}

impl FromBody for EntryLineBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let account = fields.required("account", chart);
        let debit = fields.optional("debit", Amount::read);
        let credit = fields.optional("credit", Amount::read);
        let currency = fields.optional("currency", currency);
        let (debit, credit) = (debit?, credit?);
        if debit.is_some() == credit.is_some() {
            fields.wrong("debit", "invalid", "either debit or credit is expected".into());
        }
        Some(Self { account: account?, debit, credit, currency: currency? })
    }
}

fn chart(raw: &RawValue) -> Result<Account, Wrong> {
    let number = text(8)(raw)?;
    number.parse().map_err(|error: ledger::journal::UnknownAccount| Wrong::Owned(error.to_string()))
}

/// An entry by an accountant. Its lines balance in every currency.
#[derive(Debug, ToSchema)]
pub(crate) struct EntryBody {
    /// The day it belongs to; today in the org's zone unless said otherwise.
    pub(super) business_on: Option<Date>,
    /// 2 to 500.
    #[schema(value_type = Vec<EntryLineBody>)]
    lines: Vec<EntryLineBody>,
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "year_end_accrual")]
    pub(super) reason_code: Code,
    /// A remark, at most 500 characters; kept sealed.
    pub(super) note: Option<String>,
    /// Another system's id of what is booked, at most 255 characters; kept sealed.
    pub(super) reference: Option<String>,
}

impl FromBody for EntryBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let business_on = fields.optional("business_on", day);
        let lines = fields.list("lines", 1, 500);
        let reason_code = fields.required("reason_code", code);
        let note = fields.optional("note", text(500));
        let reference = fields.optional("reference", text(255));
        Some(Self {
            business_on: business_on?,
            lines: lines?,
            reason_code: reason_code?,
            note: note?,
            reference: reference?,
        })
    }
}

impl EntryBody {
    /// The lines, with the account's currency where none was named.
    pub(super) fn lines(&self, usual: Currency) -> Result<Vec<EntryLine>, ApiError> {
        let line = |(index, line): (usize, &EntryLineBody)| {
            let currency = line.currency.unwrap_or(usual);
            let (amount, side, name) = match (&line.debit, &line.credit) {
                (Some(debit), _) => (debit, Side::Debit, "debit"),
                (None, Some(credit)) => (credit, Side::Credit, "credit"),
                (None, None) => return None,
            };
            let amount = amount.money(currency, &format!("/lines/{index}/{name}"));
            Some(amount.map(|amount| EntryLine { account: line.account, amount, side }))
        };
        self.lines.iter().enumerate().filter_map(line).collect()
    }
}

/// What will not come in, as estimated.
#[derive(Debug, ToSchema)]
pub(crate) struct AllowanceBody {
    /// By how much the allowance changes, above zero.
    #[schema(value_type = String, example = "120.00")]
    pub(super) amount: Amount,
    /// raise (unless said otherwise) or release.
    #[schema(value_type = Option<String>)]
    #[schema(rename = "direction")]
    pub(super) released: bool,
    /// The account's currency unless said otherwise.
    #[schema(value_type = Option<String>)]
    pub(super) currency: Option<Currency>,
    /// The day it belongs to; today in the org's zone unless said otherwise.
    pub(super) business_on: Option<Date>,
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "ageing_review")]
    pub(super) reason_code: Code,
    /// A remark, at most 500 characters; kept sealed.
    pub(super) note: Option<String>,
}

impl FromBody for AllowanceBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let amount = fields.required("amount", Amount::read);
        let released = fields.or("direction", false, one_of(DIRECTIONS));
        let currency = fields.optional("currency", currency);
        let business_on = fields.optional("business_on", day);
        let reason_code = fields.required("reason_code", code);
        let note = fields.optional("note", text(500));
        Some(Self {
            amount: amount?,
            released: released?,
            currency: currency?,
            business_on: business_on?,
            reason_code: reason_code?,
            note: note?,
        })
    }
}

/// Why it is undone.
#[derive(Debug, ToSchema)]
pub(crate) struct ReversalBody {
    /// The day of the mirror; today in the org's zone unless said otherwise, and not before the
    /// entry's own.
    pub(super) business_on: Option<Date>,
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "entered_in_error")]
    pub(super) reason_code: Code,
    /// A remark, at most 500 characters; kept sealed.
    pub(super) note: Option<String>,
}

impl FromBody for ReversalBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let business_on = fields.optional("business_on", day);
        let reason_code = fields.required("reason_code", code);
        let note = fields.optional("note", text(500));
        Some(Self { business_on: business_on?, reason_code: reason_code?, note: note? })
    }
}
