//! `daybook org create`

use anyhow::Context;
use api::onboarding::{NewOrg, Onboarded, create_org, draw_org};
use ledger::recorded::Actor;
use ledger::store::Ledger;
use ledger::values::{CycleRule, Money};
use rust_decimal::Decimal;

use crate::cli::OrgCreate;

/// Makes the org, its account and its owner's key.
pub(super) async fn create(ledger: &Ledger, create: OrgCreate) -> anyhow::Result<Onboarded> {
    let currency = create.currency;
    let price = |amount: Option<Decimal>, name: &'static str| {
        let money = amount.map(|amount| Money::from_decimal(amount, currency)).transpose();
        money.with_context(|| format!("--{name} is not an amount of {currency}"))
    };
    let cycle = CycleRule::new(create.anchor_day, create.time_zone)?;
    let new = NewOrg {
        activation_fee: price(create.activation_fee, "activation-fee")?,
        setup_fee: price(create.setup_fee, "setup-fee")?,
        payment_terms_days: create.payment_terms_days,
        auto_issue: create.auto_issue,
        contact_email: create.contact_email,
        ..NewOrg::usual(create.name, currency, cycle, create.plan)
    };
    let created = create_org(ledger, draw_org(), Actor("cli".to_owned()), new).await;
    created.context("the org was not created")
}
