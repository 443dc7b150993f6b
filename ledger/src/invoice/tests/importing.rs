use super::*;
use crate::journal::postings;

fn command(subtotal: i64, tax: i64, balance: i64) -> Import {
    Import {
        balance: usd(balance),
        customer_id: None,
        due_on: january(20),
        import: id(77),
        imported_on: january(31),
        issued_on: january(2),
        line_id: id(1),
        number: "2025/117".to_owned(),
        rounding: Rounding::HalfAwayFromZero,
        subtotal: usd(subtotal),
        tax: usd(tax),
    }
}

fn taken_over(command: Import) -> Invoice {
    let mut invoice = Invoice::default();
    let events = invoice.decide(InvoiceCommand::Import(command)).unwrap();
    events.into_iter().for_each(|event| invoice.apply(event));
    invoice
}

#[test]
fn it_stands_as_it_stood_there() {
    let invoice = taken_over(command(1_000, 130, 630));
    let standing = invoice.standing().unwrap();
    assert_eq!((standing.balance, standing.paid), (usd(630), usd(500)));
    assert_eq!(standing.status, Status::Partial);
    assert_eq!(invoice.number(), Some("2025/117"));
    assert_eq!(invoice.totals().unwrap().total, usd(1_130));
    assert_eq!(taken_over(command(1_000, 0, 1_000)).status(), Status::Overdue);
    let not_due = Import { due_on: january(31), ..command(1_000, 0, 1_000) };
    assert_eq!(taken_over(not_due).status(), Status::Sent);
}

#[test]
fn its_balance_stands_against_the_opening_balances() {
    let events = Invoice::default().decide(InvoiceCommand::Import(command(1_000, 130, 630)));
    let lines: Vec<_> = postings(&events.unwrap()[0].clone().into())
        .into_iter()
        .map(|line| (line.account.number(), line.debit_minor, line.credit_minor))
        .collect();
    assert_eq!(lines, [("1100", 630, 0), ("3900", 0, 630)]);
}

#[test]
fn again_it_changes_nothing_and_another_one_under_its_number_is_refused() {
    let invoice = taken_over(command(1_000, 130, 630));
    assert_eq!(invoice.decide(InvoiceCommand::Import(command(1_000, 130, 630))), Ok(vec![]));
    for other in [command(1_000, 130, 600), command(1_001, 130, 631)] {
        let refused = invoice.decide(InvoiceCommand::Import(other)).unwrap_err();
        assert_eq!(refused.code(), "invoice.exists");
    }
}

#[test]
fn what_does_not_add_up_or_is_not_open_is_refused() {
    let refused = |command| {
        let error = Invoice::default().decide(InvoiceCommand::Import(command)).unwrap_err();
        error.code()
    };
    for (subtotal, tax, balance) in
        [(1_000, 130, 0), (1_000, 130, 1_131), (0, 130, 100), (-5, 6, 1)]
    {
        assert_eq!(refused(command(subtotal, tax, balance)), "invoice.import_uneven");
    }
    let ours = Import { number: "INV-202601-00001".to_owned(), ..command(1_000, 0, 1_000) };
    assert_eq!(refused(ours), "invoice.number_of_ours");
    let early = Import { due_on: january(1), ..command(1_000, 0, 1_000) };
    assert_eq!(refused(early), "invoice.date_out_of_range");
}

#[test]
fn from_then_on_it_is_paid_and_written_off_as_any_other() {
    let mut invoice = taken_over(command(1_000, 130, 630));
    let pay = RecordPayment {
        amount: usd(200),
        method: PaymentMethod::Check,
        payment_id: id(5),
        reason_code: None,
        received_on: january(31),
        reference: None,
        state: PaymentState::Succeeded,
    };
    let write_off = WriteOff {
        note: None,
        reason_code: "uncollectible".parse().unwrap(),
        written_off_on: january(32),
    };
    let commands = [InvoiceCommand::RecordPayment(pay), InvoiceCommand::WriteOff(write_off)];
    let balances = [430, 0];
    for (command, balance) in commands.into_iter().zip(balances) {
        let events = invoice.decide(command).unwrap();
        events.into_iter().for_each(|event| invoice.apply(event));
        assert_eq!(invoice.balance(), Some(usd(balance)));
    }
}

#[test]
fn numbers_of_other_systems_are_words_with_a_digit() {
    for number in ["1", "2025/117", "F-2025.001", "#77", "CN-1", "INV-77"] {
        assert!(is_foreign_number(number), "{number}");
    }
    let long = "1".repeat(MOST_NUMBER_CHARS + 1);
    for number in ["", "Rechnung", "12 34", "INV-202601-00001", "CN-202601-7", "é1", long.as_str()]
    {
        assert!(!is_foreign_number(number), "{number}");
    }
}
