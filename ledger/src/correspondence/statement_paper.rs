//! A patient's statement on paper.

use std::collections::BTreeSet;

use crate::{
    documents::{Attachment, ChargeRow, PaperError, Party, StatementDocument, Stationery},
    patient_activation::PatientActivation,
    recorded::Actor,
    statement::{Charge, Figures, Statement},
    store::{ExecuteError, Ledger, tenants::find_org},
    values::{OrgId, PatientActivationId, Sealed, StatementId, SubjectRef},
};

/// A statement as a PDF, all words opened; that they were is noted. `None` when there is no such
/// statement.
///
/// # Errors
///
/// [`PaperError`].
pub async fn statement_paper(
    ledger: &Ledger,
    stationery: &Stationery,
    org: OrgId,
    id: StatementId,
    actor: &Actor,
) -> Result<Option<Attachment>, PaperError> {
    let (statement, _) = match ledger.load::<Statement>(org, id).await {
        Ok(loaded) => loaded,
        Err(ExecuteError::Store(error)) => return Err(error.into()),
        Err(_) => return Ok(None),
    };
    let (Some(number), Some(issued_on), Some(figures), Some(contacts)) =
        (statement.number(), statement.generated_on(), statement.figures(), statement.contacts())
    else {
        return Ok(None);
    };
    let name = match &contacts.name {
        Some(name) => Some(name.clone()),
        None => known_name(ledger, org, &statement).await?,
    };
    let described = statement.charges().iter().map(|charge| charge.description.as_ref());
    let own = [name.as_ref(), contacts.physical_address.as_ref()];
    let sealed: Vec<Option<&Sealed<String>>> = own.into_iter().chain(described).collect();
    let mut opened = open(ledger, org, &sealed, actor).await?.into_iter();
    let name = opened.next().flatten().unwrap_or_default();
    let address = opened.next().flatten().unwrap_or_default();
    let practice = find_org(ledger, org).await?.map(|org| org.name).unwrap_or_default();
    let rows = statement.charges().iter().zip(opened);
    let document = StatementDocument {
        practice: stationery.practice(practice),
        patient: addressee(name, &address),
        number: number.to_owned(),
        issued_on,
        due_on: statement.due_on(),
        charges: rows.map(|(charge, words)| row(charge, words)).collect(),
        charged: figures.total_charges,
        insurance_paid: figures.insurance_paid,
        insurance_pending: figures.insurance_pending,
        adjusted: figures.adjustments,
        paid: figures.patient_paid,
        balance: figures.balance_due,
        plan_offer: plan_offer(&statement),
        notes: notes(figures),
    };
    let bytes = stationery.press.statement(&document)?;
    Ok(Some(Attachment { name: format!("{number}.pdf"), bytes }))
}

/// As the patient was activated under, where that was said.
async fn known_name(
    ledger: &Ledger,
    org: OrgId,
    statement: &Statement,
) -> Result<Option<Sealed<String>>, PaperError> {
    let Some(patient_id) = statement.patient_id() else { return Ok(None) };
    let patient = PatientActivationId::new(patient_id.subject.0);
    match ledger.load::<PatientActivation>(org, patient).await {
        Ok((activation, _)) => Ok(activation.name().cloned()),
        Err(ExecuteError::Store(error)) => Err(error.into()),
        Err(_) => Ok(None),
    }
}

/// Some write the name at the head of the address; it stands in the window once.
fn addressee(name: String, address: &str) -> Party {
    let lines = address.lines().map(str::trim).filter(|line| !line.is_empty() && *line != name);
    Party { address: lines.map(str::to_owned).collect(), name }
}

/// Opens words, in their order; that they were is noted.
async fn open(
    ledger: &Ledger,
    org: OrgId,
    sealed: &[Option<&Sealed<String>>],
    actor: &Actor,
) -> Result<Vec<Option<String>>, PaperError> {
    let there: Vec<&Sealed<String>> = sealed.iter().copied().flatten().collect();
    let people: BTreeSet<SubjectRef> = there.iter().map(|sealed| sealed.subject).collect();
    let people: Vec<SubjectRef> = people.into_iter().collect();
    ledger.keyring().record_access(org, actor, &people, "letter").await?;
    let mut opened = ledger.keyring().open_many(org, &there).await?.into_iter();
    Ok(sealed.iter().map(|sealed| sealed.and_then(|_| opened.next().flatten())).collect())
}

fn row(charge: &Charge, words: Option<String>) -> ChargeRow {
    let detail = charge.procedure.as_ref().map(ToString::to_string);
    let text = words.unwrap_or_else(|| "Service".to_owned());
    ChargeRow { service_on: charge.service_on, text, detail, amount: charge.amount }
}

fn plan_offer(statement: &Statement) -> Option<String> {
    let (_, plan) = statement.open_plan()?;
    let first = plan.instalments.first()?;
    Some(format!(
        "You may pay in {} monthly instalments of {} {}.",
        plan.instalments.len(),
        first.amount,
        first.amount.currency()
    ))
}

/// What the sums do not say.
fn notes(figures: &Figures) -> Vec<String> {
    if figures.insurance_pending.is_zero() {
        return vec![];
    }
    let pending = figures.insurance_pending;
    vec![format!("{pending} {} is still with your insurance.", pending.currency())]
}
