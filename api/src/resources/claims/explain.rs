//! What the figures of claims are the sums of.

use ledger::{claim::Sorted, values::Money};
use projections::{
    claim_filings::{self, ClaimFilings},
    claims::{Claims, Given, PostedAnswer, Row},
    engine::explain::Figure,
};

use crate::explaining::{Place, Source};

/// Of a claim: its standing, and what its lines, submissions, answers and decisions say.
pub(super) fn claim(place: &Place<'_>) -> Option<Source> {
    let id = place.id("claim_id")?;
    let stream = ("claim", id);
    let (within, field) = place.named();
    let within = within.strip_prefix("/claims/*").unwrap_or(within);
    let figure = match within {
        "" => Figure::of::<Claims>(id, Some(stream), of_claim(field)?),
        "/submissions/*" if field == "charge" => {
            let submission = place.small("submission")?;
            Figure::within::<ClaimFilings>(stream, move |row| {
                let of = row.kind.0 == claim_filings::Kind::Submission;
                if of && row.submission == Some(submission) { row.charge_minor } else { 0 }
            })
        }
        _ => Figure::of::<Claims>(id, Some(stream), of_part(place)?),
    };
    Some(figure.into())
}

fn of_claim(field: &str) -> Option<fn(&Row) -> i64> {
    Some(match field {
        "drafted_charge" => |row| row.drafted_minor,
        "charge" => |row| row.charge_minor,
        "insurance_paid" => |row| row.insurance_paid_minor,
        "insurance_adjustments" => |row| row.adjusted_insurance_minor,
        "patient_adjustments" => |row| row.adjusted_patient_minor,
        "patient_responsibility" => |row| row.patient_share_minor,
        "patient_paid" => |row| row.patient_paid_minor,
        "insurance_balance" => |row| row.insurance_balance_minor,
        "patient_balance" => |row| row.patient_balance_minor,
        "denied" => |row| row.denied_minor,
        _ => return None,
    })
}

type Value = Box<dyn Fn(&Row) -> i64 + Send + Sync>;

/// What stands in the claim's lists, by its place there.
fn of_part(place: &Place<'_>) -> Option<Value> {
    let (within, field) = place.named();
    let at = place.place(0)?;
    Some(match (within, field) {
        ("/lines/*", "charge") => Box::new(move |row| {
            let content = serde_json::from_slice::<ledger::claim::Content>(&row.content).ok();
            let charge = content.and_then(|content| Some(content.lines.get(at)?.charge.minor()));
            charge.unwrap_or(0)
        }),
        ("/write_offs/*", "amount") => Box::new(move |row| {
            let given: Vec<Given> = serde_json::from_str(&row.write_offs).unwrap_or_default();
            given.get(at).map_or(0, |given| given.amount.minor())
        }),
        ("/answers/*", "charge") => answered(at, |answer| Some(answer.charge)),
        ("/answers/*", "reversal_difference") => answered(at, |answer| answer.reversal_difference),
        ("/answers/*", _) => {
            let sorted = of_sorted(field)?;
            answered(at, move |answer| Some(sorted(&answer.sorted)))
        }
        ("/answers/*/adjustments/*", "amount") => {
            answered(place.place(1)?, move |answer| Some(answer.adjustments.get(at)?.amount))
        }
        ("/answers/*/lines/*", "charge") => {
            answered(place.place(1)?, move |answer| Some(answer.lines.get(at)?.charge))
        }
        ("/answers/*/lines/*", _) => {
            let sorted = of_sorted(field)?;
            answered(place.place(1)?, move |answer| Some(sorted(&answer.lines.get(at)?.sorted)))
        }
        ("/answers/*/lines/*/adjustments/*", "amount") => {
            let line = place.place(1)?;
            answered(place.place(2)?, move |answer| {
                Some(answer.lines.get(line)?.adjustments.get(at)?.amount)
            })
        }
        _ => return None,
    })
}

fn answered(
    at: usize,
    amount: impl Fn(&PostedAnswer) -> Option<Money> + Send + Sync + 'static,
) -> Value {
    Box::new(move |row| {
        let answers: Vec<PostedAnswer> = serde_json::from_str(&row.answers).unwrap_or_default();
        answers.get(at).and_then(&amount).map_or(0, Money::minor)
    })
}

fn of_sorted(field: &str) -> Option<fn(&Sorted) -> Money> {
    Some(match field {
        "paid" => |sorted| sorted.paid,
        "contractual" => |sorted| sorted.contractual,
        "patient_responsibility" => |sorted| sorted.patient,
        "denied" => |sorted| sorted.open,
        "prior_payers" => |sorted| sorted.prior,
        _ => return None,
    })
}
