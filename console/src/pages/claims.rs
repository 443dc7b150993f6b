//! `GET /console/claims` and `…/{id}`

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
    let rows = found.list("claims")?.into_iter().enumerate().map(|(place, claim)| {
        let figure = |name: &str| {
            Cell::figure(&visit, &claim, name, (&of, &format!("claims/{place}/{name}")))
        };
        Ok(vec![
            Cell::link(claim.text("account")?, format!("{HERE}/{}", claim.text("claim_id")?)),
            Cell::chip(&claim.text("status")?),
            patient(&claim)?,
            Cell::text(claim.text("payer_id")?),
            Cell::text(claim.text("service_starts_on")?),
            figure("charge")?,
            figure("insurance_paid")?,
            figure("insurance_balance")?,
            figure("patient_balance")?,
            Cell::text(claim.text("currency")?),
        ])
    });
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
    let rows = rows.collect::<Result<_, Refusal>>()?;
    let table = Table::new("Claims", heads, rows, "No claim is like that.");
    List::page(&visit, HERE, "Claims", filters, table, &found)
}

/// The patient: by the caller's own id where it is opened, else by the name that is none.
fn patient(claim: &Doc) -> Result<Cell, Refusal> {
    match claim.some("patient_id")? {
        Some(id) => Ok(Cell::link(id.clone(), format!("/console/patients/{}", escaped(&id)))),
        None => Ok(Cell::text(claim.text("anonymous_patient_ref")?)),
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
    subject.facts.push(money(&visit, &claim, &of)?);
    subject.facts.push(facts(&claim)?);
    subject.tables.push(lines(&visit, &claim, &of)?);
    subject.tables.push(submissions(&visit, &claim, &of)?);
    subject.tables.push(answers(&visit, &claim, &of)?);
    Ok(subject.page())
}

fn money(visit: &Visit, claim: &Doc, of: &str) -> Result<Facts, Refusal> {
    let figure = |name: &str| Cell::figure(visit, claim, name, (of, name));
    Ok(Facts::new(
        format!("Money, {}", claim.text("currency")?),
        vec![
            ("Charge", figure("charge")?),
            ("Payer paid", figure("insurance_paid")?),
            ("Payer's adjustments", figure("insurance_adjustments")?),
            ("Payer owes", figure("insurance_balance")?),
            ("Denied", figure("denied")?),
            ("Patient's share", figure("patient_responsibility")?),
            ("Patient paid", figure("patient_paid")?),
            ("Patient owes", figure("patient_balance")?),
        ],
    ))
}

fn facts(claim: &Doc) -> Result<Facts, Refusal> {
    let text = |name: &str| claim.text(name).map(Cell::text);
    Ok(Facts::new(
        "Facts",
        vec![
            ("Patient", patient(claim)?),
            ("Payer", text("payer_id")?),
            ("Payer's order", Cell::text(claim.words("payer_order")?)),
            ("Served from", text("service_starts_on")?),
            ("Served to", text("service_ends_on")?),
            ("Diagnoses", Cell::text(claim.joined("diagnoses")?)),
            ("Billing NPI", text("billing_npi")?),
            ("Rendering NPI", text("rendering_npi")?),
            ("Place of service", text("place_of_service")?),
            ("Payer's number", text("payer_claim_number")?),
            ("Acknowledged", text("acknowledged_on")?),
            ("Why not", Cell::text(claim.words("acknowledgement_reason")?)),
            ("Answered", text("answered_on")?),
            ("Appeal filed", text("appeal_filed_on")?),
            ("Appeal due", text("appeal_due_on")?),
            ("Appeal's outcome", Cell::text(claim.words("appeal_outcome")?)),
            ("Closed", text("closed_on")?),
            ("Version", text("version")?),
            ("Id", Cell::id(claim.text("claim_id")?)),
        ],
    ))
}

fn lines(visit: &Visit, claim: &Doc, of: &str) -> Result<Table, Refusal> {
    let rows = claim.list("lines")?.into_iter().enumerate().map(|(place, line)| {
        let of = (of, &*format!("lines/{place}/charge"));
        Ok(vec![
            Cell::text(line.text("procedure")?),
            Cell::text(line.joined("modifiers")?),
            Cell::text(line.text("service_starts_on")?),
            Cell::amount(line.text("units")?),
            Cell::figure(visit, &line, "charge", of)?,
        ])
    });
    let heads = vec![
        ("Procedure", false),
        ("Modifiers", false),
        ("Served", false),
        ("Units", true),
        ("Charge", true),
    ];
    let rows = rows.collect::<Result<_, Refusal>>()?;
    Ok(Table::new("Service lines", heads, rows, "No lines."))
}

fn submissions(visit: &Visit, claim: &Doc, of: &str) -> Result<Table, Refusal> {
    let rows = claim.list("submissions")?.into_iter().enumerate().map(|(place, sent)| {
        let of = (of, &*format!("submissions/{place}/charge"));
        Ok(vec![
            Cell::text(sent.text("submitted_on")?),
            Cell::text(sent.words("frequency")?),
            Cell::text(sent.text("payer_id")?),
            Cell::id(sent.text("control_interchange")?),
            Cell::figure(visit, &sent, "charge", of)?,
        ])
    });
    let heads = vec![
        ("Submitted", false),
        ("Frequency", false),
        ("Payer", false),
        ("Interchange", false),
        ("Charge", true),
    ];
    let rows = rows.collect::<Result<_, Refusal>>()?;
    Ok(Table::new("Submissions", heads, rows, "Not submitted yet."))
}

fn answers(visit: &Visit, claim: &Doc, of: &str) -> Result<Table, Refusal> {
    let rows = claim.list("answers")?.into_iter().enumerate().map(|(place, answer)| {
        let figure = |name: &str| {
            Cell::figure(visit, &answer, name, (of, &format!("answers/{place}/{name}")))
        };
        let codes = answer.list("adjustments")?.into_iter().map(|adjustment| {
            Ok(format!("{}-{}", adjustment.text("group")?, adjustment.text("reason")?))
        });
        let codes = codes.collect::<Result<Vec<_>, Refusal>>()?.join(", ");
        Ok(vec![
            Cell::text(answer.text("paid_on")?),
            Cell::id(answer.text("trace")?),
            Cell::text(answer.words("status")?),
            Cell::text(codes),
            figure("paid")?,
            figure("contractual")?,
            figure("patient_responsibility")?,
            figure("denied")?,
        ])
    });
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
    let rows = rows.collect::<Result<_, Refusal>>()?;
    Ok(Table::new("Payers' answers", heads, rows, "No payer has answered."))
}
