//! Profit and loss.

use ledger::{
    journal::{Account, AccountClass},
    values::{Currency, Money},
};

use crate::{
    answers::money,
    credit_notes,
    engine::{EngineError, Snapshot, Word},
    journal::{AccountBalance, Entries, Period, account_balances},
    tax_snapshot,
};

/// What an account brought or cost.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountAmount {
    /// Which.
    pub account: Account,
    /// How much; below zero where a revenue account was cut or an expense came back.
    pub amount: Money,
}

/// What was billed in a period, whether earned in it or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Billed {
    /// Invoices issued in the period and not voided.
    pub invoices: i64,
    /// Their subtotals, net of tax.
    pub net: Money,
    /// Their taxes.
    pub tax: Money,
    /// Both.
    pub total: Money,
    /// Taken back by credit notes of the period, net of tax.
    pub credited_net: Money,
    /// Tax taken back by credit notes of the period.
    pub credited_tax: Money,
}

/// Profit and loss of a period in one currency.
#[derive(Debug, Clone, PartialEq)]
pub struct ProfitAndLoss {
    /// The currency.
    pub currency: Currency,
    /// Revenue by account, by number; contra accounts below zero.
    pub revenue: Vec<AccountAmount>,
    /// Expenses by account, by number.
    pub expenses: Vec<AccountAmount>,
    /// Sum of the revenue.
    pub total_revenue: Money,
    /// Sum of the expenses.
    pub total_expenses: Money,
    /// Revenue less expenses.
    pub net: Money,
    /// What was billed.
    pub billed: Billed,
}

/// What was earned and spent in a period, by currency.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn profit_and_loss(
    snapshot: &Snapshot,
    period: Period,
) -> Result<Vec<ProfitAndLoss>, EngineError> {
    let balances = account_balances(snapshot, period, Entries::All).await?;
    let sums = tax_snapshot::sums(snapshot, period.from, period.until).await?;
    let taken = credit_notes::taken_back(snapshot, period).await?;
    let mut currencies: Vec<Currency> =
        balances.iter().map(|balance| balance.balance.currency()).collect();
    currencies.extend(sums.iter().map(|sum| sum.total.currency()));
    currencies.extend(taken.iter().map(|taken| taken.total.currency()));
    currencies.sort_by(|one, other| one.code().cmp(other.code()));
    currencies.dedup();
    let of = |currency: Currency| {
        let zero = Money::zero(currency);
        let here = sums.iter().filter(|sum| sum.total.currency() == currency);
        let credited = taken.iter().find(|taken| taken.total.currency() == currency);
        let mut billed = Billed {
            invoices: 0,
            net: zero,
            tax: zero,
            total: zero,
            credited_net: credited.map_or(zero, |taken| taken.net),
            credited_tax: credited.map_or(zero, |taken| taken.tax),
        };
        let plus = |one: Money, other: Money| money(one.minor() + other.minor(), Word(currency));
        for sum in here {
            billed.invoices += sum.invoices;
            billed.net = plus(billed.net, sum.subtotal);
            billed.tax = plus(billed.tax, sum.tax);
            billed.total = plus(billed.total, sum.total);
        }
        answer(currency, &balances, billed)
    };
    Ok(currencies.into_iter().map(of).collect())
}

fn answer(currency: Currency, balances: &[AccountBalance], billed: Billed) -> ProfitAndLoss {
    // Revenue stands on the right, expenses on the left.
    let of = |class: AccountClass, sign: i64| -> Vec<AccountAmount> {
        let here = balances.iter().filter(|one| one.balance.currency() == currency);
        here.filter(|one| one.account.class() == class)
            .map(|one| AccountAmount {
                account: one.account,
                amount: money(sign * one.balance.minor(), Word(currency)),
            })
            .collect()
    };
    let sum = |amounts: &[AccountAmount]| amounts.iter().map(|one| one.amount.minor()).sum::<i64>();
    let (revenue, expenses) = (of(AccountClass::Revenue, -1), of(AccountClass::Expense, 1));
    let (total_revenue, total_expenses) = (sum(&revenue), sum(&expenses));
    ProfitAndLoss {
        currency,
        revenue,
        expenses,
        total_revenue: money(total_revenue, Word(currency)),
        total_expenses: money(total_expenses, Word(currency)),
        net: money(total_revenue - total_expenses, Word(currency)),
        billed,
    }
}
