//! Enumerations as words in text columns.

use std::error::Error;

use bytes::BytesMut;
use ledger::{
    books::EntryKind,
    invoice::{InvoiceType, ItemType, PaymentMethod, Status},
    subscription::HoldReason,
    values::Currency,
};
use postgres_types::{FromSql, IsNull, ToSql, Type};

use super::Cell;

/// A value that has a word of its own, the same that events and answers use.
pub trait Worded: Copy + PartialEq + Send + Sync + std::fmt::Debug + 'static {
    /// The word.
    fn word(&self) -> &str;

    /// The value of a word.
    fn of_word(word: &str) -> Option<Self>;
}

/// A worded value in a text column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word<T>(pub T);

impl<T: Worded> ToSql for Word<T> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.0.word().to_sql(ty, out)
    }

    fn accepts(ty: &Type) -> bool {
        <&str as ToSql>::accepts(ty)
    }

    postgres_types::to_sql_checked!();
}

impl<'a, T: Worded> FromSql<'a> for Word<T> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        let word = <&str>::from_sql(ty, raw)?;
        T::of_word(word).map(Self).ok_or_else(|| format!("unknown word {word}").into())
    }

    fn accepts(ty: &Type) -> bool {
        <&str as FromSql>::accepts(ty)
    }
}

impl<T: Worded> Cell for Word<T> {
    const SQL: &'static str = "text";

    fn wire() -> Type {
        Type::TEXT
    }
}

/// Gives the words of an enumeration; the compiler asks for every value.
#[macro_export]
macro_rules! worded {
    ($($type:ty { $($variant:ident = $word:literal),+ $(,)? })+) => {
        $(impl $crate::engine::Worded for $type {
            fn word(&self) -> &str {
                match self { $( Self::$variant => $word, )+ }
            }

            fn of_word(word: &str) -> Option<Self> {
                match word { $( $word => Some(Self::$variant), )+ _ => None }
            }
        })+
    };
}

worded! {
    InvoiceType { Monthly = "monthly", SetupFee = "setup_fee", OneOff = "one_off" }
    ItemType {
        PatientActivation = "patient_activation",
        SetupFee = "setup_fee",
        Subscription = "subscription",
        OneOff = "one_off",
    }
    Status {
        Draft = "draft",
        Sent = "sent",
        Partial = "partial",
        Paid = "paid",
        Overdue = "overdue",
        Failed = "failed",
        Canceled = "canceled",
    }
    PaymentMethod {
        Stripe = "stripe",
        Card = "card",
        BankTransfer = "bank_transfer",
        Check = "check",
        Cash = "cash",
        Other = "other",
    }
    EntryKind {
        Adjusting = "adjusting",
        Allowance = "allowance",
        Opening = "opening",
        Payout = "payout",
        ProviderFee = "provider_fee",
        Reversal = "reversal",
    }
    HoldReason {
        CurrencyMismatch = "currency_mismatch",
        InvoiceNotOpen = "invoice_not_open",
        UnknownInvoice = "unknown_invoice",
    }
}

impl Worded for Currency {
    fn word(&self) -> &str {
        self.code()
    }

    fn of_word(word: &str) -> Option<Self> {
        word.parse().ok()
    }
}
