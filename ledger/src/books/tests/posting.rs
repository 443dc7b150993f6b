use super::*;

const DAY: Date = date!(2026 - 03 - 05);

#[track_caller]
fn refused(history: Vec<BooksCommand>, command: BooksCommand) -> BooksError {
    after(history).0.decide(command).unwrap_err()
}

#[track_caller]
fn code_of(kind: EntryKind, lines: &[EntryLine]) -> &'static str {
    refused(vec![], entry(1, kind, DAY, lines)).code()
}

fn posted(kind: EntryKind, lines: &[EntryLine]) -> usize {
    after(vec![entry(1, kind, DAY, lines)]).1.len()
}

#[test]
fn the_same_entry_posted_again_changes_nothing() {
    given(vec![adjusting(1, DAY)]).when(adjusting(1, DAY)).then_expect_events(vec![]);
    let entry_id = Uuid::from_u128(1);
    given(vec![adjusting(1, DAY)])
        .when(adjusting(1, date!(2026 - 03 - 06)))
        .then_expect_error(BooksError::EntryExists { entry_id });
    given(vec![adjusting(1, DAY)])
        .when(fee(1, DAY))
        .then_expect_error(BooksError::EntryExists { entry_id });
}

#[test]
fn both_sides_are_equal_in_every_currency() {
    let lines = [
        debit(Account::Cash, usd(100)),
        credit(Account::CustomerCredits, usd(99)),
        credit(Account::CustomerCredits, cad(1)),
    ];
    let unbalanced = refused(vec![], entry(1, EntryKind::Adjusting, DAY, &lines));
    assert_eq!(unbalanced.code(), "books.unbalanced");
    let lines = [
        debit(Account::Cash, usd(100)),
        credit(Account::CustomerCredits, usd(60)),
        credit(Account::TaxPayable, usd(40)),
        credit(Account::Cash, cad(7)),
        debit(Account::CustomerCredits, cad(7)),
    ];
    assert_eq!(posted(EntryKind::Adjusting, &lines), 1);
    // Sums beyond 64 bits are compared all the same.
    let huge = [
        debit(Account::Cash, usd(i64::MAX)),
        debit(Account::Cash, usd(i64::MAX)),
        credit(Account::TaxPayable, usd(i64::MAX)),
    ];
    assert_eq!(code_of(EntryKind::Adjusting, &huge), "books.unbalanced");
}

#[test]
fn lines_are_at_least_two_and_above_zero() {
    assert_eq!(code_of(EntryKind::Adjusting, &[]), "books.lines_out_of_range");
    let one = [debit(Account::Cash, usd(1))];
    assert_eq!(code_of(EntryKind::Adjusting, &one), "books.lines_out_of_range");
    assert_eq!(code_of(EntryKind::Adjusting, &one.repeat(501)), "books.lines_out_of_range");
    for amount in [usd(0), usd(-5), usd(i64::MIN)] {
        let lines = [debit(Account::Cash, amount), credit(Account::TaxPayable, amount)];
        assert_eq!(code_of(EntryKind::Adjusting, &lines), "books.amount_not_positive");
    }
}

#[test]
fn each_kind_touches_its_own_accounts_only() {
    use Account::*;
    let two = |left, right| [debit(left, usd(500)), credit(right, usd(500))];
    let payout =
        [debit(Cash, usd(470)), debit(ProcessingFees, usd(30)), credit(StripeClearing, usd(500))];
    assert_eq!(posted(EntryKind::Payout, &payout), 1);
    assert_eq!(posted(EntryKind::Payout, &two(StripeClearing, Cash)), 1, "taken back");
    assert_eq!(code_of(EntryKind::Payout, &two(Cash, ProcessingFees)), "books.account_missing");
    assert_eq!(code_of(EntryKind::Payout, &two(Cash, Receivables)), "books.account_not_allowed");
    assert_eq!(posted(EntryKind::ProviderFee, &two(ProcessingFees, StripeClearing)), 1);
    let fee = code_of(EntryKind::ProviderFee, &two(ProcessingFees, Cash));
    assert_eq!(fee, "books.account_not_allowed");
    assert_eq!(posted(EntryKind::Allowance, &two(CreditLossExpense, CreditLossAllowance)), 1);
    let allowance = code_of(EntryKind::Allowance, &two(CreditLossExpense, Receivables));
    assert_eq!(allowance, "books.account_not_allowed");
    assert_eq!(posted(EntryKind::Opening, &two(Cash, OpeningBalances)), 1);
    assert_eq!(code_of(EntryKind::Opening, &two(Cash, Receivables)), "books.account_missing");
    assert_eq!(posted(EntryKind::Adjusting, &two(OpeningBalances, PayerInterest)), 1);
    let by_hand = code_of(EntryKind::Reversal, &two(Cash, Receivables));
    assert_eq!(by_hand, "books.reversal_by_hand");
}

#[test]
fn a_needed_account_is_needed_in_every_currency() {
    let lines = [
        debit(Account::Cash, usd(5)),
        credit(Account::OpeningBalances, usd(5)),
        debit(Account::Cash, cad(5)),
        credit(Account::Receivables, cad(5)),
    ];
    assert_eq!(code_of(EntryKind::Opening, &lines), "books.account_missing");
}

#[test]
fn a_mirror_undoes_an_entry_once() {
    let history = || vec![adjusting(1, DAY), reverse(1, 2, DAY)];
    let mirror = &after(history()).1[1];
    let BooksEvent::EntryPosted(mirror) = mirror else { panic!("{mirror:?}") };
    assert_eq!(mirror.kind, EntryKind::Reversal);
    assert_eq!(mirror.lines[0], credit(Account::ServiceRevenue, usd(10_000)));
    assert_eq!(mirror.lines[1], debit(Account::DeferredRevenue, usd(10_000)));
    given(history()).when(reverse(1, 2, DAY)).then_expect_events(vec![]);
    assert_eq!(refused(history(), reverse(1, 3, DAY)).code(), "books.entry_reversed");
    assert_eq!(refused(history(), reverse(2, 3, DAY)).code(), "books.entry_is_reversal");
    assert_eq!(refused(history(), reverse(9, 3, DAY)).code(), "books.unknown_entry");
    let before = refused(vec![adjusting(1, DAY)], reverse(1, 2, date!(2026 - 03 - 04)));
    assert_eq!(before.code(), "books.before_entry");
    let taken = refused(vec![adjusting(1, DAY), fee(2, DAY)], reverse(1, 2, DAY));
    assert_eq!(taken.code(), "books.entry_exists");
}
