//! `GET /console/claims` and `…/{id}`

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

const HERE: &str = "/console/claims";
const STATUSES: &[&str] = &[
    "draft",
    "submitted",
    "received",
    "accepted",
    "rejected",
    "adjudicated",
    "denied",
    "reversed",
    "appealed",
    "voided",
    "closed",
];

/// The list.
pub(crate) async fn list(visit: Visit) -> Result<HttpResponse, Refusal> {
    let fields = vec![
        ("status", "Status", choice(STATUSES)),
        ("payer_id", "Payer", Kind::Text),
        ("patient_id", "Patient", Kind::Text),
        ("account", "Account", Kind::Text),
    ];
    let filters = Filters::new(&visit, HERE, fields);
    let of = format!("/v1/billing/claims?{}", filters.query(&visit));
    let found: Doc = visit.get(&of).await?;
    let found = Item::whole(&visit, found, &of);
    let rows = found.rows("claims", |claim| {
        Ok(vec![
            Cell::link(
                claim.doc.text("account")?,
                format!("{HERE}/{}", claim.doc.text("claim_id")?),
            ),
            claim.chip("status")?,
            patient(claim)?,
            claim.text("payer_id")?,
            claim.text("service_starts_on")?,
            claim.figure("charge")?,
            claim.figure("insurance_paid")?,
            claim.figure("insurance_balance")?,
            claim.figure("patient_balance")?,
            claim.text("currency")?,
        ])
    })?;
    let heads = vec![
        ("Account", false),
        ("Status", false),
        ("Patient", false),
        ("Payer", false),
        ("Served", false),
        ("Charge", true),
        ("Payer paid", true),
        ("Payer owes", true),
        ("Patient owes", true),
        ("", false),
    ];
    let table = Table::new("Claims", heads, rows, "No claim is like that.");
    List::page(&visit, HERE, "Claims", filters, table, &found.doc)
}

/// The patient: by the caller's own id where it is opened, else by the name that is none.
fn patient(claim: &Item<'_>) -> Result<Cell, Refusal> {
    match claim.doc.some("patient_id")? {
        Some(id) => Ok(Cell::link(id.clone(), format!("/console/patients/{}", escaped(&id)))),
        None => claim.text("anonymous_patient_ref"),
    }
}

/// One claim.
pub(crate) async fn show(visit: Visit, id: Path<String>) -> Result<HttpResponse, Refusal> {
    let id = escaped(&id);
    let of = format!("/v1/billing/claims/{id}");
    let claim: Doc = visit.get(&of).await?;
    let title = format!("Claim {}", claim.text("account")?);
    let subject = Subject::begin(&visit, (HERE, title), ("claim", &id)).await?;
    let mut subject = subject.standing(&claim.text("status")?);
    subject.files.push(("Proof bundle", format!("/console/proofs/bundle?claim={id}")));
    let claim = Item::whole(&visit, claim, &of);
    subject.facts.push(money(&claim)?);
    subject.facts.push(facts(&claim)?);
    subject.tables.push(lines(&claim)?);
    subject.tables.push(submissions(&claim)?);
    subject.tables.push(answers(&claim)?);
    Ok(subject.page())
}

fn money(claim: &Item<'_>) -> Result<Facts, Refusal> {
    Ok(Facts::new(
        format!("Money, {}", claim.doc.text("currency")?),
        vec![
            ("Charge", claim.figure("charge")?),
            ("Payer paid", claim.figure("insurance_paid")?),
            ("Payer's adjustments", claim.figure("insurance_adjustments")?),
            ("Payer owes", claim.figure("insurance_balance")?),
            ("Denied", claim.figure("denied")?),
            ("Patient's share", claim.figure("patient_responsibility")?),
            ("Patient paid", claim.figure("patient_paid")?),
            ("Patient owes", claim.figure("patient_balance")?),
        ],
    ))
}

fn facts(claim: &Item<'_>) -> Result<Facts, Refusal> {
    Ok(Facts::new(
        "Facts",
        vec![
            ("Patient", patient(claim)?),
            ("Payer", claim.text("payer_id")?),
            ("Payer's order", claim.words("payer_order")?),
            ("Served from", claim.text("service_starts_on")?),
            ("Served to", claim.text("service_ends_on")?),
            ("Diagnoses", Cell::text(claim.doc.joined("diagnoses")?)),
            ("Billing NPI", claim.text("billing_npi")?),
            ("Rendering NPI", claim.text("rendering_npi")?),
            ("Place of service", claim.text("place_of_service")?),
            ("Payer's number", claim.text("payer_claim_number")?),
            ("Acknowledged", claim.text("acknowledged_on")?),
            ("Why not", claim.words("acknowledgement_reason")?),
            ("Answered", claim.text("answered_on")?),
            ("Appeal filed", claim.text("appeal_filed_on")?),
            ("Appeal due", claim.text("appeal_due_on")?),
            ("Appeal's outcome", claim.words("appeal_outcome")?),
            ("Closed", claim.text("closed_on")?),
            ("Version", claim.text("version")?),
            ("Id", claim.id("claim_id")?),
        ],
    ))
}

fn lines(claim: &Item<'_>) -> Result<Table, Refusal> {
    let rows = claim.rows("lines", |line| {
        Ok(vec![
            line.text("procedure")?,
            Cell::text(line.doc.joined("modifiers")?),
            line.text("service_starts_on")?,
            Cell::amount(line.doc.text("units")?),
            line.figure("charge")?,
        ])
    })?;
    let heads = vec![
        ("Procedure", false),
        ("Modifiers", false),
        ("Served", false),
        ("Units", true),
        ("Charge", true),
    ];
    Ok(Table::new("Service lines", heads, rows, "No lines."))
}

fn submissions(claim: &Item<'_>) -> Result<Table, Refusal> {
    let rows = claim.rows("submissions", |sent| {
        Ok(vec![
            sent.text("submitted_on")?,
            sent.words("frequency")?,
            sent.text("payer_id")?,
            sent.id("control_interchange")?,
            sent.figure("charge")?,
        ])
    })?;
    let heads = vec![
        ("Submitted", false),
        ("Frequency", false),
        ("Payer", false),
        ("Interchange", false),
        ("Charge", true),
    ];
    Ok(Table::new("Submissions", heads, rows, "Not submitted yet."))
}

fn answers(claim: &Item<'_>) -> Result<Table, Refusal> {
    let rows = claim.rows("answers", |answer| {
        let codes = answer.doc.list("adjustments")?.into_iter().map(|adjustment| {
            Ok(format!("{}-{}", adjustment.text("group")?, adjustment.text("reason")?))
        });
        let codes = codes.collect::<Result<Vec<_>, Refusal>>()?.join(", ");
        Ok(vec![
            answer.text("paid_on")?,
            answer.id("trace")?,
            answer.words("status")?,
            Cell::text(codes),
            answer.figure("paid")?,
            answer.figure("contractual")?,
            answer.figure("patient_responsibility")?,
            answer.figure("denied")?,
        ])
    })?;
    let heads = vec![
        ("Paid on", false),
        ("Trace", false),
        ("As", false),
        ("Codes", false),
        ("Paid", true),
        ("Contractual", true),
        ("Patient", true),
        ("Denied", true),
    ];
    Ok(Table::new("Payers' answers", heads, rows, "No payer has answered."))
}
