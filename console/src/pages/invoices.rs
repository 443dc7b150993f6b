//! `GET /console/invoices` and `…/{id}`

use actix_web::{HttpResponse, web::Path};
use futures_util::try_join;

use super::list::List;
use crate::{
    cell::{Cell, Facts, Table},
    doc::Doc,
    filters::{Filters, Kind, choice},
    refusal::Refusal,
    show::escaped,
    subject::Subject,
    visit::Visit,
};

const HERE: &str = "/console/invoices";
const STATUSES: &[&str] = &["draft", "sent", "partial", "paid", "overdue", "failed", "canceled"];

/// The list.
pub(crate) async fn list(visit: Visit) -> Result<HttpResponse, Refusal> {
    let fields = vec![
        ("status", "Status", choice(STATUSES)),
        ("type", "Type", choice(&["monthly", "setup_fee", "one_off"])),
        ("from", "From", Kind::Day),
        ("to", "To", Kind::Day),
    ];
    let filters = Filters::new(&visit, HERE, fields);
    let of = format!("/v1/billing/offices/{}/invoices?{}", visit.me.org_id, filters.query(&visit));
    let found: Doc = visit.get(&of).await?;
    let rows = found.list("invoices")?.into_iter().enumerate().map(|(place, invoice)| {
        let figure = |name: &str| {
            Cell::figure(&visit, &invoice, name, (&of, &format!("invoices/{place}/{name}")))
        };
        let id = invoice.text("invoice_id")?;
        let number = invoice.some("number")?.unwrap_or_else(|| "not issued".to_owned());
        Ok(vec![
            Cell::link(number, format!("{HERE}/{id}")),
            Cell::text(invoice.words("invoice_type")?),
            Cell::chip(&invoice.text("status")?),
            Cell::text(invoice.text("issue_date")?),
            Cell::text(invoice.text("due_date")?),
            figure("total_amount")?,
            figure("amount_paid")?,
            figure("balance_due")?,
            Cell::text(invoice.text("currency")?),
        ])
    });
    let heads = vec![
        ("Number", false),
        ("Type", false),
        ("Status", false),
        ("Issued", false),
        ("Due", false),
        ("Total", true),
        ("Paid", true),
        ("Balance", true),
        ("", false),
    ];
    let rows = rows.collect::<Result<_, Refusal>>()?;
    let table = Table::new("Invoices", heads, rows, "No invoice is like that.");
    List::page(&visit, HERE, "Invoices", filters, table, &found)
}

/// One invoice.
pub(crate) async fn show(visit: Visit, id: Path<String>) -> Result<HttpResponse, Refusal> {
    let id = escaped(&id);
    let of = format!("/v1/billing/invoices/{id}");
    let lines_of = format!("{of}/line-items?limit=200");
    let payments_of = format!("/v1/billing/payment-status/{id}");
    let notes_of = format!("{of}/credit-notes");
    let (invoice, lines, payments, notes) = try_join!(
        visit.get::<Doc>(&of),
        visit.get::<Doc>(&lines_of),
        visit.get::<Doc>(&payments_of),
        visit.get_if_any::<Doc>(&notes_of),
    )?;
    let number = invoice.some("number")?.unwrap_or_else(|| "Draft invoice".to_owned());
    let subject = Subject::begin(&visit, (HERE, number), ("invoice", &id)).await?;
    let mut subject = subject.standing(&invoice.text("status")?);
    subject.files.push(("PDF", format!("{HERE}/{id}/document")));
    subject.files.push(("Proof bundle", format!("/console/proofs/bundle?invoice={id}")));
    subject.facts.push(money(&visit, &invoice, &of)?);
    subject.facts.push(facts(&invoice)?);
    subject.tables.push(line_items(&visit, &lines, &lines_of)?);
    subject.tables.push(paid(&visit, &payments, &payments_of)?);
    if let Some(notes) = notes {
        let notes = credit_notes(&visit, &notes, &notes_of)?;
        subject.tables.extend(notes);
    }
    Ok(subject.page())
}

/// Its paper.
pub(crate) async fn document(visit: Visit, id: Path<String>) -> Result<HttpResponse, Refusal> {
    visit.pass(&format!("/v1/billing/invoices/{}/document", escaped(&id)), None).await
}

