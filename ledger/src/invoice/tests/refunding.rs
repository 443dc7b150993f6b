use super::*;

fn granted(history: Vec<InvoiceCommand>, command: InvoiceCommand) -> RefundCreated {
    let events = given(history).when(command).inspect_result().unwrap();
    match events.as_slice() {
        [InvoiceEvent::RefundCreated(event)] => event.clone(),
        _ => panic!("{events:?}"),
    }
}

fn settle(number: u128) -> InvoiceCommand {
    InvoiceCommand::SettleRefund(SettleRefund { refund_id: id(number), settled_on: january(42) })
}

fn fail(number: u128) -> InvoiceCommand {
    InvoiceCommand::FailRefund(FailRefund { failed_on: january(43), refund_id: id(number) })
}

/// 24.00 of activations and 150.00 of subscription at 5 %, paid: 182.70.
fn two_kinds() -> Vec<InvoiceCommand> {
    let activations =
        AddLine { item_type: ItemType::PatientActivation, ..line(1, 12, 200, "0.05") };
    let subscription = AddLine { item_type: ItemType::Subscription, ..line(2, 1, 15_000, "0.05") };
    vec![open(), add(activations), add(subscription), issue_at("0.05"), pay(1, 18_270)]
}

#[test]
fn a_refund_of_a_settled_invoice_cuts_revenue_and_tax_and_leaves_it_paid() {
    let activation = AddLine { item_type: ItemType::PatientActivation, ..line(1, 1, 200, "0.05") };
    let history = vec![open(), add(activation), issue_at("0.05"), pay(1, 210)];
    let event = granted(history, refund(5, 1, 210));
    let items = vec![ItemTotal { amount: usd(200), item_type: ItemType::PatientActivation }];
    assert_eq!((event.items, event.tax, event.from_credit), (cuts(items), usd(10), usd(0)));
    assert_eq!(event.standing, standing(0, 0, 0, Status::Paid));
}

#[test]
fn a_cut_is_shared_in_proportion_to_the_last_cent() {
    let event = granted(two_kinds(), refund(5, 1, 100));
    // 100 × 2400 / 18270 = 13.14, × 15000 = 82.10, × 870 = 4.76: the tax has the largest rest.
    let items = vec![
        ItemTotal { amount: usd(13), item_type: ItemType::PatientActivation },
        ItemTotal { amount: usd(82), item_type: ItemType::Subscription },
    ];
    assert_eq!((event.items, event.tax), (cuts(items), usd(5)));
}

#[test]
fn many_small_refunds_come_to_the_whole() {
    let mut commands = two_kinds();
    commands.extend((0..1827).map(|number| refund(1000 + number, 1, 10)));
    let (invoice, history) = after(commands);
    let mut items = std::collections::BTreeMap::new();
    let mut tax = 0;
    for event in &history {
        if let InvoiceEvent::RefundCreated(event) = event {
            tax += event.tax.minor();
            for item in &event.items {
                *items.entry(item.item_type).or_insert(0) += item.amount.minor();
            }
        }
    }
    assert_eq!(items.get(&ItemType::PatientActivation), Some(&2400));
    assert_eq!(items.get(&ItemType::Subscription), Some(&15_000));
    assert_eq!(tax, 870);
    assert_eq!(invoice.standing(), Some(standing(0, 0, 0, Status::Paid)));
}

#[test]
fn credit_goes_back_first() {
    let history = with(issued(100), [pay(1, 130)]);
    let event = granted(history, refund(5, 1, 50));
    assert_eq!((event.from_credit, event.tax), (usd(30), usd(0)));
    assert_eq!(event.items, cuts(vec![ItemTotal { amount: usd(20), item_type: ItemType::OneOff }]));
    assert_eq!(event.standing, standing(0, 80, 0, Status::Paid));
}

#[test]
fn a_refund_never_exceeds_what_was_received_and_is_still_here() {
    let too_large = |asked, refundable| InvoiceError::RefundTooLarge {
        asked: usd(asked),
        refundable: usd(refundable),
    };
    let paid = with(issued(100), [pay(1, 60), pay(2, 40)]);
    given(paid.clone()).when(refund(5, 1, 61)).then_expect_error(too_large(61, 60));
    let partly = with(paid.clone(), [refund(5, 1, 20)]);
    given(partly).when(refund(6, 1, 41)).then_expect_error(too_large(41, 40));
    given(with(paid, [reverse(1)])).when(refund(5, 1, 1)).then_expect_error(too_large(1, 0));

    let release = InvoiceCommand::ReleaseCredit(ReleaseCredit {
        amount: usd(50),
        to: crate::values::InvoiceId::new(id(2)),
    });
    let moved = with(issued(100), [pay(1, 150), release]);
    given(moved).when(refund(5, 1, 101)).then_expect_error(too_large(101, 100));
}

#[test]
fn only_a_payment_that_succeeded_is_refunded() {
    given(issued(100))
        .when(refund(5, 1, 1))
        .then_expect_error(InvoiceError::PaymentUnknown { payment_id: id(1) });
    let pending = payment(1, usd(10), PaymentState::Pending);
    let standing = PaymentStanding::Pending;
    given(with(issued(100), [pending]))
        .when(refund(5, 1, 1))
        .then_expect_error(InvoiceError::PaymentNotSucceeded { payment_id: id(1), standing });
}

#[test]
fn a_refund_is_granted_once() {
    let history = with(issued(100), [pay(1, 100), refund(5, 1, 30)]);
    given(history.clone()).when(refund(5, 1, 30)).then_expect_events(vec![]);
    given(history)
        .when(refund(5, 1, 31))
        .then_expect_error(InvoiceError::RefundExists { amount: usd(30), refund_id: id(5) });
}

#[test]
fn an_invoice_paid_in_part_whose_money_goes_back_is_open_again() {
    let event = granted(with(issued(100), [pay(1, 40)]), refund(5, 1, 40));
    assert_eq!(event.standing, standing(60, 0, 0, Status::Sent));
}

#[test]
fn a_refund_leaves_comes_back_and_leaves_again() {
    let history = with(issued(100), [pay(1, 100), refund(5, 1, 30)]);
    let method = PaymentMethod::Check;
    let settled =
        RefundSettled { amount: usd(30), method, refund_id: id(5), settled_on: january(42) };
    let failed = |was_settled| RefundFailed {
        amount: usd(30),
        failed_on: january(43),
        method,
        refund_id: id(5),
        was_settled,
    };
    given(history.clone()).when(settle(5)).then_expect_events(vec![settled.clone().into()]);
    given(history.clone()).when(fail(5)).then_expect_events(vec![failed(false).into()]);
    let history = with(history, [settle(5)]);
    given(history.clone()).when(settle(5)).then_expect_events(vec![]);
    given(history.clone()).when(fail(5)).then_expect_events(vec![failed(true).into()]);
    let history = with(history, [fail(5)]);
    given(history.clone()).when(fail(5)).then_expect_events(vec![]);
    given(history.clone()).when(settle(5)).then_expect_events(vec![settled.into()]);
    // What came back is still owed: it cannot be promised a second time.
    given(history)
        .when(refund(6, 1, 71))
        .then_expect_error(InvoiceError::RefundTooLarge { asked: usd(71), refundable: usd(70) });
}

#[test]
fn an_unknown_refund_is_refused() {
    let refused = InvoiceError::RefundUnknown { refund_id: id(5) };
    given(issued(100)).when(settle(5)).then_expect_error(refused.clone());
    given(issued(100)).when(fail(5)).then_expect_error(refused);
}
