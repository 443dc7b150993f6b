//! What a payer would not take.

use serde::{Deserialize, Serialize};

/// Something that is wrong with a claim before it goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Which line, counted from one; `None` is the claim.
    pub line: Option<u8>,
    /// What.
    pub problem: Problem,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// The check digit is wrong.
    BillingNpiInvalid,
    /// Who bills?
    BillingNpiMissing,
    /// The lines come to nothing.
    ChargeNotPositive,
    /// At least one is needed.
    DiagnosisMissing,
    /// A payer does not know the patient without it.
    MemberIdMissing,
    /// At least one is needed.
    NoLine,
    /// A replacement or void must say of what.
    PayerClaimNumberMissing,
    /// Who is to pay?
    PayerMissing,
    /// Where was it?
    PlaceOfServiceMissing,
    /// A line needs a diagnosis.
    PointerMissing,
    /// There is no such diagnosis.
    PointerOutOfRange,
    /// It is left out when it is the billing provider.
    RenderingIsBilling,
    /// The check digit is wrong.
    RenderingNpiInvalid,
    /// The last day lies before the first.
    ServiceDatesBackwards,
    /// Not delivered yet.
    ServiceInFuture,
    /// A line needs some.
    UnitsMissing,
}

impl Problem {
    /// The loop and element of X12 837P (X222A1) that it is about.
    pub const fn element(self) -> &'static str {
        match self {
            Self::BillingNpiInvalid | Self::BillingNpiMissing => "2010AA NM109",
            Self::ChargeNotPositive => "2300 CLM02",
            Self::DiagnosisMissing => "2300 HI01",
            Self::MemberIdMissing => "2010BA NM109",
            Self::NoLine => "2400 LX01",
            Self::PayerClaimNumberMissing => "2300 REF02 (F8)",
            Self::PayerMissing => "2010BB NM109",
            Self::PlaceOfServiceMissing => "2300 CLM05-1",
            Self::PointerMissing | Self::PointerOutOfRange => "2400 SV107",
            Self::RenderingIsBilling | Self::RenderingNpiInvalid => "2310B NM109",
            Self::ServiceDatesBackwards | Self::ServiceInFuture => "2400 DTP03 (472)",
            Self::UnitsMissing => "2400 SV104",
        }
    }
}
