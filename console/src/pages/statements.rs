//! `GET /console/statements` and `…/{id}`

use actix_web::{HttpResponse, web::Path};

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

const HERE: &str = "/console/statements";
const STATES: &[&str] = &[
    "drafted",
    "finalized",
    "sent",
    "delivered",
    "opened",
    "paid",
    "escalated",
    "failed",
    "voided",
];

/// The list.
pub(crate) async fn list(visit: Visit) -> Result<HttpResponse, Refusal> {
    let fields = vec![
        ("lifecycle_state", "State", choice(STATES)),
        ("patient_id", "Patient", Kind::Text),
        ("requires_founder_approval", "Waits for the founder", choice(&["true", "false"])),
    ];
    let filters = Filters::new(&visit, HERE, fields);
    let of = format!("/v1/founder-billing/statements?{}", filters.query(&visit));
    let (found, next) = visit.get_linked::<Doc>(&of).await?;
    let found = Item::whole(&visit, found, &of);
    let rows = found.rows("", |statement| {
        let patient = statement.doc.text("patient_id")?;
        let number =
            statement.doc.some("statement_number")?.unwrap_or_else(|| "no number".to_owned());
        Ok(vec![
            Cell::link(number, format!("{HERE}/{}", statement.doc.text("id")?)),
            statement.chip("lifecycle_state")?,
            Cell::link(patient.clone(), format!("/console/patients/{}", escaped(&patient))),
            statement.text("statement_date")?,
            statement.text("due_date")?,
            statement.words("hold_reason")?,
            statement.figure("patient_responsibility")?,
            statement.figure("patient_paid")?,
            statement.figure("balance_due")?,
            statement.text("currency")?,
        ])
    })?;
    let heads = vec![
        ("Number", false),
        ("State", false),
        ("Patient", false),
        ("Dated", false),
        ("Due", false),
        ("Held because of", false),
        ("Patient's share", true),
        ("Paid", true),
        ("Balance", true),
        ("", false),
    ];
    let table = Table::new("Statements", heads, rows, "No statement is like that.");
    Ok(List::page_of(&visit, HERE, "Statements", filters, table, next))
}

/// One statement.
pub(crate) async fn show(visit: Visit, id: Path<String>) -> Result<HttpResponse, Refusal> {
    let id = escaped(&id);
    let of = format!("/v1/founder-billing/statements/{id}");
    let statement: Doc = visit.get(&of).await?;
    let title = statement.some("statement_number")?.unwrap_or_else(|| "Statement".to_owned());
    let subject = Subject::begin(&visit, (HERE, title), ("statement", &id)).await?;
    let mut subject = subject.standing(&statement.text("lifecycle_state")?);
    let statement = Item::whole(&visit, statement, &of);
    subject.facts.push(money(&statement)?);
    subject.facts.push(facts(&statement)?);
    subject.tables.push(charges(&statement)?);
    Ok(subject.page())
}

fn money(statement: &Item<'_>) -> Result<Facts, Refusal> {
    Ok(Facts::new(
        format!("Money, {}", statement.doc.text("currency")?),
        vec![
            ("Charges", statement.figure("total_charges")?),
            ("Insurance paid", statement.figure("insurance_paid")?),
            ("Insurance pending", statement.figure("insurance_pending")?),
            ("Adjustments", statement.figure("adjustments")?),
            ("Patient's share", statement.figure("patient_responsibility")?),
            ("Patient paid", statement.figure("patient_paid")?),
            ("Balance due", statement.figure("balance_due")?),
        ],
    ))
}

fn facts(statement: &Item<'_>) -> Result<Facts, Refusal> {
    let patient = statement.doc.text("patient_id")?;
    let leads = |part: &str, id: String| match id.is_empty() {
        true => Cell::default(),
        false => Cell::short_id(&id, format!("/console/{part}/{}", escaped(&id))),
    };
    let yes = |so: bool| Cell::text(if so { "yes" } else { "no" });
    Ok(Facts::new(
        "Facts",
        vec![
            (
                "Patient",
                Cell::link(patient.clone(), format!("/console/patients/{}", escaped(&patient))),
            ),
            ("Claim", leads("claims", statement.doc.text("claim_id")?)),
            ("Dated", statement.text("statement_date")?),
            ("Due", statement.text("due_date")?),
            ("Sent", statement.minute("sent_at")?),
            ("Held because of", statement.words("hold_reason")?),
            ("Waits for the founder", yes(statement.doc.is("requires_founder_approval")?)),
            ("The founder decided", yes(statement.doc.is("founder_override")?)),
            ("Made by the program", yes(statement.doc.is("ai_generated")?)),
            ("Superseded by", leads("statements", statement.doc.text("superseded_by")?)),
            ("Version", statement.text("version")?),
            ("Id", statement.id("id")?),
        ],
    ))
}

fn charges(statement: &Item<'_>) -> Result<Table, Refusal> {
    let rows = statement.rows("itemized_charges", |charge| {
        Ok(vec![
            charge.text("date")?,
            charge.text("procedure")?,
            charge.text("description")?,
            charge.figure("amount")?,
        ])
    })?;
    let heads =
        vec![("Served", false), ("Procedure", false), ("Description", false), ("Charge", true)];
    Ok(Table::new("Charges", heads, rows, "No charges."))
}
