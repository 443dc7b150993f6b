//! The list form of `/v1/balance_transactions`: amounts are whole minor units.

use std::io::Read;

use ledger::{
    ports::statements::{BadLine, StatementError},
    reconciliation::{Line, LineStatus, Statement},
    values::{Money, OrgId},
};
use serde_json::Value;
use time::OffsetDateTime;

use super::{Reading, kinds::kind};
use crate::stripe::object::Object;

pub(super) fn read(
    source: impl Read,
    heard: &mut dyn FnMut(i64),
) -> Result<Statement, StatementError> {
    let value: Value = serde_json::from_reader(source).map_err(|error| {
        if error.is_io() {
            return StatementError::Io(error.into());
        }
        StatementError::Form(format!("this is no JSON: line {}", error.line()))
    })?;
    let Some(entries) = value.get("data").and_then(Value::as_array) else {
        return Err(StatementError::Form("this is no list: it has no data".to_owned()));
    };
    if value.get("has_more").and_then(Value::as_bool) == Some(true) {
        let text = "the list goes on (has_more): join all of its pages first";
        return Err(StatementError::Form(text.to_owned()));
    }
    let mut reading = Reading::default();
    for (number, entry) in (1..).zip(entries) {
        reading.take(one(number, Object(entry)), heard)?;
    }
    reading.finish(heard)
}

fn one(number: u64, entry: Object<'_>) -> Result<Line, Vec<BadLine>> {
    let mut bad = Vec::new();
    let mut must = |column: &str, problem: &str| {
        let (column, problem) = (Some(column.to_owned()), problem.to_owned());
        bad.push(BadLine { line: number, column, problem });
    };
    let id = entry.text("id").filter(|id| is_id(id));
    let currency = entry.currency();
    let created =
        entry.amount("created").and_then(|at| OffsetDateTime::from_unix_timestamp(at).ok());
    let amounts = [entry.amount("amount"), entry.amount("fee"), entry.amount("net")];
    let type_of = entry.text("type").unwrap_or_default();
    if id.is_none() {
        must("id", "is no id of Stripe's");
    }
    if currency.is_none() {
        must("currency", "unknown currency");
    }
    if created.is_none() {
        must("created", "a Unix time is expected");
    }
    if type_of.is_empty() {
        must("type", "must be given");
    }
    for (name, amount) in ["amount", "fee", "net"].into_iter().zip(amounts) {
        if amount.is_none() {
            must(name, "whole minor units are expected");
        }
    }
    let (Some(id), Some(currency), Some(created), [Some(gross), Some(fee), Some(net)]) =
        (id, currency, created, amounts)
    else {
        return Err(bad);
    };
    if gross.checked_sub(fee) != Some(net) {
        must("net", "is not amount less fee");
    }
    if !bad.is_empty() {
        return Err(bad);
    }
    Ok(line(entry, id, created, [gross, fee, net].map(|minor| Money::from_minor(minor, currency))))
}

fn line(entry: Object<'_>, id: &str, created: OffsetDateTime, money: [Money; 3]) -> Line {
    let [gross, fee, net] = money;
    // The source may be its id or, expanded, the object itself.
    let whole = entry.at("source");
    let source = entry.text("source").or_else(|| whole.text("id")).filter(|id| is_id(id));
    let type_of = entry.text("type").unwrap_or_default();
    let category = entry.text("reporting_category").unwrap_or_default();
    let available = entry.amount("available_on");
    let ours = |key| whole.ours(key);
    Line {
        id: id.to_owned(),
        kind: kind(category, type_of, source, gross.minor()),
        source: source.map(str::to_owned),
        references: whole.payments(),
        gross,
        fee,
        net,
        tax: None,
        created,
        available_on: available
            .and_then(|at| OffsetDateTime::from_unix_timestamp(at).ok())
            .map(OffsetDateTime::date),
        status: match entry.text("status") {
            Some("pending") => LineStatus::Pending,
            Some("failed" | "canceled") => LineStatus::Failed,
            _ => LineStatus::Available,
        },
        payout: None,
        org: ours("daybook_org_id").map(OrgId),
        invoice_id: ours("daybook_invoice_id"),
        refund_id: ours("daybook_refund_id"),
    }
}

fn is_id(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (1..=255).contains(&text.len()) && text.bytes().all(allowed)
}