fn money(visit: &Visit, invoice: &Doc, of: &str) -> Result<Facts, Refusal> {
    let figure = |name: &str| Cell::figure(visit, invoice, name, (of, name));
    Ok(Facts::new(
        format!("Money, {}", invoice.text("currency")?),
        vec![
            ("Subtotal", figure("subtotal")?),
            ("Tax", figure("tax_amount")?),
            ("Total", figure("total_amount")?),
            ("Paid", figure("amount_paid")?),
            ("Balance due", figure("balance_due")?),
            ("Unapplied credit", figure("unapplied_credit")?),
            ("Refunded", figure("amount_refunded")?),
            ("Written off", figure("amount_written_off")?),
        ],
    ))
}

fn facts(invoice: &Doc) -> Result<Facts, Refusal> {
    let text = |name: &str| invoice.text(name).map(Cell::text);
    Ok(Facts::new(
        "Facts",
        vec![
            ("Type", Cell::text(invoice.words("invoice_type")?)),
            ("Issued", text("issue_date")?),
            ("Due", text("due_date")?),
            ("Sent", Cell::text(invoice.minute("sent_at")?)),
            ("Covers from", text("billing_period_start")?),
            ("Covers to", text("billing_period_end")?),
            ("Customer", text("customer_id")?),
            ("Canceled", text("canceled_on")?),
            ("Stripe's id", Cell::id(invoice.text("stripe_invoice_id")?)),
            ("Version", text("version")?),
            ("Id", Cell::id(invoice.text("invoice_id")?)),
        ],
    ))
}

fn line_items(visit: &Visit, lines: &Doc, of: &str) -> Result<Table, Refusal> {
    let rows = lines.list("line_items")?.into_iter().enumerate().map(|(place, line)| {
        let figure = |name: &str| {
            Cell::figure(visit, &line, name, (of, &format!("line_items/{place}/{name}")))
        };
        Ok(vec![
            Cell::text(line.text("description")?),
            Cell::text(line.text("anonymous_patient_ref")?),
            Cell::text(line.text("service_date")?),
            Cell::count(line.count("quantity")?),
            figure("unit_price")?,
            figure("total_price")?,
        ])
    });
    let heads = vec![
        ("Description", false),
        ("Patient", false),
        ("Served", false),
        ("Quantity", true),
        ("Price", true),
        ("Amount", true),
    ];
    let rows = rows.collect::<Result<_, Refusal>>()?;
    let title = match lines.some("next_cursor")? {
        Some(_) => "Lines: the first 200",
        None => "Lines",
    };
    Ok(Table::new(title, heads, rows, "No lines."))
}

fn paid(visit: &Visit, payments: &Doc, of: &str) -> Result<Table, Refusal> {
    let rows = payments.list("payments")?.into_iter().enumerate().map(|(place, payment)| {
        let figure = |name: &str| {
            Cell::figure(visit, &payment, name, (of, &format!("payments/{place}/{name}")))
        };
        Ok(vec![
            Cell::text(payment.text("received_on")?),
            Cell::text(payment.words("method")?),
            Cell::chip(&payment.text("status")?),
            Cell::text(payment.words("reason_code")?),
            Cell::id(payment.text("reference")?),
            figure("amount")?,
            figure("amount_applied")?,
            figure("amount_refunded")?,
        ])
    });
    let heads = vec![
        ("Received", false),
        ("By", false),
        ("Status", false),
        ("Reason", false),
        ("Reference", false),
        ("Amount", true),
        ("Applied", true),
        ("Refunded", true),
    ];
    let rows = rows.collect::<Result<_, Refusal>>()?;
    Ok(Table::new("Payments", heads, rows, "Nothing was paid yet."))
}

/// Nothing where there are none.
fn credit_notes(visit: &Visit, notes: &Doc, of: &str) -> Result<Option<Table>, Refusal> {
    let rows = notes.list("credit_notes")?.into_iter().enumerate().map(|(place, note)| {
        let of = (of, &*format!("credit_notes/{place}/total_amount"));
        Ok(vec![
            Cell::text(note.text("number")?),
            Cell::chip(&note.text("status")?),
            Cell::text(note.text("issue_date")?),
            Cell::text(note.words("reason_code")?),
            Cell::figure(visit, &note, "total_amount", of)?,
        ])
    });
    let heads = vec![
        ("Number", false),
        ("Status", false),
        ("Issued", false),
        ("Reason", false),
        ("Amount", true),
    ];
    let rows = rows.collect::<Result<Vec<_>, Refusal>>()?;
    let table = (!rows.is_empty()).then(|| Table::new("Credit notes", heads, rows, ""));
    Ok(table)
}
