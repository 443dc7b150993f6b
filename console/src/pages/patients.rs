//! `GET /console/patients` and `…/{id}`

use actix_web::{HttpResponse, web::Path};
use futures_util::try_join;

use super::list::List;
use crate::{
    cell::{Cell, Facts, Table},
    doc::Doc,
    filters::{Filters, choice},
    refusal::Refusal,
    show::escaped,
    subject::Subject,
    visit::Visit,
};

const HERE: &str = "/console/patients";

/// The list.
pub(crate) async fn list(visit: Visit) -> Result<HttpResponse, Refusal> {
    let filters = Filters::new(
        &visit,
        HERE,
        vec![("status", "Status", choice(&["active", "inactive", "all"]))],
    );
    let of = format!("/v1/billing/patients?{}", filters.query(&visit));
    let found: Doc = visit.get(&of).await?;
    let rows = found.list("patients")?.into_iter().map(|patient| {
        let id = patient.text("patient_id")?;
        let active = if patient.is("is_active_for_billing")? { "active" } else { "inactive" };
        Ok(vec![
            // A masked id leads nowhere.
            match id.is_empty() {
                true => Cell::text(patient.text("anonymous_patient_ref")?),
                false => Cell::link(id.clone(), format!("{HERE}/{}", escaped(&id))),
            },
            Cell::text(patient.text("name")?),
            Cell::chip(active),
            Cell::text(patient.minute("activated_at")?),
            Cell::text(patient.minute("deactivated_at")?),
            Cell::text(patient.text("last_billed_cycle")?),
        ])
    });
    let heads = vec![
        ("Patient", false),
        ("Name", false),
        ("Billing", false),
        ("Activated", false),
        ("Deactivated", false),
        ("Last billed", false),
    ];
    let rows = rows.collect::<Result<_, Refusal>>()?;
    let table = Table::new("Patients", heads, rows, "No patient is like that.");
    List::page(&visit, HERE, "Patients", filters, table, &found)
}

/// One patient: whether they are billed for, and what they and their payers owe.
pub(crate) async fn show(visit: Visit, id: Path<String>) -> Result<HttpResponse, Refusal> {
    let id = escaped(&id);
    let claims_of = format!("/v1/billing/claims?patient_id={id}&limit=50");
    let patient_of = format!("/v1/billing/patients/{id}");
    let statements_of = format!("/v1/founder-billing/statements?patient_id={id}&limit=50");
    let (patient, claims, statements) = try_join!(
        visit.get_if_any::<Doc>(&patient_of),
        visit.get_if_any::<Doc>(&claims_of),
        visit.get_if_any::<Doc>(&statements_of),
    )?;
    let claims_found = match &claims {
        Some(claims) => claims.list("claims")?,
        None => Vec::new(),
    };
    let statements_found = statements.as_ref().map_or_else(Vec::new, Doc::items);
    if patient.is_none() && claims_found.is_empty() && statements_found.is_empty() {
        return Err(Refusal::not_found());
    }
    let name = patient.as_ref().map(|patient| patient.text("name")).transpose()?;
    let known = name.filter(|name| !name.is_empty());
    let title = known.unwrap_or_else(|| "Patient".to_owned());
    let mut subject = Subject::begin(&visit, (HERE, title), ("patient", &id)).await?;
    subject.files.push(("Proof bundle", format!("/console/proofs/bundle?patient={id}")));
    if let Some(patient) = &patient {
        let active = if patient.is("is_active_for_billing")? { "active" } else { "inactive" };
        subject = subject.standing(active);
        subject.facts.push(facts(patient)?);
    }
    subject.tables.push(claims_of_patient(&visit, &claims_found, &claims_of)?);
    if statements.is_some() {
        subject.tables.push(statements_of_patient(&visit, &statements_found, &statements_of)?);
    }
    Ok(subject.page())
}

fn facts(patient: &Doc) -> Result<Facts, Refusal> {
    let text = |name: &str| patient.text(name).map(Cell::text);
    Ok(Facts::new(
        "Facts",
        vec![
            ("Patient", text("patient_id")?),
            ("Shown to others as", text("anonymous_patient_ref")?),
            ("Activated", Cell::text(patient.minute("activated_at")?)),
            ("Deactivated", Cell::text(patient.minute("deactivated_at")?)),
            ("Last billed", text("last_billed_cycle")?),
            ("Version", text("version")?),
        ],
    ))
}

fn claims_of_patient(visit: &Visit, claims: &[Doc], of: &str) -> Result<Table, Refusal> {
    let rows = claims.iter().enumerate().map(|(place, claim)| {
        let figure =
            |name: &str| Cell::figure(visit, claim, name, (of, &format!("claims/{place}/{name}")));
        let link = format!("/console/claims/{}", claim.text("claim_id")?);
        Ok(vec![
            Cell::link(claim.text("account")?, link),
            Cell::chip(&claim.text("status")?),
            Cell::text(claim.text("service_starts_on")?),
            figure("charge")?,
            figure("insurance_balance")?,
            figure("patient_balance")?,
        ])
    });
    let heads = vec![
        ("Account", false),
        ("Status", false),
        ("Served", false),
        ("Charge", true),
        ("Payer owes", true),
        ("Patient owes", true),
    ];
    let rows = rows.collect::<Result<_, Refusal>>()?;
    Ok(Table::new("Claims", heads, rows, "No claims."))
}

fn statements_of_patient(visit: &Visit, found: &[Doc], of: &str) -> Result<Table, Refusal> {
    let rows = found.iter().enumerate().map(|(place, statement)| {
        let of = (of, &*format!("{place}/balance_due"));
        let number = statement.some("statement_number")?.unwrap_or_else(|| "no number".to_owned());
        Ok(vec![
            Cell::link(number, format!("/console/statements/{}", statement.text("id")?)),
            Cell::chip(&statement.text("lifecycle_state")?),
            Cell::text(statement.text("due_date")?),
            Cell::figure(visit, statement, "balance_due", of)?,
        ])
    });
    let heads = vec![("Number", false), ("State", false), ("Due", false), ("Balance", true)];
    let rows = rows.collect::<Result<_, Refusal>>()?;
    Ok(Table::new("Statements", heads, rows, "No statements."))
}
