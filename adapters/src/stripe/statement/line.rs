//! From text to a line.

use ledger::{
    ports::statements::BadLine,
    reconciliation::{Line, LineStatus},
    values::{Currency, Money, MoneyError, OrgId},
};
use time::{
    Date, OffsetDateTime, PrimitiveDateTime, format_description::BorrowedFormatItem,
    macros::format_description,
};

use super::{
    columns::{Column, Columns},
    kinds::kind,
};

const SECONDS: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
const MINUTES: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day] [hour]:[minute]");
const DAY: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// The cells of one line, with what was wrong with those that were read.
pub(super) struct Cells<'a> {
    pub(super) columns: &'a Columns,
    pub(super) cells: &'a [String],
    pub(super) line: u64,
    pub(super) bad: Vec<BadLine>,
}

impl Cells<'_> {
    /// Reads all of it, so that everything wrong with a line is told at once.
    pub(super) fn read(mut self) -> Result<Line, Vec<BadLine>> {
        let id = self.needed(Column::Id, object);
        let created = self.needed(Column::Created, instant);
        let currency = self.needed(Column::Currency, currency);
        let money = |text: &str| match currency {
            Some(currency) => Money::parse(text, currency).map_err(|error| say(&error)),
            None => Ok(Money::zero(Currency::USD)),
        };
        let gross = self.needed(Column::Gross, money);
        let fee = self.needed(Column::Fee, money);
        let net = self.needed(Column::Net, money);
        let tax = self.optional(Column::Tax, money);
        if let (Some(gross), Some(fee), Some(net)) = (gross, fee, net)
            && gross.minus(fee) != Ok(net)
        {
            self.wrong(Column::Net, "is not gross less fee".to_owned());
        }
        let source = self.optional(Column::Source, object);
        let category = self.text(Column::Category).to_lowercase();
        let type_of = self.text(Column::Type).to_lowercase();
        if category.is_empty() && type_of.is_empty() {
            let column =
                if self.columns.has(Column::Category) { Column::Category } else { Column::Type };
            self.wrong(column, "must be given".to_owned());
        }
        let status = self.optional(Column::Status, status);
        let references = [Column::Intent, Column::Charge, Column::Invoice]
            .into_iter()
            .filter_map(|column| self.optional(column, object))
            .collect();
        let available_on = self.optional(Column::Available, instant).map(OffsetDateTime::date);
        let payout = self.optional(Column::Payout, object);
        // Whatever else may stand in metadata is none of ours.
        let org = self.text(Column::OurOrg).parse().ok().map(OrgId);
        let invoice_id = self.text(Column::OurInvoice).parse().ok();
        let refund_id = self.text(Column::OurRefund).parse().ok();
        match (id, created, gross, fee, net) {
            (Some(id), Some(created), Some(gross), Some(fee), Some(net)) if self.bad.is_empty() => {
                let kind = kind(&category, &type_of, source.as_deref(), gross.minor());
                let status = status.unwrap_or(LineStatus::Available);
                Ok(Line {
                    id,
                    kind,
                    source,
                    references,
                    gross,
                    fee,
                    net,
                    tax,
                    created,
                    available_on,
                    status,
                    payout,
                    org,
                    invoice_id,
                    refund_id,
                })
            }
            _ => Err(self.bad),
        }
    }

    fn text(&self, column: Column) -> &str {
        let place = self.columns.place(column).map(|(place, _)| place);
        place.and_then(|place| self.cells.get(place)).map_or("", |text| text.trim())
    }

    fn needed<T>(&mut self, column: Column, read: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        if self.text(column).is_empty() {
            self.wrong(column, "must be given".to_owned());
            return None;
        }
        self.optional(column, read)
    }

    fn optional<T>(
        &mut self,
        column: Column,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let read = read(text);
        read.map_err(|problem| self.wrong(column, problem)).ok()
    }

    fn wrong(&mut self, column: Column, problem: String) {
        let column = self.columns.place(column).map(|(_, spelt)| spelt.to_owned());
        self.bad.push(BadLine { line: self.line, column, problem });
    }
}

/// An id of Stripe's: letters, digits and `_`, so that no formula and no sentence is one.
fn object(text: &str) -> Result<String, String> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if text.len() <= 255 && text.bytes().all(allowed) {
        Ok(text.to_owned())
    } else {
        Err("is no id of Stripe's: letters, digits and _ are expected".to_owned())
    }
}

fn currency(text: &str) -> Result<Currency, String> {
    text.parse().map_err(|error: MoneyError| say(&error))
}

fn say(error: &MoneyError) -> String {
    error.to_string()
}

/// `2026-09-14 10:02:11`, `2026-09-14 10:02`, `2026-09-14` or RFC 3339; in UTC.
fn instant(text: &str) -> Result<OffsetDateTime, String> {
    let rfc = &time::format_description::well_known::Rfc3339;
    OffsetDateTime::parse(text, rfc)
        .or_else(|_| PrimitiveDateTime::parse(text, SECONDS).map(PrimitiveDateTime::assume_utc))
        .or_else(|_| PrimitiveDateTime::parse(text, MINUTES).map(PrimitiveDateTime::assume_utc))
        .or_else(|_| Date::parse(text, DAY).map(|day| day.midnight().assume_utc()))
        .map_err(|_| "is no time such as 2026-09-14 10:02:11".to_owned())
}

fn status(text: &str) -> Result<LineStatus, String> {
    match text.to_lowercase().as_str() {
        "available" | "paid" | "succeeded" => Ok(LineStatus::Available),
        "pending" | "in_transit" => Ok(LineStatus::Pending),
        "failed" | "canceled" => Ok(LineStatus::Failed),
        _ => Err("is no status: available, pending or failed is expected".to_owned()),
    }
}
