//! The two files of `import csv`.

use ledger::values::Money;

use crate::import::{
    AccountLine, InvoiceLine, Problem, digest, prove, read_accounts, read_invoices,
};
use ledger::books::Side;

/// Opening balances up to the first zero byte, open invoices after it.
///
/// # Panics
///
/// When a line passes that does not add up, when a problem names no line of the file, when
/// something stays on account 3900 although the proof holds, or when what was read is something
/// else once written.
pub fn opening(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let (first, second) = bytes.split_at(end);
    let second = second.get(1..).unwrap_or_default();
    let (accounts, invoices) = (read_accounts("a", first), read_invoices("i", second));
    are_within(&accounts.problems, first);
    are_within(&invoices.problems, second);
    for line in &accounts.lines {
        assert!(line.amount.is_positive(), "{line:?}");
    }
    for line in &invoices.lines {
        let owed = line.subtotal.plus(line.tax).and_then(|total| total.minus(line.balance));
        assert!(owed.is_ok_and(|paid| !paid.is_negative()), "line {}", line.line);
        assert!(line.balance.is_positive() && line.due_on >= line.issued_on, "line {}", line.line);
    }
    let proof = prove(&accounts.lines, &invoices.lines);
    for balance in proof.0.values().filter(|balance| balance.holds()) {
        assert_eq!(balance.opening_minor, 0, "{balance:?}");
    }
    let again = read_accounts("a", written_accounts(&accounts.lines).as_bytes());
    assert!(again.problems.is_empty() && again.lines == accounts.lines, "{:?}", again.problems);
    let text = written_invoices(&invoices.lines);
    let again = read_invoices("i", text.as_bytes());
    let same = again.lines.iter().map(cells).eq(invoices.lines.iter().map(cells));
    assert!(again.problems.is_empty() && same, "{:?} in {text:?}", again.problems);
    if !first.is_empty() {
        let (whole, other) = (digest(first, second), digest(&first[..first.len() - 1], second));
        assert!(whole != other, "two sources, one digest");
    }
}

fn are_within(problems: &[Problem], bytes: &[u8]) {
    let ends = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
    for problem in problems {
        let within = usize::try_from(problem.line).is_ok_and(|line| (1..=ends + 1).contains(&line));
        assert!(within, "{problem}");
    }
}

fn written_accounts(lines: &[AccountLine]) -> String {
    let mut text = "account,debit,credit,currency\n".to_owned();
    for AccountLine { account, side, amount } in lines {
        let (debit, credit) = match side {
            Side::Debit => (amount.to_string(), String::new()),
            Side::Credit => (String::new(), amount.to_string()),
        };
        text += &format!("{account},{debit},{credit},{}\n", amount.currency());
    }
    text
}

fn written_invoices(lines: &[InvoiceLine]) -> String {
    let mut text =
        "number,customer_id,issued_on,due_on,currency,subtotal,tax,total,paid,balance\n".to_owned();
    for line in lines {
        let minor = |minor| Money::from_minor(minor, line.balance.currency());
        let total = line.subtotal.minor() + line.tax.minor();
        let customer = line.customer_id.as_deref().unwrap_or_default().replace('"', "\"\"");
        text += &format!(
            "{},\"{customer}\",{},{},{},{},{},{},{},{}\n",
            line.number,
            line.issued_on,
            line.due_on,
            line.balance.currency(),
            line.subtotal,
            line.tax,
            minor(total),
            minor(total - line.balance.minor()),
            line.balance,
        );
    }
    text
}

/// Everything but the place in the file, which need not be the same.
fn cells(line: &InvoiceLine) -> (&str, Option<&str>, [time::Date; 2], [Money; 3]) {
    let days = [line.issued_on, line.due_on];
    (&line.number, line.customer_id.as_deref(), days, [line.subtotal, line.tax, line.balance])
}
