//! What is charged: read from the body, completed from the account.

use ledger::{
    Refusal,
    invoice::{AddLine, BillingPeriod, InvoiceType, ItemType, Open},
    subscription::{Subscription, SubscriptionError},
    values::{Currency, Money, Rate, Sealed},
};
use time::{Date, OffsetDateTime};
use utoipa::ToSchema;
use uuid::Uuid;

use super::covers::CoversBody;
use crate::{
    body::{
        Amount, FieldError, Fields, ForeignId, FromBody, currency, day, foreign_id, integer,
        one_of, rate, text,
    },
    error::{ApiError, Plain, Unfit},
    order::Order,
    resources::account::day_of,
    state::AppState,
};

const ITEM_TYPES: &[(&str, ItemType)] = &[
    ("one_off", ItemType::OneOff),
    ("setup_fee", ItemType::SetupFee),
    ("subscription", ItemType::Subscription),
    ("patient_activation", ItemType::PatientActivation),
];

/// A charge.
#[derive(Debug, ToSchema)]
pub(crate) struct ChargeBody {
    /// The price of one: a decimal string, or a number with at most the currency's decimal places.
    /// `unit_price` says the same.
    #[schema(value_type = String, example = "150.00")]
    amount: Option<Amount>,
    /// How many; 1 unless said otherwise.
    quantity: i64,
    /// What to call it, at most 255 characters; kept sealed.
    description: Option<String>,
    /// one_off (unless said otherwise), setup_fee, subscription or patient_activation.
    #[schema(value_type = Option<String>)]
    item_type: ItemType,
    /// Tax on top; the account's configured rate unless said otherwise.
    #[schema(value_type = Option<f64>)]
    tax_rate: Option<Rate>,
    /// The day of service; today unless said otherwise.
    service_date: Option<Date>,
    /// The days of service it pays for; the invoice's period, or those usual for its type, unless
    /// said otherwise.
    covers: Option<CoversBody>,
    /// Must be the account's currency.
    #[schema(value_type = Option<String>)]
    currency: Option<Currency>,
    /// The caller's own id of the customer: string or integer. New invoices only.
    #[schema(value_type = Option<String>)]
    pub(super) customer_id: Option<ForeignId>,
    /// The caller's own id of the patient it is for: string or integer. New invoices only.
    #[schema(value_type = Option<String>)]
    pub(super) patient_id: Option<ForeignId>,
    /// The org; must be the caller's own.
    #[schema(value_type = Option<String>)]
    office_id: Option<ForeignId>,
}

impl FromBody for ChargeBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let amount = fields.optional("amount", Amount::read);
        let unit_price = fields.optional("unit_price", Amount::read);
        let quantity = fields.or("quantity", 1, integer(1, 1_000_000));
        let description = fields.optional("description", text(255));
        let item_type = fields.or("item_type", ItemType::OneOff, one_of(ITEM_TYPES));
        let tax_rate = fields.optional("tax_rate", rate);
        let service_date = fields.optional("service_date", day);
        let covers =
            if fields.has("covers") { fields.object("covers").map(Some) } else { Some(None) };
        let currency = fields.optional("currency", currency);
        let customer_id = fields.optional("customer_id", foreign_id);
        let patient_id = fields.optional("patient_id", foreign_id);
        let office_id = fields.optional("office_id", foreign_id);
        Some(Self {
            amount: amount?.or(unit_price?),
            quantity: quantity?,
            description: description?,
            item_type: item_type?,
            tax_rate: tax_rate?,
            service_date: service_date?,
            covers: covers?,
            currency: currency?,
            customer_id: customer_id?,
            patient_id: patient_id?,
            office_id: office_id?,
        })
    }
}

/// Everything a line needs but what the account says at the position of the append.
pub(crate) struct LineTerms {
    line_id: Uuid,
    item_type: ItemType,
    quantity: i64,
    /// `None`: the account's set-up fee.
    unit_price: Option<Amount>,
    /// That the body named, if it did.
    currency: Option<Currency>,
    description: Option<Sealed<String>>,
    tax_rate: Option<Rate>,
    /// `None`: the account's day of `asked_at`.
    service_on: Option<Date>,
    asked_at: OffsetDateTime,
    covers: Option<BillingPeriod>,
}

