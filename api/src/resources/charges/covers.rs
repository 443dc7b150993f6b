//! The days of service that a line pays for.

use ledger::invoice::BillingPeriod;
use time::Date;
use utoipa::ToSchema;

use crate::body::{Fields, FromBody, day};

/// Days of service.
#[derive(Debug, Clone, Copy, ToSchema)]
pub(crate) struct CoversBody {
    /// The first.
    starts_on: Date,
    /// The last; not before the first.
    ends_on: Date,
}

impl FromBody for CoversBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let starts_on = fields.required("starts_on", day);
        let ends_on = fields.required("ends_on", day);
        let (starts_on, ends_on) = (starts_on?, ends_on?);
        if ends_on < starts_on {
            fields.wrong("ends_on", "invalid", "not before starts_on".into());
        }
        Some(Self { starts_on, ends_on })
    }
}

impl CoversBody {
    /// The ledger's periods end on the first day that is out of them.
    pub(super) fn period(self) -> BillingPeriod {
        let ends_on = self.ends_on.next_day().unwrap_or(self.ends_on);
        BillingPeriod { ends_on, starts_on: self.starts_on }
    }
}
