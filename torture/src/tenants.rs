//! Orgs and their owners' keys.

use anyhow::{Context, bail};
use serde_json::json;
use uuid::Uuid;

use crate::ground::OPERATOR;
use crate::http::{Client, Request};
use crate::service::Service;

/// An org with its owner's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    /// Names the org.
    pub org: Uuid,
    /// Names the key.
    pub key_id: Uuid,
    /// The key.
    pub secret: String,
}

impl Tenant {
    /// The id that a command of this key has.
    pub fn command_id(&self, idempotency_key: &str) -> Uuid {
        let name = format!("key:{}:{idempotency_key}", self.key_id);
        Uuid::new_v5(&self.org, name.as_bytes())
    }
}

/// Makes orgs, whose agents may do what the founder may.
///
/// # Errors
/// When the service refuses.
pub async fn tenants(service: &Service, count: usize) -> anyhow::Result<Vec<Tenant>> {
    let (mut client, mut tenants) = (Client::default(), Vec::with_capacity(count));
    let to = service.address().context("the service does not run")?;
    for number in 0..count {
        let body = json!({"name": format!("Clinic {number}"), "time_zone": "UTC", "currency": "USD",
            "contact_email": format!("desk{number}@clinic.example")});
        let request = post("/v1/admin/orgs", OPERATOR, Some(body));
        let answer = client.ask(to, &request).await?;
        let (made, key) = (&answer.body, &answer.body["owner_key"]);
        let id = |value: &serde_json::Value| value.as_str().and_then(|text| text.parse().ok());
        let (org, key_id) = (id(&made["org_id"]), id(&key["key_id"]));
        let (Some(org), Some(key_id), Some(secret)) = (org, key_id, key["secret"].as_str()) else {
            bail!("no org was made: {} {made}", answer.status);
        };
        tenants.push(Tenant { org, key_id, secret: secret.to_owned() });
    }
    Ok(tenants)
}

/// A `POST` without further headers.
pub(crate) fn post(path: &str, bearer: &str, body: Option<serde_json::Value>) -> Request {
    let (path, bearer) = (path.to_owned(), bearer.to_owned());
    Request { method: "POST", path, bearer, headers: vec![], body }
}
