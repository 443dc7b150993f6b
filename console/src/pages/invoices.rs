//! `GET /console/invoices` and `…/{id}`

use actix_web::{HttpResponse, web::Path};
use futures_util::try_join;

use super::list::List;
use crate::{
    cell::{Cell, Facts, Item, Table},
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
    let found = Item::whole(&visit, found, &of);
    let rows = found.rows("invoices", |invoice| {
        let id = invoice.doc.text("invoice_id")?;
        let number = invoice.doc.some("number")?.unwrap_or_else(|| "not issued".to_owned());
        Ok(vec![
            Cell::link(number, format!("{HERE}/{id}")),
            invoice.words("invoice_type")?,
            invoice.chip("status")?,
            invoice.text("issue_date")?,
            invoice.text("due_date")?,
            invoice.figure("total_amount")?,
            invoice.figure("amount_paid")?,
            invoice.figure("balance_due")?,
            invoice.text("currency")?,
        ])
    })?;
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
    let table = Table::new("Invoices", heads, rows, "No invoice is like that.");
    List::page(&visit, HERE, "Invoices", filters, table, &found.doc)
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
    let invoice = Item::whole(&visit, invoice, &of);
    subject.facts.push(money(&invoice)?);
    subject.facts.push(facts(&invoice)?);
    subject.tables.push(line_items(&Item::whole(&visit, lines, &lines_of))?);
    subject.tables.push(paid(&Item::whole(&visit, payments, &payments_of))?);
    if let Some(notes) = notes {
        let notes = credit_notes(&Item::whole(&visit, notes, &notes_of))?;
        subject.tables.extend(notes);
    }
    Ok(subject.page())
}

/// Its paper.
pub(crate) async fn document(visit: Visit, id: Path<String>) -> Result<HttpResponse, Refusal> {
    visit.pass(&format!("/v1/billing/invoices/{}/document", escaped(&id)), None).await
}

fn money(invoice: &Item<'_>) -> Result<Facts, Refusal> {
    Ok(Facts::new(
        format!("Money, {}", invoice.doc.text("currency")?),
        vec![
            ("Subtotal", invoice.figure("subtotal")?),
            ("Tax", invoice.figure("tax_amount")?),
            ("Total", invoice.figure("total_amount")?),
            ("Paid", invoice.figure("amount_paid")?),
            ("Balance due", invoice.figure("balance_due")?),
            ("Unapplied credit", invoice.figure("unapplied_credit")?),
            ("Refunded", invoice.figure("amount_refunded")?),
            ("Written off", invoice.figure("amount_written_off")?),
        ],
    ))
}

fn facts(invoice: &Item<'_>) -> Result<Facts, Refusal> {
    Ok(Facts::new(
        "Facts",
        vec![
            ("Type", invoice.words("invoice_type")?),
            ("Issued", invoice.text("issue_date")?),
            ("Due", invoice.text("due_date")?),
            ("Sent", invoice.minute("sent_at")?),
            ("Covers from", invoice.text("billing_period_start")?),
            ("Covers to", invoice.text("billing_period_end")?),
            ("Customer", invoice.text("customer_id")?),
            ("Canceled", invoice.text("canceled_on")?),
            ("Stripe's id", invoice.id("stripe_invoice_id")?),
            ("Version", invoice.text("version")?),
            ("Id", invoice.id("invoice_id")?),
        ],
    ))
}

fn line_items(lines: &Item<'_>) -> Result<Table, Refusal> {
    let rows = lines.rows("line_items", |line| {
        Ok(vec![
            line.text("description")?,
            line.text("anonymous_patient_ref")?,
            line.text("service_date")?,
            Cell::count(line.doc.count("quantity")?),
            line.figure("unit_price")?,
            line.figure("total_price")?,
        ])
    })?;
    let heads = vec![
        ("Description", false),
        ("Patient", false),
        ("Served", false),
        ("Quantity", true),
        ("Price", true),
        ("Amount", true),
    ];
    let title = match lines.doc.some("next_cursor")? {
        Some(_) => "Lines: the first 200",
        None => "Lines",
    };
    Ok(Table::new(title, heads, rows, "No lines."))
}

fn paid(payments: &Item<'_>) -> Result<Table, Refusal> {
    let rows = payments.rows("payments", |payment| {
        Ok(vec![
            payment.text("received_on")?,
            payment.words("method")?,
            payment.chip("status")?,
            payment.words("reason_code")?,
            payment.id("reference")?,
            payment.figure("amount")?,
            payment.figure("amount_applied")?,
            payment.figure("amount_refunded")?,
        ])
    })?;
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
    Ok(Table::new("Payments", heads, rows, "Nothing was paid yet."))
}

/// Nothing where there are none.
fn credit_notes(notes: &Item<'_>) -> Result<Option<Table>, Refusal> {
    let rows = notes.rows("credit_notes", |note| {
        Ok(vec![
            note.text("number")?,
            note.chip("status")?,
            note.text("issue_date")?,
            note.words("reason_code")?,
            note.figure("total_amount")?,
        ])
    })?;
    let heads = vec![
        ("Number", false),
        ("Status", false),
        ("Issued", false),
        ("Reason", false),
        ("Amount", true),
    ];
    let table = (!rows.is_empty()).then(|| Table::new("Credit notes", heads, rows, ""));
    Ok(table)
}
