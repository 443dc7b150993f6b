//! Which id a claim has. It follows from the account (CLM01), so that accounts are unique and a
//! remittance finds its claim without looking anything up.

use crate::values::{ClaimId, Code, OrgId};

/// The org's one claim of an account. Payers return accounts in either case.
pub fn claim_id(org: OrgId, account: &Code) -> ClaimId {
    ClaimId::derived(org, "claim", &account.as_str().to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_account_of_an_org_is_one_claim_in_either_case() {
        let (one, other) = (OrgId(Uuid::from_u128(1)), OrgId(Uuid::from_u128(2)));
        let (upper, lower): (Code, Code) =
            ("INV-1013".parse().unwrap(), "inv-1013".parse().unwrap());
        assert_eq!(claim_id(one, &upper), claim_id(one, &lower));
        assert_ne!(claim_id(one, &upper), claim_id(other, &upper));
    }
}
