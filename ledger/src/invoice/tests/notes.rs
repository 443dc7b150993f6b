use super::*;

/// 100.00 and 50.00 of one-offs at 5 %, 20.00 untaxed, issued on 31 January: 177.50.
fn mixed() -> Vec<InvoiceCommand> {
    let untaxed = line(3, 1, 2_000, "0");
    let lines = [add(line(1, 1, 10_000, "0.05")), add(line(2, 2, 2_500, "0.05")), add(untaxed)];
    with(vec![open()], with(lines.to_vec(), [issue_at("0.05")]))
}

fn lines(lines: &[(u128, Option<i64>)]) -> CreditScope {
    CreditScope::Lines(lines.iter().map(|(number, minor)| credit_line(*number, *minor)).collect())
}

fn amount(minor: i64) -> CreditScope {
    CreditScope::Amount(usd(minor))
}

#[test]
fn a_credit_note_has_a_gapless_number_of_its_own() {
    let mut command = note(50, CreditScope::Rest);
    assert_eq!(Invoice::series(&command).as_deref(), Some("CN-202602"));
    Invoice::assign_number(&mut command, 42);
    assert_eq!(decided!(mixed(), command, CreditNoteIssued).number, "CN-202602-00042");
    let bare = IssueCreditNote { number: None, ..note_of(50, CreditScope::Rest) };
    given(mixed())
        .when(InvoiceCommand::IssueCreditNote(bare))
        .then_expect_error(InvoiceError::NumberMissing);
}

#[test]
fn a_line_is_credited_with_its_tax_and_settles_what_is_owed() {
    let event = decided!(mixed(), note(50, lines(&[(1, None)])), CreditNoteIssued);
    assert_eq!((event.total, event.tax), (usd(10_500), usd(500)));
    assert_eq!((event.applied, event.credited), (usd(10_500), usd(0)));
    assert_eq!(event.lines, [CreditedLine { amount: usd(10_000), line_id: id(1) }]);
    let taken = TaxOfRate { base: usd(10_000), rate: rate("0.05"), tax: usd(500) };
    assert_eq!(event.taxes, [taken]);
    assert_eq!(event.standing, standing(7_250, 0, 0, Status::Sent));
}

#[test]
fn what_exceeds_the_balance_is_the_customers_credit() {
    let history = with(mixed(), [pay(1, 17_000)]);
    let event = decided!(history, note(50, amount(1_000)), CreditNoteIssued);
    assert_eq!((event.applied, event.credited), (usd(750), usd(250)));
    assert_eq!(event.standing, standing(0, 16_750, 250, Status::Paid));
}

#[test]
fn all_of_it_is_left_as_credit_where_that_was_asked() {
    let left = IssueCreditNote { leave_as_credit: true, ..note_of(50, amount(1_000)) };
    let command = InvoiceCommand::IssueCreditNote(left);
    let event = decided!(mixed(), command.clone(), CreditNoteIssued);
    assert_eq!((event.applied, event.credited), (usd(0), usd(1_000)));
    assert_eq!(event.standing, standing(17_750, -1_000, 1_000, Status::Sent));
    // Paying comes to the same as paying first.
    let (after_paying, _) = after(with(mixed(), [command.clone(), pay(1, 17_750)]));
    let (before_paying, _) = after(with(mixed(), [pay(1, 17_750), command]));
    assert_eq!(after_paying.standing(), before_paying.standing());
}

#[test]
fn crediting_all_of_an_unpaid_invoice_settles_it() {
    let event = decided!(mixed(), note(50, CreditScope::Rest), CreditNoteIssued);
    assert_eq!((event.total, event.tax), (usd(17_750), usd(750)));
    assert_eq!(event.standing, standing(0, 0, 0, Status::Paid));
    let refused = InvoiceError::from(CorrectionError::NothingToCredit);
    let history = with(mixed(), [note(50, CreditScope::Rest)]);
    given(history).when(note(51, CreditScope::Rest)).then_expect_error(refused);
}

