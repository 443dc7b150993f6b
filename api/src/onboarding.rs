//! A new org: its place in the register, its account, its owner's key. The command line and
//! `POST /v1/admin/orgs` do the same.

use ledger::{
    recorded::Actor,
    store::{
        Context, ExecuteError, Ledger, account_id,
        tenants::{KeyRequest, MintedKey, Role, mint_key},
    },
    subscription::{Limits, Open, Prices, SubscriptionCommand},
    values::{Code, Currency, CycleRule, Money, OrgId, Rounding},
};
use time::OffsetDateTime;
use uuid::Uuid;

/// What an org is made with.
#[derive(Debug, Clone, PartialEq)]
pub struct NewOrg {
    /// The business's name.
    pub name: String,
    /// Its one currency.
    pub currency: Currency,
    /// Anchor day and time zone.
    pub cycle: CycleRule,
    /// Its plan.
    pub plan: Code,
    /// For each patient and cycle; 2.00 of the currency unless said otherwise.
    pub activation_fee: Option<Money>,
    /// For setting it up; nothing unless said otherwise.
    pub setup_fee: Option<Money>,
    /// Days from issue to due date.
    pub payment_terms_days: u16,
    /// Whether the job issues invoices when their cycle has ended.
    pub auto_issue: bool,
    /// How tax is rounded.
    pub rounding: Rounding,
    /// What the plan includes.
    pub limits: Limits,
    /// Where bills go; kept sealed.
    pub contact_email: Option<String>,
    /// When its account began, if not now.
    pub opened_at: Option<OffsetDateTime>,
}

impl NewOrg {
    /// The usual: two of the currency per patient and cycle, thirty days to pay.
    pub fn usual(name: String, currency: Currency, cycle: CycleRule, plan: Code) -> Self {
        Self {
            name,
            currency,
            cycle,
            plan,
            activation_fee: None,
            setup_fee: None,
            payment_terms_days: 30,
            auto_issue: false,
            rounding: Rounding::default(),
            limits: Limits::default(),
            contact_email: None,
            opened_at: None,
        }
    }
}

/// A made org.
pub struct Onboarded {
    /// Its id.
    pub org: OrgId,
    /// Its owner's key; the text is known only now.
    pub owner_key: MintedKey,
}

/// Makes an org: registers it, opens its account, makes its owner's key.
///
/// # Errors
///
/// [`ExecuteError`]; what was made until then stays and is harmless, since nobody has a key.
pub async fn create_org(
    ledger: &Ledger,
    org: OrgId,
    actor: Actor,
    new: NewOrg,
) -> Result<Onboarded, ExecuteError> {
    ledger.create_org(org, &new.name).await?;
    let mut context = Context::named(ledger, org, actor, "open-account");
    if let Some(at) = new.opened_at {
        context = context.occurring_at(at);
    }
    let contact_email = match &new.contact_email {
        Some(email) => {
            let subject = ledger.names().subject(org, "org", &org.to_string());
            Some(ledger.keyring().seal(&context, subject, "contact_email", email).await?)
        }
        None => None,
    };
    let open = Open {
        auto_issue: new.auto_issue,
        contact_email,
        currency: new.currency,
        cycle: new.cycle,
        limits: new.limits,
        opened_at: context.occurred_at,
        payment_terms_days: new.payment_terms_days,
        plan: new.plan,
        prices: Prices {
            activation_fee: new.activation_fee.unwrap_or_else(|| two(new.currency)),
            setup_fee: new.setup_fee.unwrap_or_else(|| Money::zero(new.currency)),
        },
        rounding: new.rounding,
    };
    ledger.execute(&context, account_id(org), SubscriptionCommand::Open(open)).await?;
    let owner = KeyRequest {
        role: Role::Owner,
        label: "owner".to_owned(),
        expires_at: None,
        rate_limit_per_minute: None,
    };
    Ok(Onboarded { org, owner_key: mint_key(ledger, org, owner).await? })
}

/// A new org's id.
#[expect(clippy::disallowed_methods, reason = "ids of orgs are drawn here")]
pub fn draw_org() -> OrgId {
    OrgId(Uuid::now_v7())
}

/// Two whole units: the usual activation fee (contract S1.3).
fn two(currency: Currency) -> Money {
    Money::from_minor(2 * 10_i64.pow(currency.minor_digits()), currency)
}
