//! The codes and kinds of an invoice's refusals.

use serde_json::Value;

use crate::{
    decide::{Refusal, RefusalKind},
    invoice::InvoiceError,
};

impl Refusal for InvoiceError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "invoice.unknown",
            Self::Exists { .. } => "invoice.exists",
            Self::NotDraft { .. } => "invoice.not_draft",
            Self::NotOpen { .. } => "invoice.not_open",
            Self::GivenUp => "invoice.written_off",
            Self::PeriodNeeded => "invoice.period_needed",
            Self::PeriodEmpty { .. } => "invoice.period_empty",
            Self::PaymentTermsTooLong { .. } => "invoice.payment_terms_too_long",
            Self::DateOutOfRange => "invoice.date_out_of_range",
            Self::LineExists { .. } => "invoice.line_exists",
            Self::LineTakenOff { .. } => "invoice.line_taken_off",
            Self::ImportUneven { .. } => "invoice.import_uneven",
            Self::NumberOfOurs => "invoice.number_of_ours",
            Self::LineUnknown { .. } => "invoice.line_unknown",
            Self::QuantityOutOfRange { .. } => "invoice.quantity_out_of_range",
            Self::PriceNegative { .. } => "invoice.price_negative",
            Self::TooManyRates { .. } => "invoice.too_many_rates",
            Self::CurrencyMismatch { .. } => "invoice.currency_mismatch",
            Self::AmountNotPositive { .. } => "invoice.amount_not_positive",
            Self::AmountOutOfRange => "invoice.amount_out_of_range",
            Self::NothingToIssue => "invoice.nothing_to_issue",
            Self::NumberMissing => "invoice.number_missing",
            Self::PaymentExists { .. } => "invoice.payment_exists",
            Self::PaymentUnknown { .. } => "invoice.payment_unknown",
            Self::PaymentNotSucceeded { .. } => "invoice.payment_not_succeeded",
            Self::PaymentRefunded { .. } => "invoice.payment_refunded",
            Self::RefundExists { .. } => "invoice.refund_exists",
            Self::RefundUnknown { .. } => "invoice.refund_unknown",
            Self::RefundTooLarge { .. } => "invoice.refund_too_large",
            Self::CreditTooSmall { .. } => "invoice.credit_too_small",
            Self::AboveBalance { .. } => "invoice.above_balance",
            Self::NothingOwed { .. } => "invoice.nothing_owed",
            Self::HasPayments { .. } => "invoice.has_payments",
            Self::Correction(error) => error.code(),
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::Unknown
            | Self::LineUnknown { .. }
            | Self::PaymentUnknown { .. }
            | Self::RefundUnknown { .. } => RefusalKind::Unknown,
            Self::PeriodNeeded
            | Self::PeriodEmpty { .. }
            | Self::PaymentTermsTooLong { .. }
            | Self::DateOutOfRange
            | Self::ImportUneven { .. }
            | Self::NumberOfOurs
            | Self::QuantityOutOfRange { .. }
            | Self::PriceNegative { .. }
            | Self::TooManyRates { .. }
            | Self::CurrencyMismatch { .. }
            | Self::AmountNotPositive { .. }
            | Self::AmountOutOfRange
            | Self::NumberMissing
            | Self::RefundTooLarge { .. }
            | Self::CreditTooSmall { .. }
            | Self::AboveBalance { .. } => RefusalKind::Invalid,
            Self::NotDraft { .. }
            | Self::NotOpen { .. }
            | Self::GivenUp
            | Self::NothingToIssue
            | Self::PaymentNotSucceeded { .. }
            | Self::PaymentRefunded { .. }
            | Self::NothingOwed { .. }
            | Self::HasPayments { .. } => RefusalKind::NotNow,
            Self::Exists { .. }
            | Self::LineExists { .. }
            | Self::LineTakenOff { .. }
            | Self::PaymentExists { .. }
            | Self::RefundExists { .. } => RefusalKind::Conflict,
            Self::Correction(error) => error.kind(),
        }
    }

    fn details(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}