#[test]
fn tax_is_rounded_on_the_sum_so_that_cents_add_up() {
    // Tax on 1.50 at 5 %: 0.08 (7.5). Three credits of 0.50 take 3, 2 and 3 cents.
    let history = vec![open(), add(line(1, 1, 150, "0.05")), issue_at("0.05")];
    let taxes: Vec<i64> = (0..3)
        .scan(history, |history, step| {
            let command = note(50 + step, lines(&[(1, Some(50))]));
            let event = decided!(history.clone(), command.clone(), CreditNoteIssued);
            history.push(command);
            Some(event.tax.minor())
        })
        .collect();
    assert_eq!(taxes, [3, 2, 3]);
}

#[test]
fn an_amount_is_shared_in_proportion_over_what_is_left() {
    // 1775 of 17750: a tenth of every base and every tax.
    let event = decided!(mixed(), note(50, amount(1_775)), CreditNoteIssued);
    let taken = TaxOfRate { base: usd(1_500), rate: rate("0.05"), tax: usd(75) };
    assert_eq!((event.taxes, event.tax), (vec![taken], usd(75)));
    let items = vec![ItemTotal { amount: usd(1_700), item_type: ItemType::OneOff }];
    assert_eq!((event.items, event.lines), (cuts(items), vec![]));
}

#[test]
fn the_taxes_are_named_as_the_snapshot_names_them() {
    let issue = InvoiceCommand::Issue(Issue {
        configured_rate: rate("0.14975"),
        issued_on: january(31),
        jurisdiction: Some("CA-QC".parse().unwrap()),
        number: Some(7),
    });
    let history =
        vec![open(), add(line(1, 1, 10_000, "0.14975")), add(line(2, 1, 999, "0.05")), issue];
    let named = |parts: &[TaxComponent]| -> Vec<(String, i64)> {
        parts.iter().map(|part| (part.name.to_string(), part.tax.minor())).collect()
    };
    let all = |gst, pst, qst| {
        vec![("GST".to_owned(), gst), ("GST".to_owned(), pst), ("QST".to_owned(), qst)]
    };
    let (_, events) = after(history.clone());
    let Some(InvoiceEvent::Issued(issued)) = events.last() else { panic!("{events:?}") };
    assert_eq!(named(&issued.tax.components), all(50, 500, 998));
    let first = decided!(history.clone(), note(50, lines(&[(1, Some(3_333))])), CreditNoteIssued);
    assert_eq!(named(&first.components), [("GST".to_owned(), 167), ("QST".to_owned(), 332)]);
    let history = with(history, [note(50, lines(&[(1, Some(3_333))]))]);
    let rest = decided!(history, note(51, CreditScope::Rest), CreditNoteIssued);
    assert_eq!(named(&rest.components), all(50, 333, 666));
}

#[test]
fn never_more_than_is_left_is_credited() {
    let too_large = |asked, creditable| {
        let (asked, creditable) = (usd(asked), usd(creditable));
        InvoiceError::from(CorrectionError::CreditNoteTooLarge { asked, creditable })
    };
    given(mixed()).when(note(50, amount(17_751))).then_expect_error(too_large(17_751, 17_750));
    let paid = with(mixed(), [pay(1, 17_750), refund(5, 1, 7_750)]);
    given(paid.clone()).when(note(50, amount(10_001))).then_expect_error(too_large(10_001, 10_000));
    let (invoice, _) = after(with(paid, [note(50, amount(10_000))]));
    assert_eq!(invoice.standing(), Some(standing(0, 0, 10_000, Status::Paid)));
    assert_eq!(invoice.creditable(), Some(usd(0)));
}

#[test]
fn never_more_than_is_left_of_a_line_is_credited() {
    let refused = |asked, left| {
        let (asked, left) = (usd(asked), usd(left));
        InvoiceError::from(CorrectionError::LineCreditTooLarge { asked, left, line_id: id(1) })
    };
    let part = note(50, lines(&[(1, Some(4_000))]));
    given(mixed())
        .when(note(51, lines(&[(1, Some(10_001))])))
        .then_expect_error(refused(10_001, 10_000));
    let history = with(mixed(), [part]);
    given(history.clone())
        .when(note(51, lines(&[(1, Some(6_001))])))
        .then_expect_error(refused(6_001, 6_000));
    let event = decided!(history, note(51, lines(&[(1, None)])), CreditNoteIssued);
    assert_eq!((event.total, event.tax), (usd(6_300), usd(300)));
}

