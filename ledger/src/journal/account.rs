//! The chart of accounts.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::invoice::{ItemType, PaymentMethod};

/// What an account's balance means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountClass {
    /// What we have.
    Asset,
    /// What we owe.
    Liability,
    /// What was there before the books began.
    Equity,
    /// What we earned, and what cuts it.
    Revenue,
    /// What it cost.
    Expense,
}

/// Writes the chart: one line per account.
macro_rules! chart {
    ($( $(#[$doc:meta])* $account:ident = $number:literal $class:ident $name:literal; )+) => {
        /// An account of the chart.
        ///
        /// - **Unit:** stored as its number.
        /// - **Source:** `vectors/journal-entries.json`; 3900 is ours, for imports.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Account {
            $( $(#[$doc])* $account, )+
        }

        impl Account {
            /// Every account, by number.
            pub const ALL: &'static [Self] = &[$( Self::$account, )+];

            /// Its number in the chart.
            pub const fn number(self) -> &'static str {
                match self { $( Self::$account => $number, )+ }
            }

            /// Its name in the chart.
            pub const fn name(self) -> &'static str {
                match self { $( Self::$account => $name, )+ }
            }

            /// What its balance means.
            pub const fn class(self) -> AccountClass {
                match self { $( Self::$account => AccountClass::$class, )+ }
            }
        }
    };
}

chart! {
    /// 1000: money in the bank.
    Cash = "1000" Asset "Cash";
    /// 1010: money at Stripe, not paid out yet.
    StripeClearing = "1010" Asset "Stripe clearing";
    /// 1020: money from payers, not at the bank yet.
    InsuranceClearing = "1020" Asset "Insurance EFT clearing";
    /// 1100: what orgs owe.
    Receivables = "1100" Asset "A/R offices (SaaS)";
    /// 1110: what payers owe.
    InsuranceReceivables = "1110" Asset "A/R insurance";
    /// 1120: what patients owe.
    PatientReceivables = "1120" Asset "A/R patients";
    /// 1190: what will not come in.
    CreditLossAllowance = "1190" Asset "Allowance for credit losses (contra asset)";
    /// 2000: billed ahead, not earned yet.
    DeferredRevenue = "2000" Liability "Deferred revenue (contract liability)";
    /// 2100: tax owed to the state.
    TaxPayable = "2100" Liability "GST/HST payable";
    /// 2200: money that belongs to customers.
    CustomerCredits = "2200" Liability "Unapplied cash and customer credits";
    /// 2210: refunds granted, not yet gone.
    RefundsPayable = "2210" Liability "Refunds payable";
    /// 2220: what payers will take back.
    DueToPayers = "2220" Liability "Due to payers (recoupment, forwarded balances)";
    /// 3900: the other side of balances brought in; zero once all are.
    OpeningBalances = "3900" Equity "Opening balances";
    /// 4000: plan fees earned, and services delivered when charged.
    ServiceRevenue = "4000" Revenue "Subscription revenue";
    /// 4010: patients billed for a cycle.
    ActivationRevenue = "4010" Revenue "Patient activation revenue";
    /// 4020: set-up fees earned.
    SetupRevenue = "4020" Revenue "Setup fee revenue";
    /// 4100: care at list price.
    PatientServiceRevenue = "4100" Revenue "Gross patient service revenue";
    /// 4190: what contracts with payers take off.
    ContractualAdjustments = "4190" Revenue "Contractual adjustments (contra revenue)";
    /// 4191: what payers take off without a contract.
    OtherPayerReductions = "4191" Revenue "Other payer reductions, non-contract (contra revenue)";
    /// 4195: what patients will not pay.
    PriceConcessions = "4195" Revenue "Implicit price concessions (contra revenue)";
    /// 4900: interest that payers paid.
    PayerInterest = "4900" Revenue "Interest received from payers";
    /// 5000: what payment providers charge.
    ProcessingFees = "5000" Expense "Payment processing fees";
    /// 5010: disputed money that is gone.
    ChargebackLosses = "5010" Expense "Chargeback losses";
    /// 5100: the estimate of what will not come in.
    CreditLossExpense = "5100" Expense "Credit loss expense (SaaS)";
}

impl Account {
    /// The account of a number.
    pub fn of_number(number: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|account| account.number() == number)
    }

    /// Where money of a kind arrives and leaves.
    pub const fn of_method(method: PaymentMethod) -> Self {
        match method {
            PaymentMethod::Stripe => Self::StripeClearing,
            PaymentMethod::Card
            | PaymentMethod::BankTransfer
            | PaymentMethod::Check
            | PaymentMethod::Cash
            | PaymentMethod::Other => Self::Cash,
        }
    }

    /// Where an item goes when it is billed.
    pub const fn of_item(item_type: ItemType) -> Self {
        match item_type {
            ItemType::SetupFee | ItemType::Subscription => Self::DeferredRevenue,
            ItemType::PatientActivation | ItemType::OneOff => Self::of_earned(item_type),
        }
    }

    /// Where an item's revenue stands once it is earned.
    pub const fn of_earned(item_type: ItemType) -> Self {
        match item_type {
            ItemType::PatientActivation => Self::ActivationRevenue,
            ItemType::SetupFee => Self::SetupRevenue,
            ItemType::Subscription | ItemType::OneOff => Self::ServiceRevenue,
        }
    }
}

/// A number that is not in the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such account in the chart")]
pub struct UnknownAccount;

impl FromStr for Account {
    type Err = UnknownAccount;

    fn from_str(text: &str) -> Result<Self, UnknownAccount> {
        Self::of_number(text).ok_or(UnknownAccount)
    }
}

impl fmt::Display for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.number())
    }
}

impl Serialize for Account {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.number())
    }
}

impl<'de> Deserialize<'de> for Account {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
