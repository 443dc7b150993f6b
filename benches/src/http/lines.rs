//! The request: a line on an open invoice, with an idempotency key of its own.

use std::io::Write;

use anyhow::Context as _;
use api::onboarding::{NewOrg, create_org};
use ledger::{
    store::{
        Context, Ledger,
        tenants::{KeyRequest, Role, mint_key},
    },
    values::{Currency, CycleRule},
};

use super::{client::Requests, service::Service};
use crate::{
    append::ours::{actor, open_all},
    http::lag,
    work::{METADATA, id, invoice, org},
};

/// An org with its account, its open invoices, and a key that may add lines.
pub(crate) struct Lines {
    key: String,
    invoices: u64,
}

impl Lines {
    /// Makes the org, opens the invoices, and waits until whoever follows has followed.
    ///
    /// # Errors
    /// When the ledger refuses.
    pub(crate) async fn prepare(service: &Service, invoices: u64) -> anyhow::Result<Self> {
        let ledger = service.ledger();
        let key = onboarded(ledger).await?;
        open_all(ledger, 1, invoices).await?;
        let head = ledger.head(org(0)).await?.context("the org is there")?;
        lag::follow(service.engine(), org(0), head).await?;
        Ok(Self { key, invoices })
    }
}

/// Makes the first org with its account; a key that finance would have.
///
/// # Errors
/// When the ledger refuses.
pub(crate) async fn onboarded(ledger: &Ledger) -> anyhow::Result<String> {
    let cycle = CycleRule::new(1, "UTC".parse()?)?;
    let name = "Maple Chiropractic".to_owned();
    let new = NewOrg::usual(name, Currency::USD, cycle, "standard".parse()?);
    create_org(ledger, org(0), actor(), new).await?;
    let request = KeyRequest {
        role: Role::Finance,
        label: "bench".to_owned(),
        expires_at: None,
        rate_limit_per_minute: None,
    };
    Ok(mint_key(ledger, org(0), request).await?.text)
}

/// The envelope of the same command from within.
pub(super) fn context(ledger: &Ledger, caller: u64, asked: u64) -> Context {
    let key = format!("{caller}-{asked}");
    let mut context = Context::keyed(ledger, org(0), actor(), "key:bench", &key, [7; 32]);
    context.metadata = METADATA.as_bytes().to_vec();
    context
}

impl Requests for Lines {
    fn write(&self, caller: u64, asked: u64, into: &mut Vec<u8>) {
        let about = invoice(id(11 + caller, asked).as_u64_pair().0 % self.invoices);
        // Writing into a vector does not fail.
        let _ = write!(
            into,
            "POST /v1/billing/invoices/{about}/lines HTTP/1.1\r\nhost: bench\r\n\
             authorization: Bearer {}\r\ncontent-type: application/json\r\n\
             daybook-wait: none\r\nidempotency-key: {caller}-{asked}\r\n\
             content-length: 17\r\n\r\n{{\"amount\":\"2.00\"}}",
            self.key
        );
    }
}