#[test]
fn lines_are_known_named_once_and_have_something_left() {
    given(mixed())
        .when(note(50, lines(&[(9, None)])))
        .then_expect_error(InvoiceError::LineUnknown { line_id: id(9) });
    given(mixed())
        .when(note(50, lines(&[(1, Some(1)), (1, Some(1))])))
        .then_expect_error(CorrectionError::LineTwice { line_id: id(1) }.into());
    let nothing = InvoiceError::from(CorrectionError::NothingToCredit);
    given(mixed()).when(note(50, lines(&[]))).then_expect_error(nothing.clone());
    let history = with(mixed(), [note(50, lines(&[(1, None)]))]);
    given(history).when(note(51, lines(&[(1, None)]))).then_expect_error(nothing);
    given(mixed())
        .when(note(50, lines(&[(1, Some(0))])))
        .then_expect_error(InvoiceError::AmountNotPositive { amount: usd(0) });
    given(mixed()).when(note(50, CreditScope::Amount(eur(1)))).then_expect_error(
        InvoiceError::CurrencyMismatch { given: "EUR".parse().unwrap(), invoice: Currency::USD },
    );
}

#[test]
fn only_an_open_invoice_that_is_not_given_up_is_credited() {
    given(vec![open()])
        .when(note(50, CreditScope::Rest))
        .then_expect_error(InvoiceError::NotOpen { status: Status::Draft });
    given(with(mixed(), [write_off()]))
        .when(note(50, CreditScope::Rest))
        .then_expect_error(InvoiceError::GivenUp);
}

#[test]
fn a_credit_note_is_issued_once() {
    let history = with(mixed(), [note(50, amount(100))]);
    given(history.clone()).when(note(50, amount(100))).then_expect_events(vec![]);
    let exists = CorrectionError::CreditNoteExists { credit_note_id: id(50), total: usd(100) };
    given(history.clone()).when(note(50, amount(101))).then_expect_error(exists.clone().into());
    given(history.clone()).when(note(50, lines(&[(1, None)]))).then_expect_error(exists.into());
    let voided = with(history, [void(50)]);
    given(voided).when(note(50, amount(100))).then_expect_events(vec![]);
}

#[test]
fn voiding_is_the_exact_mirror() {
    let history = with(mixed(), [pay(1, 17_000)]);
    let issued = decided!(history.clone(), note(50, amount(1_000)), CreditNoteIssued);
    let before = after(history.clone()).0.standing();
    let history = with(history, [note(50, amount(1_000))]);
    let voided = decided!(history.clone(), void(50), CreditNoteVoided);
    assert_eq!(
        (voided.applied, voided.credited, voided.items, voided.taxes),
        (issued.applied, issued.credited, issued.items, issued.taxes)
    );
    assert_eq!((voided.number, Some(voided.standing)), (issued.number, before));
    let history = with(history, [void(50)]);
    assert_eq!(after(history.clone()).0.creditable(), Some(usd(17_750)));
    given(history).when(void(50)).then_expect_events(vec![]);
}

#[test]
fn a_credit_note_whose_credit_was_used_is_not_voided() {
    let release = InvoiceCommand::ReleaseCredit(ReleaseCredit {
        amount: usd(200),
        to: crate::values::InvoiceId::new(id(2)),
    });
    let history = with(mixed(), [pay(1, 17_750), note(50, amount(1_000)), release]);
    let used = CorrectionError::CreditUsed { credit: usd(800), needed: usd(1_000) };
    given(history).when(void(50)).then_expect_error(used.into());
    given(mixed())
        .when(void(50))
        .then_expect_error(CorrectionError::CreditNoteUnknown { credit_note_id: id(50) }.into());
}

#[test]
fn what_is_credited_stays_out_of_a_refund_and_of_a_void() {
    let history = with(mixed(), [pay(1, 17_750), note(50, amount(7_750))]);
    let event = decided!(history, refund(5, 1, 17_750), RefundCreated);
    let cut = event.items.iter().map(|item| item.amount.minor()).sum::<i64>();
    assert_eq!((event.from_credit, cut + event.tax.minor()), (usd(7_750), 10_000));

    let event = decided!(with(mixed(), [note(50, amount(7_750))]), cancel(), Canceled);
    assert_eq!(event.total, usd(10_000));
}
