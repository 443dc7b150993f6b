//! Opening balances.

use std::collections::HashSet;

use ledger::books::Side;
use ledger::journal::Account;
use ledger::values::{Currency, Money};

use super::file::{Cells, Read, read};

const COLUMNS: &[&str] = &["account", "debit", "credit", "currency"];

/// What stands on one side of one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountLine {
    /// Which account.
    pub account: Account,
    /// Which side.
    pub side: Side,
    /// How much, above zero.
    pub amount: Money,
}

/// Reads a file of opening balances. Accounts without a balance are passed over.
pub fn read_accounts(name: &str, bytes: &[u8]) -> Read<AccountLine> {
    let mut seen = HashSet::new();
    let Read { lines, problems } = read(name, bytes, COLUMNS, |cells| account(cells, &mut seen));
    Read { lines: lines.into_iter().flatten().collect(), problems }
}

fn account(
    cells: &mut Cells<'_>,
    seen: &mut HashSet<(Account, Currency)>,
) -> Option<Option<AccountLine>> {
    let account: Option<Account> = cells.parsed("account", "a number of the chart of accounts");
    let currency: Option<Currency> = cells.parsed("currency", "an ISO 4217 currency");
    let currency = currency?;
    let (debit, credit) = (cells.amount("debit", currency), cells.amount("credit", currency));
    let (account, debit, credit) = (account?, debit?, credit?);
    if account == Account::OpeningBalances {
        cells.wrong("account", "3900 is the other side of all the others and is left out");
        return None;
    }
    if !seen.insert((account, currency)) {
        cells.wrong("account", "the account stands twice in this currency");
        return None;
    }
    match (debit.is_zero(), credit.is_zero()) {
        (true, true) => Some(None),
        (false, true) => Some(Some(AccountLine { account, side: Side::Debit, amount: debit })),
        (true, false) => Some(Some(AccountLine { account, side: Side::Credit, amount: credit })),
        (false, false) => {
            cells.wrong("credit", "a balance stands on one side only");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let read = read_accounts("accounts.csv", text.as_bytes());
        read.problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn balances_are_read_in_any_order_of_columns() {
        let text = "currency,account,credit,debit\nUSD,1000,,12.50\nUSD,2200,12.50,0\nUSD,4000,,\n";
        let read = read_accounts("accounts.csv", text.as_bytes());
        assert!(read.problems.is_empty(), "{:?}", read.problems);
        let cad = |minor| Money::from_minor(minor, Currency::USD);
        let (cash, credits) = (Account::Cash, Account::CustomerCredits);
        let expected = [
            AccountLine { account: cash, side: Side::Debit, amount: cad(1_250) },
            AccountLine { account: credits, side: Side::Credit, amount: cad(1_250) },
        ];
        assert_eq!(read.lines, expected);
    }

    #[test]
    fn every_wrong_line_is_named_with_its_column() {
        let text = "account,debit,credit,currency\n\
            9999,1.00,,USD\n1000,1.005,,USD\n1000,-1,,USD\n1000,1,1,USD\n1000,1,,XX\n1000,1\n\
            3900,1,,USD\n1010,1,,USD\n1010,2,,USD\n";
        assert_eq!(
            said(text),
            [
                "accounts.csv:2:account: a number of the chart of accounts is expected",
                "accounts.csv:3:debit: more than 2 decimal places",
                "accounts.csv:4:debit: an amount is not below zero here",
                "accounts.csv:5:credit: a balance stands on one side only",
                "accounts.csv:6:currency: an ISO 4217 currency is expected",
                "accounts.csv:7: 2 cells, 4 are expected",
                "accounts.csv:8:account: 3900 is the other side of all the others and is left out",
                "accounts.csv:10:account: the account stands twice in this currency",
            ]
        );
    }

    #[test]
    fn a_header_that_is_not_ours_is_refused() {
        let all = "there are account,debit,credit,currency";
        let missing = format!("accounts.csv:1: column credit is missing; {all}");
        assert_eq!(said("account,debit,currency\n"), [missing]);
        let unknown = format!("accounts.csv:1: there is no column \"saldo\"; {all}");
        assert_eq!(said("account,debit,credit,currency,saldo\n"), [unknown]);
    }
}
