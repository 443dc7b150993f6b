//! The words every rule uses.

mod currency;
mod cycle;
mod ids;
mod money;
mod npi;
mod patient_ref;
mod rate;
mod reason;
mod sealed;
mod share;
#[cfg(test)]
mod tests;
mod units;

pub use currency::Currency;
pub use cycle::{Cycle, CycleError, CycleKey, CycleRule, TimeZone};
pub use ids::{
    BooksId, ClaimId, DelegationId, ExceptionId, FacesheetId, Id, ImportId, InvoiceId, OperationId,
    OrgId, PatientActivationId, PriorAuthId, RemittanceId, StatementId, SubjectId, SubscriptionId,
    SwitchId,
};
pub use money::{Money, MoneyError};
pub use npi::{Npi, NpiError};
pub use patient_ref::{AnonymousRef, SubjectRef};
pub use rate::{Rate, RateError, Rounding};
pub use reason::{Code, CodeError};
pub use sealed::Sealed;
pub(crate) use share::{portion, share};
pub use units::{Quantity, Units, UnitsError};
