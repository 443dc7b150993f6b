//! `GET /console/patients` and `…/{id}`

use actix_web::{HttpResponse, web::Path};
use futures_util::try_join;

use super::list::List;
use crate::{
    cell::{Cell, Facts, Item, Table},
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
    let found = Item::whole(&visit, found, &of);
    let rows = found.rows("patients", |patient| {
        let id = patient.doc.text("patient_id")?;
        let active = if patient.doc.is("is_active_for_billing")? { "active" } else { "inactive" };
        Ok(vec![
            // A masked id leads nowhere.
            match id.is_empty() {
                true => patient.text("anonymous_patient_ref")?,
                false => Cell::link(id.clone(), format!("{HERE}/{}", escaped(&id))),
            },
            patient.text("name")?,
            Cell::chip(active),
            patient.minute("activated_at")?,
            patient.minute("deactivated_at")?,
            patient.text("last_billed_cycle")?,
        ])
    })?;
    let heads = vec![
        ("Patient", false),
        ("Name", false),
        ("Billing", false),
        ("Activated", false),
        ("Deactivated", false),
        ("Last billed", false),
    ];
    let table = Table::new("Patients", heads, rows, "No patient is like that.");
    List::page(&visit, HERE, "Patients", filters, table, &found.doc)
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
    let claims = claims.map(|claims| Item::whole(&visit, claims, &claims_of));
    let statements = statements.map(|found| Item::whole(&visit, found, &statements_of));
    let none = |found: &Option<Item<'_>>, list| match found {
        Some(found) => found.each(list).map(|each| each.is_empty()),
        None => Ok(true),
    };
    if patient.is_none() && none(&claims, "claims")? && none(&statements, "")? {
        return Err(Refusal::not_found());
    }
    let name = patient.as_ref().map(|patient| patient.text("name")).transpose()?;
    let known = name.filter(|name| !name.is_empty());
    let title = known.unwrap_or_else(|| "Patient".to_owned());
    let mut subject = Subject::begin(&visit, (HERE, title), ("patient", &id)).await?;
    subject.files.push(("Proof bundle", format!("/console/proofs/bundle?patient={id}")));
    if let Some(patient) = patient {
        let active = if patient.is("is_active_for_billing")? { "active" } else { "inactive" };
        subject = subject.standing(active);
        subject.facts.push(facts(&Item::whole(&visit, patient, &patient_of))?);
    }
    if let Some(claims) = &claims {
        subject.tables.push(claims_of_patient(claims)?);
    }
    if let Some(statements) = &statements {
        subject.tables.push(statements_of_patient(statements)?);
    }
    Ok(subject.page())
}

fn facts(patient: &Item<'_>) -> Result<Facts, Refusal> {
    Ok(Facts::new(
        "Facts",
        vec![
            ("Patient", patient.text("patient_id")?),
            ("Shown to others as", patient.text("anonymous_patient_ref")?),
            ("Activated", patient.minute("activated_at")?),
            ("Deactivated", patient.minute("deactivated_at")?),
            ("Last billed", patient.text("last_billed_cycle")?),
            ("Version", patient.text("version")?),
        ],
    ))
}

fn claims_of_patient(claims: &Item<'_>) -> Result<Table, Refusal> {
    let rows = claims.rows("claims", |claim| {
        let link = format!("/console/claims/{}", claim.doc.text("claim_id")?);
        Ok(vec![
            Cell::link(claim.doc.text("account")?, link),
            claim.chip("status")?,
            claim.text("service_starts_on")?,
            claim.figure("charge")?,
            claim.figure("insurance_balance")?,
            claim.figure("patient_balance")?,
        ])
    })?;
    let heads = vec![
        ("Account", false),
        ("Status", false),
        ("Served", false),
        ("Charge", true),
        ("Payer owes", true),
        ("Patient owes", true),
    ];
    Ok(Table::new("Claims", heads, rows, "No claims."))
}

fn statements_of_patient(found: &Item<'_>) -> Result<Table, Refusal> {
    let rows = found.rows("", |statement| {
        let number =
            statement.doc.some("statement_number")?.unwrap_or_else(|| "no number".to_owned());
        Ok(vec![
            Cell::link(number, format!("/console/statements/{}", statement.doc.text("id")?)),
            statement.chip("lifecycle_state")?,
            statement.text("due_date")?,
            statement.figure("balance_due")?,
        ])
    })?;
    let heads = vec![("Number", false), ("State", false), ("Due", false), ("Balance", true)];
    Ok(Table::new("Statements", heads, rows, "No statements."))
}
