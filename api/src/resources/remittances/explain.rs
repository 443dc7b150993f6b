//! What the figures of payers' payments are the sums of.

use ledger::remittance::{ProviderAdjustment, RemittedClaim};
use projections::{
    engine::explain::Figure,
    remittance_claims::{self, RemittanceClaims},
    remittances::{self, Remittances},
};

use crate::explaining::{Place, Source};

pub(super) fn remittance(place: &Place<'_>) -> Option<Source> {
    let id = place.id("remittance_id")?;
    let stream = Some(("remittance", id));
    let (within, field) = place.named();
    let within = within.strip_prefix("/remittances/*").unwrap_or(within);
    let figure = match within {
        // What a claim answers about its payment stands in the claim's own stream.
        "" => Figure::of::<Remittances>(id, None, of_payment(field)?),
        "/provider_adjustments/*" if field == "amount" => {
            let at = place.place(0)?;
            Figure::of::<Remittances>(id, None, move |row| {
                let all = serde_json::from_str::<Vec<ProviderAdjustment>>(&row.adjustments);
                all.ok().and_then(|all| Some(all.get(at)?.amount.minor())).unwrap_or(0)
            })
        }
        "/claims/*" => {
            let key = (id, place.small("sequence")?);
            Figure::of::<RemittanceClaims>(key, stream, of_claim(field)?)
        }
        "/claims/*/adjustments/*" if field == "amount" => {
            let (key, at) = ((id, place.small("sequence")?), place.place(0)?);
            Figure::of::<RemittanceClaims>(key, stream, move |row| {
                let advice = serde_json::from_str::<RemittedClaim>(&row.advice).ok();
                let cut = advice.and_then(|advice| {
                    advice.all_adjustments().nth(at).map(|cut| cut.amount.minor())
                });
                cut.unwrap_or(0)
            })
        }
        _ => return None,
    };
    Some(figure.into())
}

fn of_payment(field: &str) -> Option<fn(&remittances::Row) -> i64> {
    Some(match field {
        "paid" => |row| row.paid_minor,
        "provider_adjusted" => |row| row.adjusted_minor,
        "parked_amount" => |row| row.parked_minor,
        _ => return None,
    })
}

fn of_claim(field: &str) -> Option<fn(&remittance_claims::Row) -> i64> {
    Some(match field {
        "charge" => |row| row.charge_minor,
        "paid" => |row| row.paid_minor,
        _ => return None,
    })
}
