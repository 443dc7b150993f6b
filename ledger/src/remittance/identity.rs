//! Which id a payment has. It follows from payer and trace, so that one payment cannot be there
//! twice.

use super::PaymentKey;
use crate::values::{OrgId, RemittanceId};

/// The one payment of a payer under a trace.
pub fn remittance_id(org: OrgId, payment: &PaymentKey) -> RemittanceId {
    // Unambiguous although a code may hold a colon: the length says where the payer ends.
    let PaymentKey { payer_id, trace } = payment;
    let name = format!("{}:{payer_id}:{trace}", payer_id.as_str().len());
    RemittanceId::derived(org, "remittance", &name)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_payment_is_known_by_payer_and_trace() {
        let org = OrgId(Uuid::from_u128(1));
        let key = |payer: &str, trace: &str| PaymentKey {
            payer_id: payer.parse().unwrap(),
            trace: trace.parse().unwrap(),
        };
        let id = remittance_id(org, &key("1512345678", "EFT1012"));
        assert_eq!(id, remittance_id(org, &key("1512345678", "EFT1012")));
        assert_ne!(id, remittance_id(org, &key("1512345678", "EFT1013")));
        assert_ne!(remittance_id(org, &key("a:b", "c")), remittance_id(org, &key("a", "b:c")));
    }
}
