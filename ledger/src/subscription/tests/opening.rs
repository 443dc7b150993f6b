use super::*;
use crate::{
    invoice::PaymentMethod,
    values::{CycleError, Sealed, SubjectRef},
};

fn hold(number: u128, minor: i64) -> SubscriptionCommand {
    SubscriptionCommand::HoldPayment(HoldPayment {
        amount: usd(minor),
        invoice_id: None,
        method: PaymentMethod::Stripe,
        payment_id: Uuid::from_u128(number),
        reason: HoldReason::UnknownInvoice,
        received_on: date!(2026 - 01 - 05),
    })
}

#[test]
fn an_account_is_active_once_opened() {
    let (account, _) = after(vec![open()]);
    assert_eq!(account.status(), Status::Active);
    assert!(account.is_open());
    assert_eq!(account.currency(), Some(Currency::USD));
    assert_eq!(account.prices().unwrap().activation_fee, usd(200));
    assert_eq!(Subscription::default().status(), Status::Inactive);
}

#[test]
fn an_account_is_opened_once() {
    let later = Open { opened_at: datetime!(2026-01-01 00:00:01 UTC), ..opening() };
    given(vec![open()]).when(SubscriptionCommand::Open(later)).then_expect_events(vec![]);
    let other = Open { payment_terms_days: 30, ..opening() };
    given(vec![open()])
        .when(SubscriptionCommand::Open(other))
        .then_expect_error(SubscriptionError::Exists { status: Status::Active });
}

#[test]
fn what_an_account_is_opened_with_is_checked() {
    let refused = |open: Open, error| {
        given(vec![]).when(SubscriptionCommand::Open(open)).then_expect_error(error);
    };
    let long = Open { payment_terms_days: 366, ..opening() };
    refused(long, SubscriptionError::PaymentTermsTooLong { days: 366, most_days: 365 });

    let euros = Money::from_minor(1, "EUR".parse().unwrap());
    let prices = Prices { activation_fee: euros, setup_fee: usd(0) };
    let given_currency = euros.currency();
    refused(
        Open { prices, ..opening() },
        SubscriptionError::CurrencyMismatch { account: Currency::USD, given: given_currency },
    );
    let prices = Prices { activation_fee: usd(200), setup_fee: usd(-1) };
    refused(Open { prices, ..opening() }, SubscriptionError::PriceNegative { price: usd(-1) });

    let cycle = CycleRule { anchor_day: 32, ..opening().cycle };
    let error = SubscriptionError::Cycle(CycleError::BadAnchorDay);
    refused(Open { cycle, ..opening() }, error);

    for limit in [-1, 1 << 53, i64::MAX] {
        let limits = Limits { storage_bytes: Some(limit), ..Limits::default() };
        let limit = limit.to_string();
        refused(Open { limits, ..opening() }, SubscriptionError::LimitOutOfRange { limit });
    }
}

#[test]
fn nothing_is_decided_for_an_org_without_an_account() {
    let at = datetime!(2026-01-05 00:00 UTC);
    for command in [pause(at), resume(at), cancel(at), start("2026-01", at), hold(1, 100)] {
        given(vec![]).when(command).then_expect_error(SubscriptionError::Unknown);
    }
    assert_eq!(Subscription::default().cycle_charge(key("2026-01"), at), Ok(None));
}

#[test]
fn a_plan_change_is_seen_by_the_next_charge() {
    let prices = Prices { activation_fee: usd(300), setup_fee: usd(0) };
    let change = || {
        SubscriptionCommand::ChangePlan(ChangePlan {
            limits: Limits { workers: Some(5), ..Limits::default() },
            plan: code("plus"),
            prices: prices.clone(),
        })
    };
    let (account, _) = after(vec![open(), change()]);
    let at = datetime!(2026-01-05 00:00 UTC);
    assert_eq!(account.charge_for_activation(at).unwrap().terms.fee, usd(300));
    assert_eq!(account.plan(), Some(&code("plus")));
    assert_eq!(account.limits().unwrap().workers, Some(5));
    given(vec![open(), change()]).when(change()).then_expect_events(vec![]);
}

#[test]
fn the_tax_of_a_day_is_the_one_configured_last_up_to_it() {
    let (account, _) = after(vec![
        open(),
        tax("CA-ON", "0.13", date!(2026 - 07 - 01)),
        tax("CA-AB", "0.05", date!(2026 - 01 - 15)),
        tax("CA-NS", "0.14", date!(2026 - 07 - 01)),
    ]);
    let on = |day| {
        let (rate, jurisdiction) = account.tax_on(day);
        (rate.to_string(), jurisdiction.map(|code| code.to_string()))
    };
    assert_eq!(on(date!(2026 - 01 - 14)), ("0".to_owned(), None));
    assert_eq!(on(date!(2026 - 01 - 15)), ("0.05".to_owned(), Some("CA-AB".to_owned())));
    assert_eq!(on(date!(2026 - 06 - 30)), ("0.05".to_owned(), Some("CA-AB".to_owned())));
    assert_eq!(on(date!(2027 - 01 - 01)), ("0.14".to_owned(), Some("CA-NS".to_owned())));
    given(vec![open(), tax("CA-ON", "0.13", date!(2026 - 07 - 01))])
        .when(tax("CA-ON", "0.13", date!(2026 - 07 - 01)))
        .then_expect_events(vec![]);
}

#[test]
fn money_that_fits_nowhere_is_held_once() {
    given(vec![open(), hold(1, 100)]).when(hold(1, 100)).then_expect_events(vec![]);
    given(vec![open(), hold(1, 100)]).when(hold(1, 101)).then_expect_error(
        SubscriptionError::PaymentExists { amount: usd(100), payment_id: Uuid::from_u128(1) },
    );
    given(vec![open()])
        .when(hold(1, 0))
        .then_expect_error(SubscriptionError::AmountNotPositive { amount: usd(0) });
    let closed = vec![open(), cancel(datetime!(2026-01-05 00:00 UTC))];
    assert_eq!(given(closed).when(hold(1, 100)).inspect_result().unwrap().len(), 1);
}

#[test]
fn the_provider_is_linked_once_for_the_same_ids() {
    let link = |text: &str| {
        let subject = SubjectRef(Uuid::from_u128(2));
        let field = "customer_id".to_owned();
        SubscriptionCommand::LinkProvider(LinkProvider {
            customer_id: Sealed::new(Uuid::from_u128(1), text.to_owned(), field, 1, subject),
            subscription_id: None,
        })
    };
    given(vec![open(), link("a")]).when(link("a")).then_expect_events(vec![]);
    assert_eq!(given(vec![open(), link("a")]).when(link("b")).inspect_result().unwrap().len(), 1);
}
