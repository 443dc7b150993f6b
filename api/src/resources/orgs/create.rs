//! `POST /v1/admin/orgs`

use actix_web::{HttpResponse, web::Data};
use ledger::{
    recorded::Actor,
    subscription::Limits,
    values::{Code, Currency, CycleRule, Money, Rounding, TimeZone},
};
use utoipa::ToSchema;

use super::OnboardedView;
use crate::{
    answer::json_with,
    body::{Amount, Fields, FromBody, boolean, code, currency, integer, one_of, text, time_zone},
    error::ApiError,
    onboarding::{NewOrg, create_org, draw_org},
    order::Sent,
    state::AppState,
};

pub(crate) const ROUNDINGS: &[(&str, Rounding)] =
    &[("half_away_from_zero", Rounding::HalfAwayFromZero), ("half_even", Rounding::HalfEven)];

/// What an org is made with.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the fields document the body; it is read into NewOrg")]
pub(crate) struct OrgBody {
    /// The business's name.
    name: String,
    /// IANA time zone.
    #[schema(example = "America/Toronto")]
    time_zone: String,
    /// ISO 4217.
    #[schema(example = "USD")]
    currency: String,
    /// First day of each billing cycle, 1 to 31; 1 unless said otherwise.
    anchor_day: Option<u8>,
    /// `standard` unless said otherwise.
    plan: Option<String>,
    /// For each patient and cycle; 2.00 unless said otherwise.
    #[schema(example = "2.00")]
    activation_fee: Option<String>,
    /// For setting the org up; nothing unless said otherwise.
    setup_fee: Option<String>,
    /// Days from issue to due date; 30 unless said otherwise.
    payment_terms_days: Option<u16>,
    /// Whether the job issues invoices when their cycle has ended.
    auto_issue: Option<bool>,
    /// half_away_from_zero or half_even.
    rounding: Option<String>,
    /// Where bills go.
    contact_email: Option<String>,
}

/// The body, read.
pub(crate) struct OrgRequest(NewOrg);

impl FromBody for OrgRequest {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.required("name", text(200));
        let zone = fields.required("time_zone", time_zone);
        let currency = fields.required("currency", currency);
        let anchor_day = fields.or("anchor_day", 1, integer(1, 31));
        let plan = fields.optional("plan", code);
        let activation_fee = price(fields, "activation_fee", currency);
        let setup_fee = price(fields, "setup_fee", currency);
        let terms = fields.or("payment_terms_days", 30, integer(0, 365));
        let auto_issue = fields.or("auto_issue", false, boolean);
        let rounding = fields.or("rounding", Rounding::default(), one_of(ROUNDINGS));
        let contact_email = fields.optional("contact_email", text(254));
        let cycle = cycle(anchor_day?, zone?)?;
        let plan = plan?.or_else(|| "standard".parse::<Code>().ok())?;
        Some(Self(NewOrg {
            name: name?,
            currency: currency?,
            cycle,
            plan,
            activation_fee: activation_fee?,
            setup_fee: setup_fee?,
            payment_terms_days: u16::try_from(terms?).ok()?,
            auto_issue: auto_issue?,
            rounding: rounding?,
            limits: Limits::default(),
            contact_email: contact_email?,
            opened_at: None,
        }))
    }
}

fn cycle(anchor_day: i64, zone: TimeZone) -> Option<CycleRule> {
    CycleRule::new(u8::try_from(anchor_day).ok()?, zone).ok()
}

/// An optional amount in a currency that stands in the same body.
pub(crate) fn price(
    fields: &mut Fields<'_>,
    name: &str,
    currency: Option<Currency>,
) -> Option<Option<Money>> {
    fields.optional(name, |raw| {
        let amount = Amount::read(raw)?;
        amount.in_currency(currency.unwrap_or(Currency::USD))
    })
}

/// Makes an org: its place in the register, its account, its owner's key.
#[utoipa::path(post, path = "/v1/admin/orgs", tag = "orgs", request_body = OrgBody, responses(
    (status = 201, description = "The org and its owner's key, shown this once",
        body = OnboardedView),
))]
pub(crate) async fn create(
    state: Data<AppState>,
    sent: Sent<OrgRequest>,
) -> Result<HttpResponse, ApiError> {
    let OrgRequest(new) = sent.0;
    let name = new.name.clone();
    let made = create_org(&state.ledger, draw_org(), Actor("operator".to_owned()), new).await?;
    let view = OnboardedView { org_id: made.org.0, name, owner_key: made.owner_key.into() };
    Ok(json_with(HttpResponse::Created(), &view))
}
