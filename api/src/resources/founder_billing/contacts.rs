//! How a patient can be reached; `PUT /v1/founder-billing/statements/{id}/contacts`

use std::{borrow::Cow, collections::BTreeSet};

use actix_web::{HttpResponse, web, web::Data};
use ledger::{
    statement::{Channel, Contacts, RecordContacts, Statement, StatementCommand},
    values::StatementId,
};
use projections::statements::{self, Statements};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::{orders::answered, view::StatementView};
use crate::{
    body::{Fields, FromBody, Wrong, boolean, text},
    error::ApiError,
    order::Order,
    reading::reading,
    resources::account::account,
    state::AppState,
};

/// How a patient can be reached; all of it is kept sealed.
#[derive(Debug, Clone, Default, ToSchema)]
pub(crate) struct ContactFields {
    /// At most 254 characters.
    email: Option<String>,
    /// The name to write to, at most 200 characters.
    name: Option<String>,
    /// Ways in which the patient does not want to be written to: email, physical_mail, sms,
    /// patient_portal.
    #[schema(value_type = Option<Vec<String>>, example = json!(["sms"]))]
    opted_out: BTreeSet<Channel>,
    /// At most 32 characters.
    phone: Option<String>,
    /// At most 500 characters.
    physical_address: Option<String>,
    /// Whether the patient uses the portal.
    portal: Option<bool>,
}

impl FromBody for ContactFields {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let email = fields.optional("email", text(254));
        let name = fields.optional("name", text(200));
        let opted_out = fields.or("opted_out", BTreeSet::new(), channels);
        let phone = fields.optional("phone", text(32));
        let physical_address = fields.optional("physical_address", text(500));
        let portal = fields.optional("portal", boolean);
        Some(Self {
            email: email?,
            name: name?,
            opted_out: opted_out?,
            phone: phone?,
            physical_address: physical_address?,
            portal: portal?,
        })
    }
}

impl ContactFields {
    /// Sealed under the patient's key.
    pub(super) async fn sealed<B>(
        &self,
        state: &AppState,
        order: &Order<B>,
        patient: &str,
    ) -> Result<Contacts, ApiError> {
        let mut contacts = Contacts {
            opted_out: self.opted_out.clone(),
            portal: self.portal.unwrap_or(false),
            ..Contacts::default()
        };
        let fields = [
            (&self.email, "contacts.email", &mut contacts.email),
            (&self.name, "contacts.name", &mut contacts.name),
            (&self.phone, "contacts.phone", &mut contacts.phone),
            (&self.physical_address, "contacts.physical_address", &mut contacts.physical_address),
        ];
        for (plain, field, place) in fields {
            if let Some(plain) = plain {
                *place = Some(order.seal(state, ("patient", patient), field, plain).await?);
            }
        }
        Ok(contacts)
    }
}

fn channels(raw: &RawValue) -> Result<BTreeSet<Channel>, Wrong> {
    let expected = "an array out of email, physical_mail, sms, patient_portal is expected";
    serde_json::from_str(raw.get()).map_err(|_| Cow::Borrowed(expected))
}

/// Says how the patient of a statement can be reached.
#[utoipa::path(put, path = "/v1/founder-billing/statements/{id}/contacts",
    tag = "founder billing", request_body = ContactFields,
    responses((status = 200, description = "The statement", body = StatementView)))]
pub(crate) async fn record(
    state: Data<AppState>,
    order: Order<ContactFields>,
    id: web::Path<StatementId>,
) -> Result<HttpResponse, ApiError> {
    let org = order.caller.org;
    // Only whose key seals them is read here; whether the statement is there, its own decision
    // says.
    let reading = reading::<Statements>(&state, org, None).await?;
    let found = statements::get(&reading.snapshot, *id).await?;
    reading.snapshot.close().await?;
    let patient = found.and_then(|entry| entry.patient_id);
    let contacts = match &patient {
        Some(sealed) => {
            let plain = state.ledger.keyring().open(org, sealed).await?.unwrap_or_default();
            order.body.sealed(&state, &order, &plain).await?
        }
        None => Contacts::default(),
    };
    let recorded_on = account(&state, org).await?.today();
    let record = RecordContacts { contacts, recorded_on };
    let given = StatementCommand::RecordContacts(Box::new(record));
    let outcome = order.execute::<Statement>(&state, *id, given).await?;
    answered(&state, &order, &outcome, *id).await
}
