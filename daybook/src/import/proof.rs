//! Whether the two files agree.

use std::collections::BTreeMap;

use ledger::books::Side;
use ledger::journal::Account;
use ledger::values::Currency;

use super::{AccountLine, InvoiceLine};

/// What the files come to in one currency, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Balance {
    /// Sum of the debits.
    pub debit_minor: i128,
    /// Sum of the credits.
    pub credit_minor: i128,
    /// What stands on account 1100.
    pub receivables_minor: i128,
    /// What is owed of the invoices.
    pub invoices_minor: i128,
    /// What account 3900 comes to once all is in.
    pub opening_minor: i128,
    /// How many invoices.
    pub invoices: i64,
}

impl Balance {
    /// Debits equal credits, and the invoices account 1100.
    pub fn holds(&self) -> bool {
        self.debit_minor == self.credit_minor && self.receivables_minor == self.invoices_minor
    }
}

/// The proof, by currency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proof(pub BTreeMap<Currency, Balance>);

impl Proof {
    /// Whether it holds in every currency.
    pub fn holds(&self) -> bool {
        self.0.values().all(Balance::holds)
    }
}

/// Adds up what the files say, and what account 3900 would come to.
pub fn prove(accounts: &[AccountLine], invoices: &[InvoiceLine]) -> Proof {
    let mut proof = Proof::default();
    for line in accounts {
        let balance = proof.0.entry(line.amount.currency()).or_default();
        let minor = i128::from(line.amount.minor());
        let signed = match line.side {
            Side::Debit => {
                balance.debit_minor += minor;
                minor
            }
            Side::Credit => {
                balance.credit_minor += minor;
                -minor
            }
        };
        if line.account == Account::Receivables {
            balance.receivables_minor += signed;
        } else {
            balance.opening_minor -= signed;
        }
    }
    for invoice in invoices {
        let balance = proof.0.entry(invoice.balance.currency()).or_default();
        let minor = i128::from(invoice.balance.minor());
        balance.invoices += 1;
        balance.invoices_minor += minor;
        balance.opening_minor -= minor;
    }
    proof
}

#[cfg(test)]
mod tests {
    use ledger::values::Money;
    use time::macros::date;

    use super::*;

    fn line(account: Account, side: Side, minor: i64) -> AccountLine {
        AccountLine { account, side, amount: Money::from_minor(minor, Currency::USD) }
    }

    fn invoice(minor: i64) -> InvoiceLine {
        let amount = Money::from_minor(minor, Currency::USD);
        InvoiceLine {
            line: 2,
            number: "1".to_owned(),
            customer_id: None,
            issued_on: date!(2026 - 01 - 01),
            due_on: date!(2026 - 01 - 31),
            subtotal: amount,
            tax: Money::zero(Currency::USD),
            balance: amount,
        }
    }

    #[test]
    fn when_the_files_agree_nothing_is_left_on_3900() {
        let accounts = [
            line(Account::Cash, Side::Debit, 500),
            line(Account::Receivables, Side::Debit, 300),
            line(Account::DeferredRevenue, Side::Credit, 800),
        ];
        let proof = prove(&accounts, &[invoice(100), invoice(200)]);
        assert!(proof.holds());
        assert_eq!(proof.0[&Currency::USD].opening_minor, 0);
    }

    #[test]
    fn what_is_missing_stays_on_3900() {
        let accounts = [
            line(Account::Cash, Side::Debit, 500),
            line(Account::Receivables, Side::Debit, 300),
            line(Account::DeferredRevenue, Side::Credit, 800),
        ];
        let proof = prove(&accounts, &[invoice(100)]);
        assert!(!proof.holds());
        assert_eq!(proof.0[&Currency::USD].opening_minor, 200);
        let uneven = prove(&accounts[1..], &[invoice(300)]);
        assert!(!uneven.holds());
    }
}
