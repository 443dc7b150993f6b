//! Which id an invoice has. It follows from what the invoice is for, so that a second invoice
//! for the same thing cannot exist (contract S1.4).

use crate::values::{CycleKey, InvoiceId, OrgId};

/// The org's one monthly invoice of a cycle.
pub fn monthly_invoice_id(org: OrgId, cycle: CycleKey) -> InvoiceId {
    InvoiceId::derived(org, "invoice", &format!("monthly:{cycle}"))
}

/// The org's one set-up fee invoice.
pub fn setup_fee_invoice_id(org: OrgId) -> InvoiceId {
    InvoiceId::derived(org, "invoice", "setup_fee")
}

/// The invoice that another system gave this number.
pub fn imported_invoice_id(org: OrgId, number: &str) -> InvoiceId {
    InvoiceId::derived(org, "invoice", &format!("imported:{number}"))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_same_month_of_the_same_org_is_the_same_invoice() {
        let (one, other) = (OrgId(Uuid::from_u128(1)), OrgId(Uuid::from_u128(2)));
        let january = CycleKey { year: 2026, month: 1 };
        let id = monthly_invoice_id(one, january);
        assert_eq!(id, monthly_invoice_id(one, january));
        assert_ne!(id, monthly_invoice_id(one, january.next()));
        assert_ne!(id, monthly_invoice_id(other, january));
        assert_ne!(id, setup_fee_invoice_id(one));
    }
}
