use super::*;
use crate::values::{Sealed, SubjectRef};

#[test]
fn a_write_off_gives_up_all_that_is_owed() {
    let (invoice, history) = after(with(issued(100), [pay(1, 30), write_off()]));
    let Some(InvoiceEvent::WrittenOff(event)) = history.last() else { panic!("{history:?}") };
    assert_eq!(event.amount, usd(70));
    assert_eq!(invoice.standing(), Some(standing(0, 30, 0, Status::Failed)));
    assert!(invoice.is_given_up());
}

#[test]
fn writing_off_twice_changes_nothing_and_nothing_owed_is_not_written_off() {
    given(with(issued(100), [write_off()])).when(write_off()).then_expect_events(vec![]);
    given(with(issued(100), [pay(1, 100)]))
        .when(write_off())
        .then_expect_error(InvoiceError::NothingOwed { balance: usd(0) });
    given(vec![open()])
        .when(write_off())
        .then_expect_error(InvoiceError::NotOpen { status: Status::Draft });
}

#[test]
fn money_after_a_write_off_is_credit() {
    let (invoice, _) = after(with(issued(100), [write_off(), pay(1, 80)]));
    assert_eq!(invoice.standing(), Some(standing(0, 0, 80, Status::Failed)));
}

#[test]
fn what_a_reversal_opens_again_after_a_write_off_can_be_given_up_too() {
    let history = with(issued(100), [pay(1, 30), write_off(), reverse(1)]);
    assert_eq!(after(history.clone()).0.standing(), Some(standing(30, 0, 0, Status::Failed)));
    let overdue = InvoiceCommand::MarkOverdue(MarkOverdue { today: january(90) });
    given(history.clone()).when(overdue).then_expect_events(vec![]);
    let (invoice, _) = after(with(history, [write_off()]));
    assert_eq!(invoice.standing(), Some(standing(0, 0, 0, Status::Failed)));
}

#[test]
fn a_written_off_invoice_is_neither_canceled_nor_called_paid() {
    let history = with(issued(100), [write_off()]);
    given(history.clone()).when(cancel()).then_expect_error(InvoiceError::GivenUp);
    let report = InvoiceCommand::ReportPaid(ReportPaid { reported_on: january(70) });
    given(history).when(report).then_expect_error(InvoiceError::GivenUp);
}

#[test]
fn a_draft_is_canceled_without_figures() {
    let history = vec![open(), add(line(1, 1, 100, "0.05"))];
    let events = given(history).when(cancel()).inspect_result().unwrap();
    let [InvoiceEvent::Canceled(event)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((event.items.len(), event.tax, event.total), (0, usd(0), usd(0)));
}

#[test]
fn an_issued_invoice_is_canceled_with_what_it_had_posted() {
    let history = vec![open(), add(line(1, 1, 100, "0.05")), issue_at("0.05")];
    let events = given(history.clone()).when(cancel()).inspect_result().unwrap();
    let [InvoiceEvent::Canceled(event)] = events.as_slice() else { panic!("{events:?}") };
    let items = vec![ItemTotal { amount: usd(100), item_type: ItemType::OneOff }];
    assert_eq!((event.items.clone(), event.tax, event.total), (cuts(items), usd(5), usd(105)));
    let (invoice, _) = after(with(history.clone(), [cancel()]));
    assert_eq!(invoice.standing(), Some(standing(0, 0, 0, Status::Canceled)));
    assert_eq!(invoice.number(), Some("INV-202601-00007"));
    given(with(history, [cancel()])).when(cancel()).then_expect_events(vec![]);
}

#[test]
fn an_invoice_that_holds_money_is_not_canceled() {
    given(with(issued(100), [pay(1, 30)])).when(cancel()).then_expect_error(
        InvoiceError::HasPayments { credit: usd(0), paid: usd(30), succeeded_payments: 1 },
    );
    let gone_back = with(issued(100), [pay(1, 30), reverse(1), cancel()]);
    assert_eq!(after(gone_back).0.status(), Status::Canceled);
}

#[test]
fn canceling_after_a_refund_takes_back_only_what_is_left() {
    let history = with(issued(100), [pay(1, 30), refund(5, 1, 30)]);
    let events = given(history).when(cancel()).inspect_result().unwrap();
    let [InvoiceEvent::Canceled(event)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(event.total, usd(70));
}

#[test]
fn the_providers_invoice_is_linked_once_for_the_same_id() {
    let sealed = |text: &str| {
        Sealed::new(id(1), text.to_owned(), "provider_invoice_id".to_owned(), 1, SubjectRef(id(2)))
    };
    let link = |text| {
        let provider_invoice_id = sealed(text);
        InvoiceCommand::LinkProvider(LinkProvider { provider_invoice_id })
    };
    given(vec![open(), link("a")]).when(link("a")).then_expect_events(vec![]);
    given(vec![open(), link("a")])
        .when(link("b"))
        .then_expect_events(vec![ProviderLinked { provider_invoice_id: sealed("b") }.into()]);
}

#[test]
fn refusals_have_a_code_of_their_aggregate_and_their_figures() {
    let error = InvoiceError::RefundTooLarge { asked: usd(61), refundable: usd(60) };
    assert_eq!(error.code(), "invoice.refund_too_large");
    assert_eq!(
        error.details(),
        serde_json::json!({
            "asked": {"amount": "0.61", "currency": "USD"},
            "refundable": {"amount": "0.60", "currency": "USD"},
        })
    );
    assert_eq!(error.to_string(), "a refund of 0.61 asked, 0.60 left");
    assert_eq!(InvoiceError::Unknown.details(), serde_json::Value::Null);
}
