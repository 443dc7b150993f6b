//! **Question:** what do the books say, in double entry?
//!
//! - **Rule:** `ledger::journal::postings`, one balanced entry per event that moves money; so the
//!   trial balance is zero per currency at every position.
//! - **Table:** `journal`, one row per line, keyed by position and line; contract B.5, S1.10.
//! - **Unit:** minor units of the line's currency.
//! - **Fed by:** the invoice events that issue, void, pay, refund, credit, dispute, recognise or
//!   give up, held payments that come or go back, and `billing.books.entry_posted`.

mod daily;
mod general_ledger;
mod monthly;
mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use daily::{DayAmount, by_day};
pub use general_ledger::{AccountPage, ChartAccount, Posted, chart_of_accounts, general_ledger};
pub use monthly::{MonthAmount, by_month};
pub use projector::Journal;
pub use query::{
    AccountBalance, Entries, Line, Period, TrialBalance, account_balances, entry, entry_by_hand,
    lines, trial_balance,
};
pub use rows::Row;
