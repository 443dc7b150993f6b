//! `GET /console/statements` and `…/{id}`

use actix_web::{HttpResponse, web::Path};

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
    let rows = found.items().into_iter().enumerate().map(|(place, statement)| {
        let figure =
            |name: &str| Cell::figure(&visit, &statement, name, (&of, &format!("{place}/{name}")));
        let patient = statement.text("patient_id")?;
        let number = statement.some("statement_number")?.unwrap_or_else(|| "no number".to_owned());
        Ok(vec![
            Cell::link(number, format!("{HERE}/{}", statement.text("id")?)),
            Cell::chip(&statement.text("lifecycle_state")?),
            Cell::link(patient.clone(), format!("/console/patients/{}", escaped(&patient))),
            Cell::text(statement.text("statement_date")?),
            Cell::text(statement.text("due_date")?),
            Cell::text(statement.words("hold_reason")?),
            figure("patient_responsibility")?,
            figure("patient_paid")?,
            figure("balance_due")?,
            Cell::text(statement.text("currency")?),
        ])
    });
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
    let rows = rows.collect::<Result<_, Refusal>>()?;
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
    subject.facts.push(money(&visit, &statement, &of)?);
    subject.facts.push(facts(&statement)?);
    subject.tables.push(charges(&visit, &statement, &of)?);
    Ok(subject.page())
}

fn money(visit: &Visit, statement: &Doc, of: &str) -> Result<Facts, Refusal> {
    let figure = |name: &str| Cell::figure(visit, statement, name, (of, name));
    Ok(Facts::new(
        format!("Money, {}", statement.text("currency")?),
        vec![
            ("Charges", figure("total_charges")?),
            ("Insurance paid", figure("insurance_paid")?),
            ("Insurance pending", figure("insurance_pending")?),
            ("Adjustments", figure("adjustments")?),
            ("Patient's share", figure("patient_responsibility")?),
            ("Patient paid", figure("patient_paid")?),
            ("Balance due", figure("balance_due")?),
        ],
    ))
}

fn facts(statement: &Doc) -> Result<Facts, Refusal> {
    let text = |name: &str| statement.text(name).map(Cell::text);
    let patient = statement.text("patient_id")?;
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
            ("Claim", leads("claims", statement.text("claim_id")?)),
            ("Dated", text("statement_date")?),
            ("Due", text("due_date")?),
            ("Sent", Cell::text(statement.minute("sent_at")?)),
            ("Held because of", Cell::text(statement.words("hold_reason")?)),
            ("Waits for the founder", yes(statement.is("requires_founder_approval")?)),
            ("The founder decided", yes(statement.is("founder_override")?)),
            ("Made by the program", yes(statement.is("ai_generated")?)),
            ("Superseded by", leads("statements", statement.text("superseded_by")?)),
            ("Version", text("version")?),
            ("Id", Cell::id(statement.text("id")?)),
        ],
    ))
}

fn charges(visit: &Visit, statement: &Doc, of: &str) -> Result<Table, Refusal> {
    let rows =
        statement.list("itemized_charges")?.into_iter().enumerate().map(|(place, charge)| {
            let of = (of, &*format!("itemized_charges/{place}/amount"));
            Ok(vec![
                Cell::text(charge.text("date")?),
                Cell::text(charge.text("procedure")?),
                Cell::text(charge.text("description")?),
                Cell::figure(visit, &charge, "amount", of)?,
            ])
        });
    let heads =
        vec![("Served", false), ("Procedure", false), ("Description", false), ("Charge", true)];
    let rows = rows.collect::<Result<_, Refusal>>()?;
    Ok(Table::new("Charges", heads, rows, "No charges."))
}