impl LineTerms {
    /// A charge of an amount that the body must name.
    pub(crate) async fn of(
        state: &AppState,
        order: &Order<ChargeBody>,
        line_id: Uuid,
    ) -> Result<Self, ApiError> {
        if order.body.amount.is_none() {
            return Err(wrong("/amount", "required", "must be given"));
        }
        Self::read(state, order, line_id, order.body.item_type).await
    }

    /// The set-up fee: the account's price unless the body names another.
    pub(super) async fn setup_fee(
        state: &AppState,
        order: &Order<ChargeBody>,
        line_id: Uuid,
    ) -> Result<Self, ApiError> {
        Self::read(state, order, line_id, ItemType::SetupFee).await
    }

    async fn read(
        state: &AppState,
        order: &Order<ChargeBody>,
        line_id: Uuid,
        item_type: ItemType,
    ) -> Result<Self, ApiError> {
        let body = &order.body;
        let org = order.caller.org.to_string();
        if body.office_id.as_ref().is_some_and(|office| office.as_str() != org) {
            return Err(Plain::ForeignOrg.into());
        }
        let description = match (&body.description, &body.patient_id) {
            (Some(text), Some(patient)) => {
                let who = ("patient", patient.as_str());
                Some(order.seal(state, who, "description", text).await?)
            }
            (Some(text), None) => Some(order.seal_own(state, "description", text).await?),
            (None, _) => None,
        };
        Ok(Self {
            line_id,
            item_type,
            quantity: body.quantity,
            unit_price: body.amount.clone(),
            currency: body.currency,
            description,
            tax_rate: body.tax_rate,
            service_on: body.service_date,
            asked_at: state.ledger.clock().now(),
            covers: body.covers.map(CoversBody::period),
        })
    }

    /// The line, with the account's rate where none was named.
    ///
    /// # Errors
    /// Where there is no account, or the body does not fit its currency.
    pub(crate) fn line(
        &self,
        account: &Subscription,
        open: Option<Open>,
    ) -> Result<AddLine, Box<dyn Refusal>> {
        let currency = account.currency().ok_or_else(unknown)?;
        if self.currency.is_some_and(|given| given != currency) {
            let detail = format!("the account is in {currency}");
            return Err(Unfit::boxed("/currency", detail));
        }
        let unit_price = self.unit_price.as_ref().map(|amount| amount.in_currency(currency));
        let unit_price =
            unit_price.transpose().map_err(|detail| Unfit::boxed("/amount", detail))?;
        let service_on = self.service_on.unwrap_or_else(|| day_of(account, self.asked_at));
        let (configured, _) = account.tax_on(service_on);
        let fee = account.prices().map(|prices| prices.setup_fee);
        Ok(AddLine {
            charge: None,
            covers: self.covers,
            description: self.description.clone(),
            item_type: self.item_type,
            line_id: self.line_id,
            open,
            quantity: self.quantity,
            rate_configured: self.tax_rate.is_none(),
            service_on,
            tax_rate: self.tax_rate.unwrap_or(configured),
            unit_price: unit_price.or(fee).unwrap_or(Money::zero(currency)),
        })
    }
}

/// A new invoice without a period.
pub(super) fn begin(
    account: &Subscription,
    invoice_type: InvoiceType,
    customer_id: Option<Sealed<String>>,
) -> Open {
    Open {
        currency: account.currency().unwrap_or(Currency::USD),
        customer_id,
        invoice_type,
        payment_terms_days: account.payment_terms_days(),
        period: None,
        rounding: account.rounding(),
    }
}

fn unknown() -> Box<dyn Refusal> {
    Box::new(SubscriptionError::Unknown)
}

fn wrong(
    pointer: &str,
    code: &'static str,
    detail: impl Into<std::borrow::Cow<'static, str>>,
) -> ApiError {
    let pointer = pointer.to_owned();
    ApiError::InvalidBody(vec![FieldError { pointer, code, detail: detail.into() }])
}
